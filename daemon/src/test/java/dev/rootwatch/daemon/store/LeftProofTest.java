package dev.rootwatch.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.merkle.ConsistencyProof;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeftProofTest {
  @Test
  void of_everySeamOfSmallTrees_verifiesAsTheLogsProofWould() {
    for (long size = 2; size <= 40; size++) {
      for (long seam = 1; seam < size; seam++) {
        List<Hash> path = LeftProof.of(Samples.leaves(0, seam), Samples.leaves(seam, size));
        assertThat(
                new ConsistencyProof(seam, size, path)
                    .verifies(Samples.leaves(0, seam).root(), Samples.leaves(0, size).root()))
            .as("%s of %s", seam, size)
            .isTrue();
      }
    }
  }
}

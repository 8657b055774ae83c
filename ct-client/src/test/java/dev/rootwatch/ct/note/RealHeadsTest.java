package dev.rootwatch.ct.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.note.HeadVerdict.Invalid;
import dev.rootwatch.ct.note.HeadVerdict.Valid;
import dev.rootwatch.ct.real.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real logs signed verifies; what is damaged, or of another key, does not. */
class RealHeadsTest {
  static Iterable<RealHeads.Case> cases() {
    return RealHeads.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void verify_realHead_asKnown(RealHeads.Case one) {
    SharedData shared = SharedData.orSkip();
    Class<?> expected = one.valid() ? Valid.class : Invalid.class;
    assertThat(one.verdict(shared)).isInstanceOf(expected);
    assertThat(one.verdictByKey(shared)).isInstanceOf(expected);
  }

  @Test
  void verifies_realConsistencyProof_holds() {
    assertThat(RealHeads.argonProofVerifies(SharedData.orSkip())).isTrue();
  }
}

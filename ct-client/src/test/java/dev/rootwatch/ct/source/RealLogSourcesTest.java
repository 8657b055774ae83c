package dev.rootwatch.ct.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The contract over entries of the real log navigli2025h2. */
class RealLogSourcesTest extends LogSourcesContract {
  @Override
  TestLogServer start() throws IOException {
    boolean there = Files.isDirectory(TestEntry.SHARED);
    assertThat(there || !"1".equals(System.getenv("REQUIRE_SHARED"))).isTrue();
    assumeTrue(there, "SKIPPED: no shared data here");
    return new TestLogServer(TestEntry.navigli(1000));
  }

  @Test
  void hashTiles_ofTheTestLog_areThoseOfTheRealOne() throws IOException {
    for (int number = 0; number < 3; number++) {
      byte[] real =
          Files.readAllBytes(TestEntry.SHARED.resolve("static/navigli2025h2/tile/0/00" + number));
      assertThat(server().hashTile(0, number, 256)).isEqualTo(real);
    }
  }
}

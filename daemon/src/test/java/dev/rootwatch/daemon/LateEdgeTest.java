package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.LogProtocol;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LateEdgeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void leaves_loggedBeforeTheirIssuerIsKnown_areFoundByReadingTheirRangeAgain(LogProtocol protocol)
      throws Exception {
    LateEdge.Result result = new LateEdge(folder).run(protocol, 2_000, 10);
    assertThat(result.missing()).isZero();
    assertThat(result.isGood()).as(result.toString()).isTrue();
  }
}

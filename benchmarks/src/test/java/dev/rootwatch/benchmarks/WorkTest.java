package dev.rootwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.testlog.Planted;
import dev.rootwatch.watch.Examined;
import dev.rootwatch.watch.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured is the real work: the log's root, and every finding. */
class WorkTest {
  private static final Path REAL_TILE =
      Path.of("../../shared/data/ct/static/navigli2025h2/tile/data/000");

  @ParameterizedTest
  @EnumSource(names = {"STATIC", "RFC6962"})
  void hash_ofAWindow_isTheLogsRoot(LogProtocol protocol) {
    Corpus corpus = Corpus.ofTestLog(protocol, 0);

    assertThat(new Work(corpus).hash().root()).isEqualTo(corpus.root());
  }

  @ParameterizedTest
  @EnumSource(names = {"STATIC", "RFC6962"})
  void examine_aWindowWithFindings_findsExactlyThese(LogProtocol protocol)
      throws InterruptedException {
    Corpus corpus = Corpus.ofTestLog(protocol, 40);
    Work work = new Work(corpus);

    assertThat(corpus.planted()).hasSizeGreaterThan(10);
    assertThat(places(work.examineKeysAndDomains())).isEqualTo(planted(corpus, null));
    assertThat(places(work.examineKeys())).isEqualTo(planted(corpus, Planted.DISTRUSTED));
  }

  @ParameterizedTest
  @EnumSource(names = {"STATIC", "RFC6962"})
  void limits_touchTheSameBytes(LogProtocol protocol) {
    Corpus corpus = Corpus.ofTestLog(protocol, 0);
    Work work = new Work(corpus);

    assertThat(work.limitDecode()).isBetween(256L * 1_000, (long) corpus.window().bytes().length);
    assertThat(work.limitSha256()).isEqualTo(lastLeafHash(corpus));
  }

  @Test
  void ofTile_aRealTile_isReadWhole() throws InterruptedException {
    assumeTrue(
        Files.exists(REAL_TILE) || "1".equals(System.getenv("REQUIRE_SHARED")),
        "SKIPPED: no data beside the project");
    Examined examined = new Work(Corpus.ofTile(REAL_TILE)).examineKeysAndDomains();

    assertThat(examined.precertificates() + examined.certificates()).isEqualTo(Corpus.ENTRIES);
    assertThat(examined.malformed()).isEmpty();
  }

  private static List<Long> places(Examined examined) {
    return examined.findings().stream().map(Finding::index).sorted().toList();
  }

  private static List<Long> planted(Corpus corpus, @Nullable String rule) {
    return corpus.planted().stream()
        .filter(planted -> rule == null || planted.rule().equals(rule))
        .map(Planted::index)
        .sorted()
        .toList();
  }

  private static byte[] lastLeafHash(Corpus corpus) {
    byte[] hash = new byte[32];
    corpus.window().leafHash(Corpus.ENTRIES - 1, Hash.newSha256(), hash, 0);
    return hash;
  }
}

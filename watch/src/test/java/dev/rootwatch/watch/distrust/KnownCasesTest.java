package dev.rootwatch.watch.distrust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The ten best-known cases, written down from the published facts and not from the catalog. */
class KnownCasesTest {
  private final Catalog catalog = Catalog.bundled();
  private final Verdicts verdicts = new Verdicts(catalog, Inclusion.unknown());

  @ParameterizedTest
  @CsvFileSource(files = "../checks/known-verdicts.txt", delimiter = '|')
  void verdict_knownCase_isAsPublished(
      String anchor,
      String program,
      Instant notBefore,
      @Nullable Instant sct,
      Instant asOf,
      String expected) {
    Hash key = catalog.certificate(Hash.ofHex(anchor)).orElseThrow().spkiSha256();
    List<Instant> scts = sct == null ? List.of() : List.of(sct);
    assertThat(
            verdicts
                .of(Verdicts.Question.ofKey(key, notBefore, scts, Set.of(Purpose.TLS)), asOf)
                .stream()
                .filter(verdict -> verdict.program().word().equals(program))
                .map(verdict -> verdict.result().word()))
        .containsExactly(expected);
  }
}

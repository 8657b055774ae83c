package dev.rootwatch.watch.distrust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ten best-known cases, written down from the published facts and not from the catalog. */
class KnownCasesTest {
  private final Catalog catalog = Catalog.bundled();
  private final Verdicts verdicts = new Verdicts(catalog, Inclusion.unknown());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # anchor | program | notBefore | sct | as of | result
          # TrustCor: a certificate of 15 November 2022, seen in December
          d40e9c86cd8fe468c1776959f49ea774fa548684b6c406f3909261f4dce2575c | microsoft | 2022-11-15T00:00:00Z | | 2022-12-10T00:00:00Z | distrusted
          d40e9c86cd8fe468c1776959f49ea774fa548684b6c406f3909261f4dce2575c | mozilla | 2022-11-15T00:00:00Z | | 2022-12-10T00:00:00Z | not-distrusted
          d40e9c86cd8fe468c1776959f49ea774fa548684b6c406f3909261f4dce2575c | apple | 2022-11-15T00:00:00Z | | 2022-12-10T00:00:00Z | not-distrusted
          # Entrust EC1: five cut-offs, two clocks
          02ed0eb28c14da45165c566791700d6451d7fb56f0b2ab1d3b8eb070e56edff5 | jdk | 2024-11-11T23:59:59Z | | 2025-06-01T00:00:00Z | not-distrusted
          02ed0eb28c14da45165c566791700d6451d7fb56f0b2ab1d3b8eb070e56edff5 | jdk | 2024-11-12T00:00:00Z | | 2025-06-01T00:00:00Z | distrusted
          02ed0eb28c14da45165c566791700d6451d7fb56f0b2ab1d3b8eb070e56edff5 | mozilla | 2024-11-30T23:59:59Z | | 2025-06-01T00:00:00Z | not-distrusted
          02ed0eb28c14da45165c566791700d6451d7fb56f0b2ab1d3b8eb070e56edff5 | mozilla | 2024-12-01T00:00:00Z | | 2025-06-01T00:00:00Z | distrusted
          02ed0eb28c14da45165c566791700d6451d7fb56f0b2ab1d3b8eb070e56edff5 | mozilla | 2024-11-30T23:59:59Z | 2024-12-01T00:00:00Z | 2025-06-01T00:00:00Z | depends-on-scts
          02ed0eb28c14da45165c566791700d6451d7fb56f0b2ab1d3b8eb070e56edff5 | apple | 2024-11-15T09:00:00Z | | 2025-06-01T00:00:00Z | not-distrusted
          02ed0eb28c14da45165c566791700d6451d7fb56f0b2ab1d3b8eb070e56edff5 | apple | 2024-11-16T12:00:00Z | | 2025-06-01T00:00:00Z | distrusted
          02ed0eb28c14da45165c566791700d6451d7fb56f0b2ab1d3b8eb070e56edff5 | microsoft | 2025-04-15T23:59:59Z | | 2025-06-01T00:00:00Z | not-distrusted
          02ed0eb28c14da45165c566791700d6451d7fb56f0b2ab1d3b8eb070e56edff5 | microsoft | 2025-04-16T12:00:00Z | | 2025-06-01T00:00:00Z | unknown
          02ed0eb28c14da45165c566791700d6451d7fb56f0b2ab1d3b8eb070e56edff5 | microsoft | 2025-04-17T00:00:00Z | | 2025-06-01T00:00:00Z | distrusted
          # Symantec (GeoTrust Global CA)
          ff856a2d251dcd88d36656f450126798cfabaade40799c722de4d2b5db36a73a | jdk | 2019-04-16T23:59:59Z | | 2026-11-01T00:00:00Z | not-distrusted
          ff856a2d251dcd88d36656f450126798cfabaade40799c722de4d2b5db36a73a | jdk | 2019-04-17T00:00:00Z | | 2026-11-01T00:00:00Z | distrusted
          ff856a2d251dcd88d36656f450126798cfabaade40799c722de4d2b5db36a73a | chrome | 2016-05-31T23:59:59Z | | 2018-06-01T00:00:00Z | distrusted
          ff856a2d251dcd88d36656f450126798cfabaade40799c722de4d2b5db36a73a | chrome | 2016-06-01T00:00:00Z | | 2018-06-01T00:00:00Z | not-distrusted
          ff856a2d251dcd88d36656f450126798cfabaade40799c722de4d2b5db36a73a | chrome | 2016-06-01T00:00:00Z | | 2018-10-15T00:00:00Z | unknown
          ff856a2d251dcd88d36656f450126798cfabaade40799c722de4d2b5db36a73a | chrome | 2016-06-01T00:00:00Z | | 2018-11-01T00:00:00Z | distrusted
          # GLOBALTRUST: Mozilla to the first moment of the day, then removed
          9a296a5182d1d451a2e37f439b74daafa267523329f90f9a0d2007c334e23c9a | mozilla | 2024-06-30T00:00:00Z | | 2025-01-01T00:00:00Z | not-distrusted
          9a296a5182d1d451a2e37f439b74daafa267523329f90f9a0d2007c334e23c9a | mozilla | 2024-06-30T00:00:01Z | | 2025-01-01T00:00:00Z | distrusted
          9a296a5182d1d451a2e37f439b74daafa267523329f90f9a0d2007c334e23c9a | mozilla | 2024-06-30T00:00:00Z | | 2026-05-01T00:00:00Z | distrusted
          9a296a5182d1d451a2e37f439b74daafa267523329f90f9a0d2007c334e23c9a | chrome | 2024-01-01T00:00:00Z | 2024-07-02T00:00:00Z | 2025-01-01T00:00:00Z | depends-on-scts
          # Chunghwa (ePKI): milliseconds in Chrome; the bit that Mozilla took and gave back
          c0a6f4dc63a24bfdcf54ef2a6a082a0a72de35803e2ff5ff527ae5d87206dfd5 | chrome | 2025-01-01T00:00:00Z | 2025-07-31T23:59:59Z | 2026-01-01T00:00:00Z | not-distrusted
          c0a6f4dc63a24bfdcf54ef2a6a082a0a72de35803e2ff5ff527ae5d87206dfd5 | chrome | 2025-01-01T00:00:00Z | 2025-07-31T23:59:59.001Z | 2026-01-01T00:00:00Z | depends-on-scts
          c0a6f4dc63a24bfdcf54ef2a6a082a0a72de35803e2ff5ff527ae5d87206dfd5 | mozilla | 2025-01-01T00:00:00Z | | 2025-06-20T00:00:00Z | distrusted
          c0a6f4dc63a24bfdcf54ef2a6a082a0a72de35803e2ff5ff527ae5d87206dfd5 | mozilla | 2025-04-15T23:59:59Z | | 2025-07-01T00:00:00Z | not-distrusted
          c0a6f4dc63a24bfdcf54ef2a6a082a0a72de35803e2ff5ff527ae5d87206dfd5 | mozilla | 2025-04-16T00:00:00Z | | 2025-07-01T00:00:00Z | distrusted
          c0a6f4dc63a24bfdcf54ef2a6a082a0a72de35803e2ff5ff527ae5d87206dfd5 | jdk | 2026-03-17T23:59:59Z | | 2026-06-01T00:00:00Z | not-distrusted
          # NetLock
          6c61dac3a2def031506be036d2a6fe401994fbd13df9c8d466599274c446ec98 | chrome | 2025-01-01T00:00:00Z | 2025-08-01T00:00:00Z | 2026-01-01T00:00:00Z | depends-on-scts
          6c61dac3a2def031506be036d2a6fe401994fbd13df9c8d466599274c446ec98 | chrome | 2025-01-01T00:00:00Z | 2025-07-01T00:00:00Z | 2026-01-01T00:00:00Z | not-distrusted
          # StartCom: a rule by name, unknown where only the key is
          c766a9bef2d4071c863a31aa4920e813b2d198608cb7b7cfe21143b836df09ea | mozilla | 2016-10-21T00:00:00Z | | 2017-01-01T00:00:00Z | not-distrusted
          c766a9bef2d4071c863a31aa4920e813b2d198608cb7b7cfe21143b836df09ea | mozilla | 2016-10-21T00:00:01Z | | 2017-01-01T00:00:00Z | unknown
          c766a9bef2d4071c863a31aa4920e813b2d198608cb7b7cfe21143b836df09ea | mozilla | 2016-10-21T00:00:00Z | | 2020-01-01T00:00:00Z | distrusted
          # Camerfirma
          063e4afac491dfd332f3089b8542e94617d893d7fe944e10a7937ee29d9693c0 | jdk | 2025-04-15T23:59:59Z | | 2026-01-01T00:00:00Z | not-distrusted
          063e4afac491dfd332f3089b8542e94617d893d7fe944e10a7937ee29d9693c0 | jdk | 2025-04-16T00:00:00Z | | 2026-01-01T00:00:00Z | distrusted
          063e4afac491dfd332f3089b8542e94617d893d7fe944e10a7937ee29d9693c0 | mozilla | 2020-01-01T00:00:00Z | | 2026-01-01T00:00:00Z | distrusted
          # Certinomis: Mozilla removed it, Microsoft took its rule back
          2a99f5bc1174b73cbb1d620884e01c34e51ccb3978da125f0e33268883bf4158 | mozilla | 2018-01-01T00:00:00Z | | 2020-01-01T00:00:00Z | distrusted
          2a99f5bc1174b73cbb1d620884e01c34e51ccb3978da125f0e33268883bf4158 | microsoft | 2024-01-01T00:00:00Z | | 2026-01-01T00:00:00Z | not-distrusted
          """)
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

package dev.rootwatch.watch.distrust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each program's word about TrustCor, one second before, at and after each date, as of before and
 * after each announcement. The expectations are written from the programs' publications, not from
 * the catalog.
 */
class TrustCorVerdictsTest {
  /** RootCert CA-1. */
  private static final Hash ROOT =
      Hash.ofHex("ea87f462deefffbd7775aa2a4b7e0fcb91c22eee6df69ed90100ccc73b311476");

  private static final Hash ROOT_CERTIFICATE =
      Hash.ofHex("d40e9c86cd8fe468c1776959f49ea774fa548684b6c406f3909261f4dce2575c");

  /** RootCert CA-1's key under a subject without a city. */
  private static final Hash ROOT_OTHER_NAME =
      Hash.ofHex("1c551005d7a178db89ad5aa145742ff4eb37f88a8e77f3ad4c8347a5eed4dbf4");

  private final Catalog catalog = Catalog.bundled();
  private final Verdicts verdicts = new Verdicts(catalog, Inclusion.unknown());

  @ParameterizedTest
  @CsvSource({
    // Mozilla: notBefore <= 2022-11-30T00:00:00Z stays trusted, from 2022-11-30 on
    "mozilla, tls,   2022-11-29T23:59:59Z, 2022-12-15T00:00:00Z, not-distrusted, distrust-after-notBefore",
    "mozilla, tls,   2022-11-30T00:00:00Z, 2022-12-15T00:00:00Z, not-distrusted, distrust-after-notBefore",
    "mozilla, tls,   2022-11-30T00:00:01Z, 2022-12-15T00:00:00Z, distrusted,     distrust-after-notBefore",
    "mozilla, smime, 2022-11-30T00:00:00Z, 2022-12-15T00:00:00Z, not-distrusted, distrust-after-notBefore",
    "mozilla, smime, 2022-11-30T00:00:01Z, 2022-12-15T00:00:00Z, distrusted,     distrust-after-notBefore",
    "mozilla, tls,   2022-12-15T00:00:00Z, 2022-11-29T23:59:59Z, not-distrusted, ''",
    "mozilla, tls,   2022-12-15T00:00:00Z, 2022-11-30T00:00:00Z, distrusted,     distrust-after-notBefore",
    // ... removed 2023-11-13
    "mozilla, tls,   2020-01-01T00:00:00Z, 2023-11-12T23:59:59Z, not-distrusted, distrust-after-notBefore",
    "mozilla, tls,   2020-01-01T00:00:00Z, 2023-11-13T00:00:00Z, distrusted,     removed",
    "mozilla, smime, 2020-01-01T00:00:00Z, 2023-11-13T00:00:00Z, distrusted,     removed",
    "mozilla, code,  2020-01-01T00:00:00Z, 2023-11-13T00:00:00Z, distrusted,     removed",
    "mozilla, tls,   2023-01-01T00:00:00Z, 2026-11-24T00:00:00Z, distrusted,     removed",
    // Chrome: no date rule; announced 2022-12-15, in force 2023-03-07
    "chrome,  tls,   2023-01-01T00:00:00Z, 2022-12-15T00:00:00Z, not-distrusted, ''",
    "chrome,  tls,   2016-01-01T00:00:00Z, 2023-03-06T23:59:59Z, not-distrusted, ''",
    "chrome,  tls,   2016-01-01T00:00:00Z, 2023-03-07T00:00:00Z, distrusted,     blocklisted",
    "chrome,  smime, 2016-01-01T00:00:00Z, 2026-11-24T00:00:00Z, not-included,   ''",
    "chrome,  code,  2016-01-01T00:00:00Z, 2026-11-24T00:00:00Z, not-included,   ''",
    // Apple: what a root issued directly, notBefore <= 2022-12-01T00:00:00Z; removed as seen
    // 2025-10-16
    "apple,   tls,   2022-11-30T23:59:59Z, 2023-06-01T00:00:00Z, not-distrusted, distrust-after-notBefore",
    "apple,   tls,   2022-12-01T00:00:00Z, 2023-06-01T00:00:00Z, not-distrusted, distrust-after-notBefore",
    "apple,   tls,   2022-12-01T00:00:01Z, 2023-06-01T00:00:00Z, distrusted,     distrust-after-notBefore",
    "apple,   code,  2022-12-01T00:00:01Z, 2023-06-01T00:00:00Z, distrusted,     distrust-after-notBefore",
    "apple,   tls,   2022-12-02T00:00:00Z, 2022-11-30T23:59:59Z, not-distrusted, ''",
    "apple,   tls,   2020-01-01T00:00:00Z, 2025-10-15T23:59:59Z, not-distrusted, distrust-after-notBefore",
    "apple,   smime, 2020-01-01T00:00:00Z, 2025-10-16T00:00:00Z, distrusted,     removed",
    // Microsoft: announced 2022-11-29, backwards to 2022-11-01, whose own day is not defined
    "microsoft, tls, 2022-10-31T23:59:59Z, 2022-12-01T00:00:00Z, not-distrusted, distrust-after-notBefore",
    "microsoft, tls, 2022-11-01T00:00:00Z, 2022-12-01T00:00:00Z, unknown,        distrust-after-notBefore",
    "microsoft, tls, 2022-11-01T23:59:59Z, 2022-12-01T00:00:00Z, unknown,        distrust-after-notBefore",
    "microsoft, tls, 2022-11-02T00:00:00Z, 2022-12-01T00:00:00Z, distrusted,     distrust-after-notBefore",
    "microsoft, code,2022-11-02T00:00:00Z, 2022-12-01T00:00:00Z, distrusted,     distrust-after-notBefore",
    "microsoft, tls, 2022-11-15T00:00:00Z, 2022-11-28T23:59:59Z, not-distrusted, ''",
    "microsoft, tls, 2022-11-15T00:00:00Z, 2022-11-29T00:00:00Z, distrusted,     distrust-after-notBefore",
    // ... TLS disallowed by the notice of 2023-02-28, everything 2025-09-15
    "microsoft, tls, 2020-01-01T00:00:00Z, 2023-02-27T23:59:59Z, not-distrusted, distrust-after-notBefore",
    "microsoft, tls, 2020-01-01T00:00:00Z, 2023-02-28T00:00:00Z, distrusted,     disallowed",
    "microsoft, smime,2020-01-01T00:00:00Z,2023-02-28T00:00:00Z, not-distrusted, distrust-after-notBefore",
    "microsoft, smime,2020-01-01T00:00:00Z,2025-09-14T23:59:59Z, not-distrusted, distrust-after-notBefore",
    "microsoft, smime,2020-01-01T00:00:00Z,2025-09-15T00:00:00Z, distrusted,     disallowed",
    // Android: first absent as seen 2023-10-08
    "android, tls,   2020-01-01T00:00:00Z, 2023-10-07T23:59:59Z, not-distrusted, ''",
    "android, tls,   2020-01-01T00:00:00Z, 2023-10-08T00:00:00Z, distrusted,     removed",
    "android, smime, 2020-01-01T00:00:00Z, 2026-11-24T00:00:00Z, not-included,   ''",
    // JDK: never
    "jdk,     tls,   2020-01-01T00:00:00Z, 2026-11-24T00:00:00Z, not-included,   never-included",
    "jdk,     code,  2020-01-01T00:00:00Z, 2026-11-24T00:00:00Z, not-included,   ''",
  })
  void of_leafOfTheRootKey_followsEachProgram(
      String program, String purpose, Instant notBefore, Instant asOf, String result, String kind) {
    Verdict verdict = verdict(ROOT, null, program, purpose, notBefore, List.of(), asOf);

    assertThat(verdict.result().word()).isEqualTo(result);
    assertThat(verdict.kind()).isEqualTo(kind.isEmpty() ? null : kind);
    assertThat(verdict.asOf()).isEqualTo(asOf);
    assertThat(verdict.catalogVersion()).isEqualTo(catalog.version());
    boolean included = verdict.result() != Verdict.Result.NOT_INCLUDED;
    assertThat(verdict.anchor()).isEqualTo(included ? ROOT_CERTIFICATE : null);
    assertThat(verdict.citation() == null).isEqualTo(kind.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    // The date in Apple's database binds what the root issued directly; below it nobody knows.
    "2022-12-01T00:00:00Z, 2023-06-01T00:00:00Z, not-distrusted",
    "2022-12-01T00:00:01Z, 2023-06-01T00:00:00Z, unknown",
    "2022-12-02T00:00:00Z, 2022-11-30T00:00:00Z, not-distrusted",
    "2023-01-01T00:00:00Z, 2025-10-15T00:00:00Z, unknown",
    "2023-01-01T00:00:00Z, 2025-10-16T00:00:00Z, distrusted",
    "2020-01-01T00:00:00Z, 2025-10-16T00:00:00Z, distrusted",
  })
  void of_appleAndLeafOfASubordinate_isUnknownUntilRemoved(
      Instant notBefore, Instant asOf, String result) {
    for (CatalogCertificate subordinate : subordinates()) {
      Verdict verdict =
          verdict(
              subordinate.spkiSha256(),
              subordinate.sha256(),
              "apple",
              "tls",
              notBefore,
              List.of(),
              asOf);
      assertThat(verdict.result().word()).as(subordinate.subject()).isEqualTo(result);
    }
  }

  @Test
  void of_appleAndLeafOfTheSameKeyUnderAnotherName_isNotBoundDirectly() {
    Instant asOf = Instant.parse("2024-01-01T00:00:00Z");
    Instant late = Instant.parse("2023-01-01T00:00:00Z");
    assertThat(verdict(ROOT, ROOT_OTHER_NAME, "apple", "tls", late, List.of(), asOf).result())
        .isEqualTo(Verdict.Result.UNKNOWN);
    assertThat(verdict(ROOT, ROOT_CERTIFICATE, "apple", "tls", late, List.of(), asOf).result())
        .isEqualTo(Verdict.Result.DISTRUSTED);
  }

  @Test
  void of_everySubordinate_isDistrustedToday() {
    Instant today = Instant.parse("2026-11-24T00:00:00Z");
    for (CatalogCertificate subordinate : subordinates()) {
      for (String program : List.of("mozilla", "chrome", "apple", "microsoft", "android")) {
        assertThat(
                verdict(
                        subordinate.spkiSha256(),
                        null,
                        program,
                        "tls",
                        Instant.parse("2020-06-01T00:00:00Z"),
                        List.of(),
                        today)
                    .result())
            .isEqualTo(Verdict.Result.DISTRUSTED);
      }
    }
  }

  @Test
  void of_novemberLeaf_microsoftRejectsWhatMozillaAccepts() {
    Instant november = Instant.parse("2022-11-15T00:00:00Z");
    Instant asOf = Instant.parse("2022-12-01T00:00:00Z");
    assertThat(verdict(ROOT, null, "microsoft", "tls", november, List.of(), asOf).result())
        .isEqualTo(Verdict.Result.DISTRUSTED);
    assertThat(verdict(ROOT, null, "mozilla", "tls", november, List.of(), asOf).result())
        .isEqualTo(Verdict.Result.NOT_DISTRUSTED);
  }

  @ParameterizedTest
  @CsvSource({
    // Firefox cuts the SCT to whole seconds: <= 2022-11-30T00:00:00Z counts
    "2022-11-29T23:59:59.999Z, not-distrusted",
    "2022-11-30T00:00:00.999Z, not-distrusted",
    "2022-11-30T00:00:01Z,     depends-on-scts",
    "2022-12-05T00:00:00Z,     depends-on-scts",
  })
  void of_mozillaAndNotBeforeInTime_comparesScts(Instant sct, String result) {
    Verdict verdict =
        verdict(
            ROOT,
            null,
            "mozilla",
            "tls",
            Instant.parse("2022-11-01T00:00:00Z"),
            List.of(sct),
            Instant.parse("2023-01-01T00:00:00Z"));
    assertThat(verdict.result().word()).isEqualTo(result);
  }

  @Test
  void of_mozillaAndOneSctInTime_isEnough() {
    Verdict verdict =
        verdict(
            ROOT,
            null,
            "mozilla",
            "tls",
            Instant.parse("2022-11-01T00:00:00Z"),
            List.of(Instant.parse("2023-01-01T00:00:00Z"), Instant.parse("2022-11-01T00:00:00Z")),
            Instant.parse("2023-01-01T00:00:00Z"));
    assertThat(verdict.result()).isEqualTo(Verdict.Result.NOT_DISTRUSTED);
  }

  @Test
  void of_fields_sayHowItWasCompared() {
    Instant asOf = Instant.parse("2022-12-15T00:00:00Z");
    Instant notBefore = Instant.parse("2022-12-10T00:00:00Z");

    Verdict mozilla = verdict(ROOT, null, "mozilla", "tls", notBefore, List.of(), asOf);
    assertThat(mozilla.effective()).isEqualTo("2022-11-30T00:00:00Z");
    assertThat(mozilla.basis()).isEqualTo(Verdict.Basis.NOT_BEFORE);
    assertThat(mozilla.boundary()).isEqualTo(Verdict.Boundary.INCLUSIVE);
    assertThat(mozilla.unit()).isEqualTo(Verdict.Unit.SECOND);

    Verdict microsoft = verdict(ROOT, null, "microsoft", "tls", notBefore, List.of(), asOf);
    assertThat(microsoft.effective()).isEqualTo("2022-11-01T00:00:00Z");
    assertThat(microsoft.boundary()).isEqualTo(Verdict.Boundary.UNDEFINED);
    assertThat(microsoft.unit()).isEqualTo(Verdict.Unit.DAY);

    Instant today = Instant.parse("2026-11-24T00:00:00Z");
    Verdict chrome = verdict(ROOT, null, "chrome", "tls", notBefore, List.of(), today);
    assertThat(chrome.effective()).isEqualTo("2023-03-07T00:00:00Z");
    assertThat(chrome.basis()).isEqualTo(Verdict.Basis.VALIDATION);
    assertThat(chrome.boundary()).isNull();

    Verdict apple = verdict(ROOT, null, "apple", "tls", notBefore, List.of(), today);
    assertThat(apple.effective()).isNull();
  }

  @Test
  void of_unknownNotBefore_isUnknownOnlyUnderADateRule() {
    assertThat(
            verdict(
                    ROOT,
                    null,
                    "mozilla",
                    "tls",
                    null,
                    List.of(),
                    Instant.parse("2022-12-15T00:00:00Z"))
                .result())
        .isEqualTo(Verdict.Result.UNKNOWN);
    assertThat(
            verdict(
                    ROOT,
                    null,
                    "mozilla",
                    "tls",
                    null,
                    List.of(),
                    Instant.parse("2026-01-01T00:00:00Z"))
                .result())
        .isEqualTo(Verdict.Result.DISTRUSTED);
  }

  @Test
  void of_strangersKey_isUnknownEverywhere() {
    List<Verdict> all =
        verdicts.of(
            Verdicts.Question.ofKey(
                Hash.sha256(new byte[] {1}), Instant.EPOCH, List.of(), Set.of(Purpose.TLS)),
            Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(all).hasSize(6).allMatch(v -> v.result() == Verdict.Result.UNKNOWN);
    assertThat(all).allMatch(v -> v.kind() == null && v.citation() == null && v.anchor() == null);
  }

  @Test
  void of_inclusion_answersForStrangers() {
    Inclusion inclusion =
        new Inclusion() {
          @Override
          public Standing ofRoot(Hash root, Program program, Purpose purpose, Instant asOf) {
            return Standing.UNKNOWN;
          }

          @Override
          public Standing ofIssuer(Hash key, Program program, Purpose purpose, Instant asOf) {
            return new Standing(
                program == Program.MOZILLA ? Status.INCLUDED : Status.NOT_INCLUDED, null);
          }
        };
    List<Verdict> all =
        new Verdicts(catalog, inclusion)
            .of(
                Verdicts.Question.ofKey(
                    Hash.sha256(new byte[] {1}), Instant.EPOCH, List.of(), Set.of(Purpose.TLS)),
                Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(all)
        .extracting(v -> v.result().word())
        .containsExactly(
            "not-distrusted",
            "not-included",
            "not-included",
            "not-included",
            "not-included",
            "not-included");
  }

  @ParameterizedTest
  @CsvSource({
    // notBefore, first trusted time, possible, program, cut-off named
    "2022-10-15T00:00:00Z, 2022-11-03T00:00:00Z, false, microsoft, 2022-11-01T00:00:00Z",
    "2022-10-15T00:00:00Z, 2022-11-03T00:00:01Z, true,  microsoft, 2022-11-01T00:00:00Z",
    "2022-11-20T00:00:00Z, 2022-12-02T00:00:00Z, false, mozilla,   2022-11-30T00:00:00Z",
    "2022-11-20T00:00:00Z, 2022-12-02T00:00:01Z, true,  mozilla,   2022-11-30T00:00:00Z",
    "2022-11-30T00:00:00Z, 2023-01-01T00:00:00Z, true,  mozilla,   2022-11-30T00:00:00Z",
    "2022-11-30T00:00:01Z, 2023-01-01T00:00:00Z, true,  apple,     2022-12-01T00:00:00Z",
    "2022-12-02T00:00:00Z, 2023-01-01T00:00:00Z, false, '',        ",
  })
  void backdating_directLeaf_namesTheFirstCutoffSlippedUnder(
      Instant notBefore, Instant seen, boolean possible, String program, @Nullable Instant cutoff) {
    Backdating backdating =
        verdicts.backdating(
            Verdicts.Question.ofKey(ROOT, notBefore, List.of(), Set.of(Purpose.TLS)),
            seen,
            Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(backdating).isNotNull();
    Objects.requireNonNull(backdating);
    assertThat(backdating.possible()).isEqualTo(possible);
    assertThat(backdating.cutoff()).isEqualTo(cutoff);
    assertThat(backdating.program() == null ? "" : backdating.program().word()).isEqualTo(program);
  }

  @Test
  void backdating_nothingToCompare_isNull() {
    Instant asOf = Instant.parse("2026-01-01T00:00:00Z");
    Verdicts.Question known =
        Verdicts.Question.ofKey(ROOT, Instant.EPOCH, List.of(), Set.of(Purpose.TLS));
    assertThat(verdicts.backdating(known, null, asOf)).isNull();
    assertThat(
            verdicts.backdating(
                Verdicts.Question.ofKey(
                    Hash.sha256(new byte[0]), Instant.EPOCH, List.of(), Set.of(Purpose.TLS)),
                asOf,
                asOf))
        .isNull();
  }

  private List<CatalogCertificate> subordinates() {
    return catalog.family("trustcor").orElseThrow().certificates().stream()
        .filter(certificate -> !certificate.selfSigned())
        .toList();
  }

  private Verdict verdict(
      Hash key,
      @Nullable Hash issuerCertificate,
      String program,
      String purpose,
      @Nullable Instant notBefore,
      List<Instant> scts,
      Instant asOf) {
    Verdicts.Question question =
        new Verdicts.Question(
            List.of(key), issuerCertificate, notBefore, scts, EnumSet.allOf(Purpose.class));
    return verdicts.of(question, asOf).stream()
        .filter(v -> v.program().word().equals(program) && v.purpose().word().equals(purpose))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row for " + Arrays.asList(program, purpose)));
  }
}

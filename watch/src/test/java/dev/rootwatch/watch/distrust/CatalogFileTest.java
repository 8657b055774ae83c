package dev.rootwatch.watch.distrust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.TestCa;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogFileTest {
  private static final String KEY = "ab".repeat(32);

  private static final String HEAD =
      """
      schema: rootwatch.catalog/v1
      families:
      """;

  @Test
  void withOverlay_keyAlone_isAFamily() throws CatalogException {
    Catalog catalog =
        overlay(
            HEAD
                + """
                - id: acme
                  owner: Acme CA
                  category: mis-issuance
                  keys:
                  - spkiSha256: %s
                """
                    .formatted(KEY));

    Family acme = catalog.family("acme").orElseThrow();
    assertThat(acme.keys()).hasSize(1);
    assertThat(acme.keys().getFirst().root()).isTrue();
    assertThat(catalog.hasEventForCause(Hash.ofHex(KEY))).isFalse();
    assertThat(catalog.family("trustcor")).isPresent();
    assertThat(catalog.version()).matches("2026\\.11\\.24\\+[0-9a-f]{8}");
  }

  @Test
  void withOverlay_inlinePem_derivesKeysAndVerifiesEdges() throws Exception {
    TestCa root = TestCa.root("CN=Acme Root,O=Acme");
    TestCa subordinate = root.subordinate("CN=Acme Issuing,O=Acme");
    Catalog catalog =
        overlay(
            HEAD
                + """
                - id: acme
                  owner: Acme CA
                  category: compromise
                  certificates:
                  - pem: |
                %s
                  - pem: |
                %s
                  events:
                  - {program: mozilla, kind: removed, effective: 2026-01-01}
                """
                    .formatted(root.pem().indent(6), subordinate.pem().indent(6)));

    Family acme = catalog.family("acme").orElseThrow();
    assertThat(acme.keys()).extracting(CatalogKey::root).containsExactly(true, false);
    assertThat(acme.keys())
        .extracting(CatalogKey::name)
        .containsExactly("Acme Root", "Acme Issuing");
    assertThat(catalog.rootPaths(subordinate.spkiSha256()))
        .containsExactly(List.of(subordinate.spkiSha256(), root.spkiSha256()));
    assertThat(catalog.hasEventForCause(subordinate.spkiSha256())).isTrue();
    Verdict verdict =
        new Verdicts(catalog, Inclusion.unknown())
            .of(
                Verdicts.Question.ofKey(
                    subordinate.spkiSha256(), Instant.EPOCH, List.of(), Set.of(Purpose.TLS)),
                Instant.parse("2026-06-01T00:00:00Z"))
            .getFirst();
    assertThat(verdict.result()).isEqualTo(Verdict.Result.DISTRUSTED);
    assertThat(verdict.anchor()).isEqualTo(root.certificateSha256());
    assertThat(verdict.citation()).isEqualTo("overlay.yaml");
  }

  @Test
  void withOverlay_lifecycle_isNoEventForCause() throws CatalogException {
    Catalog catalog =
        overlay(
            HEAD
                + """
                - id: old
                  owner: Old CA
                  category: lifecycle
                  keys: [{spkiSha256: %s}]
                  events:
                  - {program: chrome, kind: removed, effective: 2025-01-01}
                """
                    .formatted(KEY));
    assertThat(catalog.hasEventForCause(Hash.ofHex(KEY))).isFalse();
  }

  @Test
  void withOverlay_sameId_replacesTheFamily() throws CatalogException {
    Catalog catalog =
        overlay(
            HEAD
                + "- {id: trustcor, owner: x, category: lifecycle, keys: [{spkiSha256: "
                + KEY
                + "}]}\n");
    assertThat(catalog.family("trustcor").orElseThrow().keys()).hasSize(1);
    assertThat(catalog.families()).hasSize(31);
  }

  /** A leaf of 2021-01-01, asked about five years later. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # a window, and what lies outside of it
          apple | {kind: distrust-window, effective: 2021-06-01, from: 2020-06-01, to: 2021-06-01} | depends-on-scts
          apple | {kind: distrust-window, effective: 2021-06-01, from: 2020-06-01, to: 2020-12-01} | distrusted
          apple | {kind: distrust-window, effective: 2021-06-01, from: 2021-02-01, to: 2021-06-01} | distrusted
          apple | {kind: distrust-window, effective: 2027-06-01, from: 2021-02-01, to: 2021-06-01} | not-distrusted
          # what lies before a date, which counts from when it was said
          chrome | {kind: distrust-before-notBefore, announced: 2022-01-01, effective: 2021-01-01} | not-distrusted
          chrome | {kind: distrust-before-notBefore, announced: 2022-01-01, effective: 2021-01-02} | distrusted
          chrome | {kind: distrust-before-notBefore, announced: 2027-01-01, effective: 2021-01-02} | not-distrusted
          # lists that are not at hand
          mozilla | {kind: allowlist-only, effective: 2020-01-01, boundary: exclusive} | distrusted
          mozilla | {kind: allowlist-only, effective: 2021-01-02, boundary: exclusive} | unknown
          mozilla | {kind: allowlist-only, seen: 2020-01-01} | unknown
          mozilla | {kind: name-constrained, effective: 2020-01-01} | unknown
          mozilla | {kind: removed, effective: 2020-01-01, keyedOn: uncaptured-list} | unknown
          mozilla | {kind: distrust-after-notBefore, effective: 2020-12-31, keyedOn: name} | unknown
          mozilla | {kind: distrust-after-notBefore, effective: 2021-01-01, keyedOn: name} | not-distrusted
          # an exemption of somebody else, and events that only take back
          jdk | {kind: exempt-subordinate, effective: 2020-01-01} | not-distrusted
          microsoft | {kind: distrust-after-cleared, effective: 2020-01-01} | not-distrusted
          apple | {kind: re-added, effective: 2020-01-01} | not-distrusted
          # dates of which only the month is known
          mozilla | {kind: removed, effective: 2025-12} | distrusted
          mozilla | {kind: removed, effective: 2026-01} | unknown
          mozilla | {kind: removed, effective: 2026-02} | not-distrusted
          # sources that disagree about a cut-off
          mozilla | {kind: distrust-after-notBefore, effective: 2020-12-01, latest: 2021-02-01} | unknown
          mozilla | {kind: distrust-after-notBefore, effective: 2020-12-01, latest: 2020-12-31} | distrusted
          # without a cause: gone, not distrusted
          mozilla | {kind: removed, effective: 2020-01-01, cause: lifecycle} | not-included
          """)
  void verdict_shape_isWeighed(String program, String event, String expected)
      throws CatalogException {
    assertThat(leafOf2021(program, event)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mozilla | {kind: removed, effective: 2020-01-01} | {kind: re-added, effective: 2021-01-01} | not-distrusted
          mozilla | {kind: removed, effective: 2022-01-01} | {kind: re-added, effective: 2021-01-01} | distrusted
          mozilla | {kind: trust-bit-removed, effective: 2020-01-01} | {kind: trust-bit-restored, effective: 2020-02-01} | not-distrusted
          mozilla | {kind: removed, effective: 2020-01-01} | {kind: trust-bit-restored, effective: 2027-02-01} | distrusted
          microsoft | {kind: distrust-after-notBefore, effective: 2020-01-01} | {kind: distrust-after-cleared, announced: 2022-01-01} | not-distrusted
          microsoft | {kind: removed, effective: 2020-01-01} | {kind: distrust-after-cleared, announced: 2022-01-01} | distrusted
          """)
  void verdict_laterEvent_takesBackTheEarlierOne(
      String program, String first, String second, String expected) throws CatalogException {
    assertThat(leafOf2021(program, first, second)).isEqualTo(expected);
  }

  private static String leafOf2021(String program, String... events) throws CatalogException {
    StringBuilder yaml =
        new StringBuilder(HEAD)
            .append("- id: acme\n  owner: Acme CA\n  category: mis-issuance\n")
            .append("  keys: [{spkiSha256: ")
            .append(KEY)
            .append("}]\n  events:\n");
    for (String event : events) {
      yaml.append("  - ").append(event.replace("{", "{program: " + program + ", ")).append('\n');
    }
    return new Verdicts(overlay(yaml.toString()), Inclusion.unknown())
            .of(
                Verdicts.Question.ofKey(
                    Hash.ofHex(KEY),
                    Instant.parse("2021-01-01T00:00:00Z"),
                    List.of(),
                    Set.of(Purpose.TLS)),
                Instant.parse("2026-01-15T00:00:00Z"))
            .stream()
            .filter(v -> v.program().word().equals(program))
            .findFirst()
            .orElseThrow()
            .result()
            .word();
  }

  @ParameterizedTest
  @CsvSource({
    // Chrome compares milliseconds; 23:59:59 means .000
    "2024-11-11T23:59:59.000Z, not-distrusted",
    "2024-11-11T23:59:59.001Z, depends-on-scts",
    "2024-12-01T00:00:00Z, depends-on-scts",
  })
  void verdict_sctRule_needsOneSctInTime(Instant sct, String result) throws CatalogException {
    assertThat(
            acme(
                    "chrome",
                    "distrust-after-sct",
                    "2024-11-11T23:59:59Z",
                    Instant.parse("2024-01-01T00:00:00Z"),
                    List.of(sct))
                .result()
                .word())
        .isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({
    // The JDK compares UTC days, and the day itself is trusted
    "2024-11-11T23:59:59Z, not-distrusted",
    "2024-11-12T00:00:00Z, distrusted",
  })
  void verdict_jdkRule_trustsTheWholeDay(Instant notBefore, String result) throws CatalogException {
    assertThat(
            acme("jdk", "distrust-after-notBefore", "2024-11-11", notBefore, List.of())
                .result()
                .word())
        .isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({
    // A date rule binds from its announcement, a block only from its date.
    "distrust-after-notBefore, 2024-06-26T23:59:59Z, not-distrusted",
    "distrust-after-notBefore, 2024-06-27T00:00:00Z, distrusted",
    "removed, 2024-06-27T00:00:00Z, not-distrusted",
    "removed, 2024-11-10T23:59:59Z, not-distrusted",
    "removed, 2024-11-11T00:00:00Z, distrusted",
  })
  void verdict_announcedBeforeItsDate_countsByItsKind(String kind, Instant asOf, String result)
      throws CatalogException {
    assertThat(
            acme(
                    "mozilla",
                    kind,
                    "2024-11-11",
                    Instant.parse("2025-01-01T00:00:00Z"),
                    List.of(),
                    asOf)
                .result()
                .word())
        .isEqualTo(result);
  }

  @Test
  void verdict_undatedEvent_countsFromTheCatalogsVintage() throws CatalogException {
    Catalog catalog =
        overlay(
            """
            schema: rootwatch.catalog/v1
            vintage: {mozilla: 2026-01-01}
            families:
            - id: acme
              owner: Acme CA
              category: mis-issuance
              keys: [{spkiSha256: %s}]
              events:
              - {program: mozilla, kind: removed}
            """
                .formatted(KEY));
    Verdicts verdicts = new Verdicts(catalog, Inclusion.unknown());
    Verdicts.Question question =
        Verdicts.Question.ofKey(Hash.ofHex(KEY), Instant.EPOCH, List.of(), Set.of(Purpose.TLS));
    assertThat(verdicts.of(question, Instant.parse("2025-12-31T23:59:59Z")).getFirst().result())
        .isEqualTo(Verdict.Result.UNKNOWN);
    assertThat(verdicts.of(question, Instant.parse("2026-01-01T00:00:00Z")).getFirst().result())
        .isEqualTo(Verdict.Result.DISTRUSTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | families[0] | - {owner: x, category: compromise, keys: []} | needs the field 'id'",
        "3 | families[0].id | - {id: Bad Id, owner: x, category: compromise} | short word",
        "3 | families[0].colour | - {id: a, colour: red} | unknown field",
        "3 | families[0].category | - {id: a, owner: x, category: bad, keys: [{spkiSha256: KEY}]} | one of loss-of-confidence",
        "3 | families[0].keys[0].spkiSha256 | - {id: a, owner: x, category: compromise, keys: [{spkiSha256: abc}]} | 64 hexadecimal digits",
        "3 | families[0].keys[1] | - {id: a, owner: x, category: compromise, keys: [{spkiSha256: KEY}, {spkiSha256: KEY}]} | stands here twice",
        "3 | families[0] | - {id: a, owner: x, category: compromise} | nothing can match",
        "3 | families[0].events[0].kind | - {id: a, owner: x, category: compromise, keys: [{spkiSha256: KEY}], events: [{program: mozilla, kind: gone}]} | one of removed",
        "3 | families[0].events[0].effective | - {id: a, owner: x, category: compromise, keys: [{spkiSha256: KEY}], events: [{program: mozilla, kind: removed, effective: soon}]} | must be a date",
        "3 | families[0].events[0] | - {id: a, owner: x, category: compromise, keys: [{spkiSha256: KEY}], events: [{program: mozilla, kind: distrust-after-notBefore}]} | needs 'effective'",
        "3 | families[0].events[0].on[0] | - {id: a, owner: x, category: compromise, keys: [{spkiSha256: KEY}], events: [{program: mozilla, kind: removed, on: [OTHER]}]} | neither a key nor",
        "3 | families[0].certificates[0].pem | - {id: a, owner: x, category: compromise, certificates: [{pem: hello}]} | holds no PEM certificate",
        "3 | families[0].pemFiles[0] | - {id: a, owner: x, category: compromise, pemFiles: [gone.pem]} | cannot be read",
        "4 | families[1] | - {id: a, owner: x, category: compromise, keys: [{spkiSha256: KEY}]}~- {id: a, owner: x, category: compromise, keys: [{spkiSha256: KEY}]} | twice",
        "4 | '' | - {id: a~  owner: x} | not YAML",
      })
  void withOverlay_mistake_namesFileLineAndField(
      int line, String field, String family, String message) {
    String yaml =
        HEAD
            + family.replace("KEY", KEY).replace("OTHER", "cd".repeat(32)).replace("~", "\n")
            + "\n";
    assertThatThrownBy(() -> overlay(yaml))
        .isInstanceOfSatisfying(
            CatalogException.class,
            e -> {
              assertThat(e.file()).isEqualTo("overlay.yaml");
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.field()).isEqualTo(field);
            })
        .hasMessageContaining(message)
        .hasMessageStartingWith("overlay.yaml:" + line);
  }

  @Test
  void withOverlay_otherSchema_refused() {
    assertThatThrownBy(() -> overlay("schema: rootwatch.catalog/v2\nfamilies: []\n"))
        .hasMessage(
            "overlay.yaml:1: schema: this release reads rootwatch.catalog/v1, not"
                + " rootwatch.catalog/v2");
  }

  @Test
  void withOverlay_statedHashContradictsTheBytes_refused() throws Exception {
    TestCa root = TestCa.root("CN=Acme Root");
    String yaml =
        HEAD
            + """
            - id: acme
              owner: Acme CA
              category: compromise
              certificates:
              - spkiSha256: %s
                pem: |
            %s
            """
                .formatted(KEY, root.pem().indent(6));
    assertThatThrownBy(() -> overlay(yaml))
        .hasMessageStartingWith("overlay.yaml:7: families[0].certificates[0].spkiSha256")
        .hasMessageContaining(root.spkiSha256().toString());
  }

  private static Verdict acme(
      String program, String kind, String effective, Instant notBefore, List<Instant> scts)
      throws CatalogException {
    return acme(program, kind, effective, notBefore, scts, Instant.parse("2026-01-01T00:00:00Z"));
  }

  private static Verdict acme(
      String program,
      String kind,
      String effective,
      Instant notBefore,
      List<Instant> scts,
      Instant asOf)
      throws CatalogException {
    Catalog catalog =
        overlay(
            HEAD
                + """
                - id: acme
                  owner: Acme CA
                  category: loss-of-confidence
                  keys: [{spkiSha256: %s}]
                  events:
                  - {program: %s, kind: %s, effective: %s, announced: 2024-06-27}
                """
                    .formatted(KEY, program, kind, effective));
    return new Verdicts(catalog, Inclusion.unknown())
            .of(
                Verdicts.Question.ofKey(Hash.ofHex(KEY), notBefore, scts, Set.of(Purpose.TLS)),
                asOf)
            .stream()
            .filter(v -> v.program().word().equals(program))
            .findFirst()
            .orElseThrow();
  }

  private static Catalog overlay(String yaml) throws CatalogException {
    return Catalog.bundled()
        .withOverlay(
            "overlay.yaml",
            yaml.getBytes(StandardCharsets.UTF_8),
            name -> {
              throw new FileNotFoundException(name);
            });
  }
}

package dev.rootwatch.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetTest {
  private static final Catalog CATALOG = Catalog.bundled();
  private static final OwnerTable OWNERS = OwnerTable.bundled();

  @ParameterizedTest
  @CsvSource({
    "catalog:trustcor, 27",
    // a root by key or certificate means what stands below it and nowhere else, too
    "key:7afe4b071a2f1f46f8ba944a26d584d5960b92fb48c3ba1b7cab84905f32aacd, 2",
    "cert:5a885db19c01d912c5759388938cafbbdf031ab2d48e91ee15589b42971d039c, 2",
    "owner:trustcor, 34",
    "key:abababababababababababababababababababababababababababababababab, 1",
  })
  void parse_authority_meansItsKeys(String authority, int keys) throws RuleException {
    RuleSet rules = parse(RuleSpec.ofAuthority("r", authority));
    assertThat(rules.keyHashes()).hasSize(keys);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trustcor | | authority | names no authority",
        "catalog:nobody | | authority | it has trustcor",
        "key:abc | | authority | 64 hexadecimal digits",
        "cert:abababababababababababababababababababababababababababababababab | | authority | pem:FILE",
        "pem:gone.pem | | authority | cannot be read",
        "owner:encrypt | | authority | close to it: lets-encrypt",
        "owner:unknown | | authority | is no owner's label",
        " | https://example.com | domain | write the host alone",
        " | | authority | needs 'authority', 'domain' or both",
      })
  void parse_mistake_namesRuleAndField(
      @Nullable String authority, @Nullable String domain, String field, String message) {
    assertThatThrownBy(() -> parse(new RuleSpec("mine", authority, domain, List.of(), null)))
        .isInstanceOfSatisfying(
            RuleException.class,
            e ->
                assertThat(e.mistakes())
                    .singleElement()
                    .satisfies(mistake -> {
                      assertThat(mistake.ruleId()).isEqualTo("mine");
                      assertThat(mistake.field()).isEqualTo(field);
                    }))
        .hasMessageContaining("rule 'mine', " + field)
        .hasMessageContaining(message);
  }

  @Test
  void parse_otherMistakes_areNamed() {
    assertThatThrownBy(() -> parse(new RuleSpec("m", null, "example.com", List.of("x"), null)))
        .hasMessageContaining("allow[0]");
    assertThatThrownBy(
            () -> parse(new RuleSpec("m", "catalog:*", null, List.of("catalog:*"), null)))
        .hasMessageContaining("allow");
    assertThatThrownBy(() -> parse(new RuleSpec("m", "catalog:*", null, List.of(), "urgent")))
        .hasMessageContaining("info, low, medium, high, critical");
    assertThatThrownBy(() ->
            parse(RuleSpec.ofAuthority("m", "catalog:*"), RuleSpec.ofAuthority("m", "catalog:*")))
        .hasMessageContaining("twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "catalog:trustcor | owner:nobody | mozilla | tls | 2026-01-01 | except[0] | is no owner's label",
        "catalog:trustcor | catalog:* | mozilla | tls | 2026-01-01 | except | leaves nothing of catalog:trustcor",
        "catalog:trustcor | | opera | tls | 2026-01-01 | programs[0] | is not one of mozilla, chrome",
        "catalog:trustcor | | mozilla | mail | 2026-01-01 | purposes[0] | is not one of tls, smime, code",
        "catalog:trustcor | | mozilla | tls | yesterday | asOf | is not a time",
        " | | mozilla | tls | | programs | belongs to rules with an 'authority'",
        " | | | tls | 2026-01-01 | asOf | belongs to rules with an 'authority'",
        " | catalog:trustcor | | tls | | except | belongs to rules with an 'authority'",
      })
  void parse_mistakeInWhatNarrows_namesField(
      @Nullable String authority,
      @Nullable String except,
      @Nullable String program,
      String purpose,
      @Nullable String asOf,
      String field,
      String message) {
    RuleSpec.Scope scope =
        new RuleSpec.Scope(listOf(except), listOf(program), List.of(purpose), asOf);
    assertThatThrownBy(
            () -> parse(new RuleSpec("m", authority, "example.com", List.of(), null).in(scope)))
        .hasMessageContaining("rule 'm', " + field)
        .hasMessageContaining(message);
  }

  private static List<String> listOf(@Nullable String text) {
    return text == null ? List.of() : List.of(text);
  }

  @Test
  void parse_canary_isNoRuleThatFinds() throws RuleException {
    RuleSet rules =
        parse(
            RuleSpec.ofAuthority("alive", "owner:lets-encrypt").heardEvery(Duration.ofHours(1)),
            RuleSpec.ofAuthority("tc", "catalog:trustcor"));
    assertThat(rules.rules()).extracting(Rule::id).containsExactly("tc");
    assertThat(rules.keyHashes())
        .doesNotContainAnyElementsOf(OWNERS.keysOf("lets-encrypt").subList(0, 1));
    Canary canary = rules.canaries().getFirst();
    assertThat(canary.hears(tally(OWNERS.keysOf("lets-encrypt").getFirst()))).isTrue();
    assertThat(canary.hears(tally(Hash.sha256(new byte[0])))).isFalse();
    assertThat(canary.hears(List.of())).isFalse();
  }

  private static List<Examined.TallyRow> tally(Hash key) {
    return List.of(new Examined.TallyRow(key, 0, 1, 0, 0, "any"));
  }

  @Test
  void parse_canaryThatFinds_isRefused() {
    assertThatThrownBy(() ->
            parse(
                new RuleSpec("a", "owner:nobody", "example.com", List.of(), "high")
                    .told(true)
                    .heardEvery(Duration.ofSeconds(30)),
                RuleSpec.ofNames("b", new RuleSpec.Names("x", List.of()))
                    .heardEvery(Duration.ofHours(1))))
        .isInstanceOfSatisfying(
            RuleException.class,
            e ->
                assertThat(e.mistakes())
                    .extracting(RuleException.Mistake::rule, RuleException.Mistake::field)
                    .containsExactly(
                        tuple(0, "canary"),
                        tuple(0, "domain"),
                        tuple(0, "severity"),
                        tuple(0, "digest"),
                        tuple(0, "authority"),
                        tuple(1, "subject"),
                        tuple(1, "authority")));
  }

  @Test
  void parse_severalMistakes_areAllTold() {
    assertThatThrownBy(() ->
            parse(
                new RuleSpec("a", "catalog:nobody", "foo bar", List.of("x", "owner:nobody"), "odd"),
                new RuleSpec("b", "catalog:*", null, List.of(), null),
                new RuleSpec("a", "pem:gone.pem", null, List.of(), null)))
        .isInstanceOfSatisfying(
            RuleException.class,
            e ->
                assertThat(e.mistakes())
                    .extracting(RuleException.Mistake::rule, RuleException.Mistake::field)
                    .containsExactly(
                        tuple(0, "authority"),
                        tuple(0, "allow[0]"),
                        tuple(0, "allow[1]"),
                        tuple(0, "domain"),
                        tuple(0, "severity"),
                        tuple(2, "id"),
                        tuple(2, "authority")));
  }

  @Test
  void standard_isOneRuleOnTheCatalog() {
    assertThat(RuleSet.standard(CATALOG, OWNERS).rules())
        .extracting(Rule::id)
        .containsExactly("catalog");
  }

  @Test
  void ofCheck_watchesFamiliesThatTheCatalogRuleLeavesOut() throws Exception {
    Catalog withLifecycle =
        CATALOG.withOverlay(
            "o.yaml",
            """
            schema: rootwatch.catalog/v1
            families:
            - id: old
              owner: Old CA
              category: lifecycle
              keys: [{spkiSha256: %s}]
            """
                .formatted("ab".repeat(32))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8),
            name -> {
              throw new FileNotFoundException(name);
            });
    assertThat(RuleSet.standard(withLifecycle, OWNERS).keyHashes())
        .doesNotContain(Hash.ofHex("ab".repeat(32)));
    assertThat(RuleSet.ofCheck(withLifecycle, OWNERS).keyHashes())
        .contains(Hash.ofHex("ab".repeat(32)));
  }

  private static RuleSet parse(RuleSpec... specs) throws RuleException {
    return RuleSet.parse(
        List.of(specs),
        CATALOG,
        OWNERS,
        name -> {
          throw new FileNotFoundException(name);
        });
  }
}

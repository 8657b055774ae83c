package dev.rootwatch.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.watch.RuleSpec.Scope;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.Inclusion;
import dev.rootwatch.watch.distrust.Program;
import dev.rootwatch.watch.distrust.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What narrows a rule, over a CA that Mozilla distrusts by date and Chrome blocked in 2024. */
class RuleScopeTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T00:00:00Z"));

  private static TestCa acme;
  private static TestCa issuing;
  private static TestCa ordinary;
  private static Catalog catalog;

  @BeforeAll
  static void mint() throws Exception {
    acme = TestCa.root("CN=Acme Root,O=Acme");
    issuing = acme.subordinate("CN=Acme Issuing,O=Acme");
    ordinary = TestCa.root("CN=Ordinary Root,O=Ordinary");
    catalog =
        TestCatalog.with(
            acme,
            "{program: chrome, kind: blocklisted, effective: 2024-01-01}",
            "{program: jdk, kind: never-included}");
  }

  /** The one finding about an old certificate of the CA, which Mozilla still accepts. */
  private static Optional<Finding> found(TestCa ca, RuleSpec... rules) throws Exception {
    return found(
        new TestWindow()
            .at("2021-06-01T01:00:00Z")
            .precertificate(
                ca.spkiSha256(),
                ca.leaf("www.example.com").precertificate(),
                ca.certificate(),
                acme.certificate()),
        rules);
  }

  private static Optional<Finding> found(TestWindow entries, RuleSpec... specs) throws Exception {
    RuleSet rules = RuleSet.parse(List.of(specs), catalog, OwnerTable.bundled(), _ -> new byte[0]);
    ExaminerSetup setup =
        new ExaminerSetup(catalog, rules, OwnerTable.bundled(), Inclusion.unknown(), CLOCK);
    try (EntryWindow window = entries.getEntries()) {
      List<Finding> findings =
          setup.newExaminer().examine(TestWindow.log(), window, IssuerSource.none()).findings();
      assertThat(findings).hasSizeLessThan(2);
      return findings.stream().findFirst();
    }
  }

  private static Finding only(TestCa ca, RuleSpec... rules) throws Exception {
    return found(ca, rules).orElseThrow();
  }

  private static Finding only(TestWindow entries, RuleSpec... rules) throws Exception {
    return found(entries, rules).orElseThrow();
  }

  private static RuleSpec rule(Scope scope) {
    return RuleSpec.ofAuthority("r", "catalog:acme").in(scope);
  }

  private static Scope except(String... authorities) {
    return new Scope(List.of(authorities), List.of(), List.of(), null);
  }

  private static Scope programs(@Nullable String asOf, String... programs) {
    return new Scope(List.of(), List.of(programs), List.of(), asOf);
  }

  @Test
  void except_aFamily_isNotMeant() throws Exception {
    RuleSpec everything = RuleSpec.ofAuthority("all", "catalog:*");
    assertThat(found(acme, everything)).isPresent();
    assertThat(found(acme, everything.in(except("catalog:acme")))).isEmpty();
    assertThat(found(acme, everything.in(except("catalog:trustcor")))).isPresent();
  }

  @Test
  void except_aKeyOnTheWayUp_isNotMeant() throws Exception {
    assertThat(found(issuing, rule(Scope.ALL))).isPresent();
    assertThat(found(issuing, rule(except("key:" + issuing.spkiSha256())))).isEmpty();
    assertThat(found(acme, rule(except("key:" + issuing.spkiSha256())))).isPresent();
  }

  @Test
  void except_leavesOtherRulesAlone() throws Exception {
    Finding finding =
        only(
            issuing,
            rule(except("key:" + issuing.spkiSha256())),
            RuleSpec.ofAuthority("other", "catalog:*"));
    assertThat(finding.rules()).containsExactly("other");
  }

  @Test
  void programs_oneThatDistrusts_fires() throws Exception {
    assertThat(found(acme, rule(programs(null, "chrome")))).isPresent();
  }

  @Test
  void programs_oneWhoseDateRuleIsSatisfied_fires() throws Exception {
    assertThat(found(acme, rule(programs(null, "mozilla")))).isPresent();
  }

  @Test
  void programs_oneThatNeverHadTheRoot_doesNotFire() throws Exception {
    assertThat(found(acme, rule(programs(null, "jdk")))).isEmpty();
    assertThat(found(acme, rule(programs(null, "jdk", "chrome")))).isPresent();
  }

  @Test
  void programs_oneOfWhichNobodyCanTell_fires() throws Exception {
    assertThat(found(acme, rule(programs(null, "apple")))).isPresent();
  }

  @Test
  void asOf_beforeTheBlock_programDoesNotDistrustYet() throws Exception {
    Finding finding = only(acme, rule(programs("2023-06-01", "chrome", "mozilla")));
    assertThat(finding.verdicts())
        .allMatch(verdict -> verdict.asOf().equals(Instant.parse("2023-06-01T00:00:00Z")));
    assertThat(result(finding, Program.CHROME)).isNotEqualTo(Verdict.Result.DISTRUSTED);
    assertThat(finding.type()).isEqualTo(FindingType.WATCHED_AUTHORITY);
  }

  @Test
  void asOf_besideARuleOfNow_verdictsAreOfNow() throws Exception {
    Finding finding =
        only(
            acme,
            rule(programs("2023-06-01T00:00:00Z", "mozilla")),
            RuleSpec.ofAuthority("now", "catalog:acme"));
    assertThat(result(finding, Program.CHROME)).isEqualTo(Verdict.Result.DISTRUSTED);
  }

  @Test
  void purposes_certificateServesNone_isNotMeant() throws Exception {
    Scope mail = new Scope(List.of(), List.of(), List.of("smime"), null);
    assertThat(found(acme, rule(mail))).isEmpty();
    assertThat(
            found(
                new TestWindow()
                    .precertificate(
                        acme.spkiSha256(),
                        acme.leaf("a.test")
                            .usages(KeyPurposeId.id_kp_emailProtection)
                            .precertificate()),
                rule(mail)))
        .isPresent();
  }

  @Test
  void programs_aWatchedKeyCertifiedBySomebodyElse_areAskedAboutTheWatchedKey() throws Exception {
    TestWindow crossSign =
        new TestWindow().certificate(ordinary.crossSign(acme), ordinary.certificate());
    Finding finding = only(crossSign, rule(programs(null, "chrome")));
    assertThat(finding.type()).isEqualTo(FindingType.CROSS_SIGN);
    assertThat(found(crossSign, rule(programs(null, "jdk")))).isEmpty();
  }

  // --- who may wait

  @Test
  void digest_wholeCatalogAndSomeProgramAccepts_waits() throws Exception {
    Finding finding = only(acme, RuleSpec.ofAuthority("all", "catalog:*"));
    assertThat(result(finding, Program.MOZILLA)).isEqualTo(Verdict.Result.NOT_DISTRUSTED);
    assertThat(finding.waitsForDigest()).isTrue();
  }

  @Test
  void digest_familyOrOwnDomainOrNobodyAccepts_doesNotWait() throws Exception {
    RuleSpec all = RuleSpec.ofAuthority("all", "catalog:*");
    assertThat(only(acme, rule(Scope.ALL)).waitsForDigest()).isFalse();
    assertThat(only(acme, all, rule(Scope.ALL)).waitsForDigest()).isFalse();
    Finding ours = only(acme, all, new RuleSpec("d", null, "example.com", List.of(), null));
    assertThat(ours.waitsForDigest()).isFalse();
    Finding late =
        only(
            new TestWindow()
                .precertificate(
                    acme.spkiSha256(),
                    acme.leaf("a.test").notBefore("2025-01-01T00:00:00Z").precertificate()),
            all);
    assertThat(late.waitsForDigest()).isFalse();
  }

  @Test
  void digest_newSubordinate_doesNotWait() throws Exception {
    Finding finding =
        only(
            new TestWindow().certificate(issuing.certificate(), acme.certificate()),
            RuleSpec.ofAuthority("all", "catalog:*"));
    assertThat(finding.type()).isEqualTo(FindingType.NEW_SUBORDINATE);
    assertThat(finding.waitsForDigest()).isFalse();
  }

  @Test
  void digest_saidByTheRule_isKept() throws Exception {
    RuleSpec all = RuleSpec.ofAuthority("all", "catalog:*");
    assertThat(only(acme, all.told(false)).waitsForDigest()).isFalse();
    assertThat(only(acme, rule(Scope.ALL).told(true)).waitsForDigest()).isTrue();
  }

  private static Verdict.Result result(Finding finding, Program program) {
    return finding.verdicts().stream()
        .filter(verdict -> verdict.program() == program)
        .findFirst()
        .orElseThrow()
        .result();
  }
}

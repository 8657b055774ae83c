package dev.rootwatch.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.watch.IssuerMatch.Confidence;
import dev.rootwatch.watch.IssuerMatch.MatchedBy;
import dev.rootwatch.watch.RuleSpec.Names;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogKey;
import dev.rootwatch.watch.distrust.Inclusion;
import java.io.FileNotFoundException;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules on what CAs call themselves. */
class NamePatternTest {
  private static final Catalog CATALOG = Catalog.bundled();

  private static TestCa root;
  private static TestCa entrust;
  private static TestCa other;

  @BeforeAll
  static void mint() throws Exception {
    root = TestCa.root("CN=Root of Trust,O=Ordinary");
    entrust = root.subordinate("CN=Entrust OV TLS Issuing RSA CA 2,O=Entrust Limited,C=CA");
    other = root.subordinate("CN=Ordinary Issuing,O=Entrusted Hands");
  }

  private static Examined examined(TestWindow entries, RuleSpec... specs) throws Exception {
    try (EntryWindow window = entries.getEntries()) {
      return setup(specs).newExaminer().examine(TestWindow.log(), window, IssuerSource.none());
    }
  }

  private static ExaminerSetup setup(RuleSpec... specs) throws RuleException {
    RuleSet rules =
        RuleSet.parse(
            List.of(specs),
            CATALOG,
            OwnerTable.bundled(),
            name -> {
              throw new FileNotFoundException(name);
            });
    return new ExaminerSetup(
        CATALOG, rules, OwnerTable.bundled(), Inclusion.unknown(), InstantSource.system());
  }

  private static Optional<Finding> found(TestCa ca, RuleSpec... specs) throws Exception {
    TestWindow precertificate =
        new TestWindow()
            .precertificate(ca.spkiSha256(), ca.leaf("www.example.com").precertificate());
    TestWindow certificate =
        new TestWindow().certificate(ca.leaf("www.example.com").certificate(), ca.certificate());
    List<Finding> findings = examined(precertificate, specs).findings();
    assertThat(examined(certificate, specs).findings()).hasSameSizeAs(findings);
    return findings.stream().findFirst();
  }

  private static RuleSpec subject(String pattern) {
    return RuleSpec.ofNames("s", new Names(pattern, List.of()));
  }

  private static RuleSpec brand(String... brands) {
    return RuleSpec.ofNames("b", new Names(null, List.of(brands)));
  }

  @Test
  void subject_ofTheIssuer_isFoundWithLowConfidence() throws Exception {
    Finding finding = found(entrust, subject("(?i)\\bentrust\\b")).orElseThrow();
    assertThat(finding.rules()).containsExactly("s");
    assertThat(finding.type()).isEqualTo(FindingType.WATCHED_AUTHORITY);
    assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(finding.issuer())
        .extracting(IssuerMatch::matchedBy, IssuerMatch::confidence)
        .containsExactly(MatchedBy.DN, Confidence.LOW);
    assertThat(found(other, subject("(?i)\\bentrust\\b"))).isEmpty();
  }

  @Test
  void subject_isRfc4514() throws Exception {
    assertThat(found(entrust, subject("O=Entrust Limited,C=CA$"))).isPresent();
    assertThat(found(entrust, subject("^CN=Entrust OV"))).isPresent();
  }

  @Test
  void subject_ofACaCertificateItself_isFound() throws Exception {
    Examined examined =
        examined(
            new TestWindow().certificate(entrust.certificate(), root.certificate()),
            subject("Entrust Limited"));
    Finding finding = examined.findings().getFirst();
    assertThat(finding.type()).isEqualTo(FindingType.NEW_SUBORDINATE);
    assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
  }

  @Test
  void subject_ofALeaf_isNoName() throws Exception {
    TestWindow entries =
        new TestWindow()
            .certificate(
                root.leaf("a.test").subject("CN=Entrust,O=Entrust Limited").certificate(),
                root.certificate());
    assertThat(examined(entries, subject("Entrust")).findings()).isEmpty();
  }

  @Test
  void subject_withADomain_needsBoth() throws Exception {
    RuleSpec rule = subject("Entrust Limited");
    assertThat(found(entrust, rule.on("example.com")).orElseThrow().severity())
        .isEqualTo(Severity.HIGH);
    assertThat(found(entrust, rule.on("example.org"))).isEmpty();
    assertThat(found(other, rule.on("example.com"))).isEmpty();
  }

  @Test
  void subject_besideARuleOnTheKey_isWhatTheKeySays() throws Exception {
    Finding finding =
        found(
                entrust,
                subject("Entrust Limited"),
                RuleSpec.ofAuthority("k", "key:" + entrust.spkiSha256()))
            .orElseThrow();
    assertThat(finding.rules()).containsExactly("s", "k");
    assertThat(finding.issuer()).extracting(IssuerMatch::confidence).isEqualTo(Confidence.HIGH);
  }

  @Test
  void brand_underAnotherKey_isFoundAndMayWait() throws Exception {
    Finding finding = found(entrust, brand("wosign", "entrust")).orElseThrow();
    assertThat(finding.severity()).isEqualTo(Severity.LOW);
    assertThat(finding.type()).isEqualTo(FindingType.WATCHED_AUTHORITY);
    assertThat(finding.waitsForDigest()).isTrue();
    assertThat(found(entrust, brand("wosign"))).isEmpty();
    assertThat(found(other, brand("entrust"))).isEmpty();
  }

  @Test
  void brand_underItsOwnKey_isNotMeant() {
    NamePattern pattern = NamePattern.ofBrands(List.of("entrust"), CATALOG);
    Hash own = CATALOG.family("entrust-affirmtrust").orElseThrow().keys().getFirst().spkiSha256();
    assertThat(pattern.matches(Set.of("CN=Entrust Root"), Set.of(own))).isFalse();
    assertThat(pattern.matches(Set.of("CN=Entrust Root"), Set.of(root.spkiSha256()))).isTrue();
  }

  /** The names of README 5.3 of the catalog's research. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CN=Entrust DV TLS Issuing ECC CA 1,O=SSL Corporation,C=US",
        "CN=WoTrus DV Server CA,OU=Controlled by Sectigo exclusively for WoTrus CA Limited",
        "CN=E-Tugra TLS ECC SubCA 2,O=SSL Corp,C=US",
        "CN=E-Tu\u011fra Root",
        "CN=Chunghwa Telecom GCC R46 OV TLS CA 2025,C=TW",
        "CN=CHT Trust TLS CA - G1,C=TW",
        "CN=GeoTrust TLS RSA CA G1,OU=www.digicert.com",
        "CN=RapidSSL TLS RSA CA G1,OU=www.digicert.com",
        "CN=Thawte TLS RSA CA G1,OU=www.digicert.com",
        "CN=thawte EV",
      })
  void brands_asTheyCameBack_areFound(String name) {
    List<String> all = Brand.bundled().stream().map(Brand::id).toList();
    assertThat(NamePattern.ofBrands(all, CATALOG).mayMatch(name)).isTrue();
  }

  @Test
  void brands_haveFamiliesWithKeys() {
    for (Brand brand : Brand.bundled()) {
      assertThat(CATALOG.family(brand.family()).orElseThrow().keys())
          .as(brand.id())
          .extracting(CatalogKey::spkiSha256)
          .isNotEmpty();
    }
  }

  @Test
  void mistakes_nameTheField() {
    assertMistake(subject("("), "subject", "is not a pattern of RE2");
    assertMistake(subject("(a)\\1"), "subject", "is not a pattern of RE2");
    assertMistake(subject("x*"), "subject", "matches every name");
    assertMistake(subject("x".repeat(1001)), "subject", "1 to 1000 characters");
    assertMistake(brand("digicert"), "brand", "'digicert' is no brand; there are chunghwa");
    RuleSpec both = RuleSpec.ofNames("r", new Names("x", List.of("entrust")));
    assertMistake(both, "brand", "make two rules");
    assertMistake(
        new RuleSpec(
            "r",
            "catalog:*",
            new Names("x", List.of()),
            null,
            List.of(),
            null,
            RuleSpec.Scope.ALL,
            List.of(),
            null,
            null),
        "subject",
        "make two rules");
  }

  private static void assertMistake(RuleSpec rule, String field, String message) {
    assertThatThrownBy(() -> setup(rule))
        .isInstanceOf(RuleException.class)
        .hasMessageContaining(", " + field)
        .hasMessageContaining(message);
  }

  @Test
  void names_areLookedAtOnce_noObjectPerEntry() throws Exception {
    byte[] precertificate = other.leaf("a.test").precertificate();
    byte[] certificate = other.leaf("a.test").certificate();
    TestWindow entries = new TestWindow();
    for (int i = 0; i < 500; i++) {
      entries.precertificate(other.spkiSha256(), precertificate, other.certificate());
      entries.certificate(certificate, other.certificate());
    }
    Examiner examiner =
        setup(subject("Entrust Limited"), brand("entrust", "symantec")).newExaminer();
    CtLog log = TestWindow.log();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    try (EntryWindow window = entries.getEntries()) {
      for (int round = 0; round < 20; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        Examined examined = examiner.examine(log, window, IssuerSource.none());
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        assertThat(examined.findings()).isEmpty();
      }
    }
    assertThat(least).as("bytes for 1000 entries").isLessThan(4096);
  }
}

package dev.rootwatch.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.x509.CanonicalTbs;
import dev.rootwatch.ct.x509.CertificateScanner;
import dev.rootwatch.watch.IssuerMatch.Confidence;
import dev.rootwatch.watch.IssuerMatch.MatchedBy;
import dev.rootwatch.watch.authority.IssuerSignature;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogCertificate;
import dev.rootwatch.watch.distrust.Inclusion;
import dev.rootwatch.watch.distrust.Verdict;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Windows of synthetic entries under a CA of an overlay, and of real TrustCor certificates. */
class ExaminerTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T00:00:00Z"));

  private static TestCa acme;
  private static TestCa issuing;
  private static TestCa ordinary;
  private static CtLog log;
  private static OwnerTable owners;
  private static Catalog catalog;

  @BeforeAll
  static void mint() throws Exception {
    acme = TestCa.root("CN=Acme Root,O=Acme");
    issuing = acme.subordinate("CN=Acme Issuing,O=Acme");
    ordinary = TestCa.root("CN=Ordinary Root,O=Ordinary");
    log = TestWindow.log();
    owners = OwnerTable.bundled();
    catalog = TestCatalog.with(acme);
  }

  private static ExaminerSetup setup(RuleSpec... specs) throws RuleException {
    RuleSet rules =
        specs.length == 0
            ? RuleSet.standard(catalog, owners)
            : RuleSet.parse(
                List.of(specs),
                catalog,
                owners,
                name ->
                    switch (name) {
                      case "ordinary.pem" -> ordinary.pem().getBytes(StandardCharsets.US_ASCII);
                      default -> throw new java.io.FileNotFoundException(name);
                    });
    return new ExaminerSetup(catalog, rules, owners, Inclusion.unknown(), CLOCK);
  }

  private static Examined getEntries(ExaminerSetup setup, TestWindow entries) throws Exception {
    try (EntryWindow window = entries.getEntries()) {
      return setup.newExaminer().examine(log, window, IssuerSource.none());
    }
  }

  private static Examined tile(ExaminerSetup setup, TestWindow entries) throws Exception {
    try (EntryWindow window = entries.tile()) {
      return setup.newExaminer().examine(log, window, entries.issuers());
    }
  }

  /** The one finding that both protocols give. */
  private static Finding only(ExaminerSetup setup, TestWindow entries) throws Exception {
    Examined fromTile = tile(setup, entries);
    assertThat(fromTile.findings()).hasSize(1);
    Examined fromGetEntries = getEntries(setup, entries);
    assertThat(fromGetEntries.findings()).hasSize(1);
    Finding finding = fromGetEntries.findings().getFirst();
    assertThat(fromTile.findings().getFirst().id()).isEqualTo(finding.id());
    assertThat(fromTile.findings().getFirst().type()).isEqualTo(finding.type());
    return finding;
  }

  private static void assertNothing(ExaminerSetup setup, TestWindow entries) throws Exception {
    assertThat(tile(setup, entries).findings()).isEmpty();
    assertThat(getEntries(setup, entries).findings()).isEmpty();
  }

  // --- precertificate entries

  @Test
  void precertificate_ofAWatchedKey_isFoundByTheKey() throws Exception {
    byte[] leaf = acme.leaf("www.example.com").notBefore("2023-01-01T00:00:00Z").precertificate();
    Finding finding =
        only(
            setup(),
            new TestWindow()
                .at("2023-01-01T01:00:00Z")
                .precertificate(ordinary.spkiSha256(), ordinary.leaf("a.test").precertificate())
                .precertificate(acme.spkiSha256(), leaf, acme.certificate()));

    assertThat(finding.type()).isEqualTo(FindingType.DISTRUSTED_ISSUER);
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.rules()).containsExactly("catalog");
    assertThat(finding.index()).isEqualTo(1001);
    assertThat(finding.timestamp()).isEqualTo(Instant.parse("2023-01-01T01:00:00Z").toEpochMilli());
    assertThat(finding.backdating()).isNotNull();
    CertificateFacts certificate = Objects.requireNonNull(finding.certificate());
    assertThat(certificate.kind()).isEqualTo(CertificateFacts.Kind.PRECERTIFICATE);
    assertThat(certificate.sha256()).isEqualTo(Hash.sha256(leaf));
    assertThat(certificate.names()).contains("www.example.com");
    assertThat(certificate.isCa()).isFalse();
    assertThat(finding.id())
        .isEqualTo(CanonicalTbs.hashOfCertificate(leaf, 0, leaf.length).orElseThrow());
    IssuerMatch issuer = Objects.requireNonNull(finding.issuer());
    assertThat(issuer.matchedBy()).isEqualTo(MatchedBy.KEY);
    assertThat(issuer.confidence()).isEqualTo(Confidence.HIGH);
    assertThat(issuer.signature()).isEqualTo(IssuerSignature.Result.VALID);
    assertThat(issuer.family()).isEqualTo("acme");
    assertThat(issuer.name()).isEqualTo("Acme Root");
    assertThat(issuer.reaches()).hasSize(1);
    assertThat(verdict(finding, "mozilla").result()).isEqualTo(Verdict.Result.DISTRUSTED);
  }

  @Test
  void precertificate_beforeTheCutoff_isWatchedAuthorityOnly() throws Exception {
    Finding finding =
        only(
            setup(),
            new TestWindow()
                .at("2021-06-01T00:00:10Z")
                .precertificate(acme.spkiSha256(), acme.leaf("a.test").precertificate()));
    assertThat(finding.type()).isEqualTo(FindingType.WATCHED_AUTHORITY);
    assertThat(verdict(finding, "mozilla").result()).isEqualTo(Verdict.Result.NOT_DISTRUSTED);
  }

  @Test
  void precertificate_datedBack_saysSo() throws Exception {
    Finding finding =
        only(
            setup(),
            new TestWindow()
                .at("2022-07-01T00:00:00Z")
                .precertificate(
                    acme.spkiSha256(),
                    acme.leaf("a.test").notBefore("2022-05-31T00:00:00Z").precertificate()));
    assertThat(finding.type()).isEqualTo(FindingType.POSSIBLE_BACKDATING);
    assertThat(Objects.requireNonNull(finding.backdating()).possible()).isTrue();
  }

  @Test
  void precertificate_signedWithAnotherKey_alertsAndSaysInvalid() throws Exception {
    Finding finding =
        only(
            setup(),
            new TestWindow()
                .precertificate(
                    acme.spkiSha256(), acme.leaf("a.test").signedBy(ordinary).precertificate()));
    assertThat(Objects.requireNonNull(finding.issuer()).signature())
        .isEqualTo(IssuerSignature.Result.INVALID);
  }

  @Test
  void precertificate_throughASigningCertificate_isValid() throws Exception {
    TestCa signer = acme.precertificateSigner("CN=Acme Precert Signing");
    byte[] leaf = signer.leaf("a.test").precertificate();
    Finding finding =
        only(
            setup(),
            new TestWindow()
                .precertificate(acme.spkiSha256(), leaf, signer.certificate(), acme.certificate()));
    assertThat(Objects.requireNonNull(finding.issuer()).signature())
        .isEqualTo(IssuerSignature.Result.VALID);
    assertThat(finding.detail()).doesNotContainKey("chain");
  }

  @Test
  void precertificate_ofAnUnknownSubordinate_isFoundByThePath() throws Exception {
    Finding finding =
        only(
            setup(),
            new TestWindow()
                .precertificate(
                    issuing.spkiSha256(),
                    issuing.leaf("a.test").notBefore("2023-01-01T00:00:00Z").precertificate(),
                    issuing.certificate(),
                    acme.certificate()));
    IssuerMatch issuer = Objects.requireNonNull(finding.issuer());
    assertThat(issuer.spkiSha256()).isEqualTo(issuing.spkiSha256());
    assertThat(issuer.family()).isEqualTo("acme");
    assertThat(issuer.reaches().getFirst().path())
        .containsExactly(issuing.spkiSha256(), acme.spkiSha256());
    assertThat(finding.type()).isEqualTo(FindingType.DISTRUSTED_ISSUER);
  }

  @Test
  void precertificate_unknownSubordinateAndChainWithoutRoot_isFoundByThePath() throws Exception {
    Finding finding =
        only(
            setup(),
            new TestWindow()
                .precertificate(
                    issuing.spkiSha256(),
                    issuing.leaf("a.test").precertificate(),
                    issuing.certificate()));
    assertThat(Objects.requireNonNull(finding.issuer()).family()).isEqualTo("acme");
  }

  @Test
  void precertificate_chainThatOnlyPretends_isRefuted() throws Exception {
    // Above the stranger stands the watched root's certificate, which did not sign it.
    TestCa stranger = ordinary.subordinate("CN=Stranger");
    assertNothing(
        setup(),
        new TestWindow()
            .precertificate(
                stranger.spkiSha256(),
                stranger.leaf("a.test").precertificate(),
                stranger.certificate(),
                acme.certificate()));
  }

  // --- certificate entries

  @Test
  void certificate_withChain_isFoundAndVerified() throws Exception {
    byte[] leaf = acme.leaf("a.test").certificate();
    TestWindow entries = new TestWindow().certificate(leaf, acme.certificate());
    IssuerMatch issuer = Objects.requireNonNull(only(setup(), entries).issuer());
    assertThat(issuer.matchedBy()).isEqualTo(MatchedBy.KEY);
    assertThat(issuer.signature()).isEqualTo(IssuerSignature.Result.VALID);
    IssuerMatch fromTile =
        Objects.requireNonNull(tile(setup(), entries).findings().getFirst().issuer());
    assertThat(fromTile.matchedBy()).isEqualTo(MatchedBy.FINGERPRINT);
  }

  @Test
  void certificate_withoutChain_isFoundByKeyIdentifierOrName() throws Exception {
    IssuerMatch byKeyId =
        Objects.requireNonNull(
            only(setup(), new TestWindow().certificate(acme.leaf("a.test").certificate()))
                .issuer());
    assertThat(byKeyId.matchedBy()).isEqualTo(MatchedBy.AKI);
    assertThat(byKeyId.confidence()).isEqualTo(Confidence.HIGH);
    IssuerMatch byName =
        Objects.requireNonNull(
            only(
                    setup(),
                    new TestWindow().certificate(acme.leaf("a.test").withoutKeyId().certificate()))
                .issuer());
    assertThat(byName.matchedBy()).isEqualTo(MatchedBy.DN);
    assertThat(byName.signature()).isEqualTo(IssuerSignature.Result.VALID);
  }

  @Test
  void certificate_wrongChainBesideALeafOfAWatchedKey_isFoundAndSaidAboutTheChain()
      throws Exception {
    Finding finding =
        only(
            setup(),
            new TestWindow()
                .certificate(acme.leaf("a.test").certificate(), ordinary.certificate()));
    assertThat(Objects.requireNonNull(finding.issuer()).spkiSha256()).isEqualTo(acme.spkiSha256());
    assertThat(finding.detail()).containsKey("chain");
  }

  @Test
  void certificate_bearsTheNameButIsSignedByItsChain_isRefuted() throws Exception {
    // Names can be copied: a signature under another key of the chain is proof of another issuer.
    assertNothing(
        setup(),
        new TestWindow()
            .certificate(
                acme.leaf("a.test").signedBy(ordinary).certificate(), ordinary.certificate()));
  }

  @Test
  void certificate_bearsTheNameAndNobodySigned_alertsWithLowConfidence() throws Exception {
    Finding finding =
        only(
            setup(),
            new TestWindow().certificate(acme.leaf("a.test").signedBy(ordinary).certificate()));
    IssuerMatch issuer = Objects.requireNonNull(finding.issuer());
    assertThat(issuer.signature()).isEqualTo(IssuerSignature.Result.INVALID);
    assertThat(issuer.confidence()).isEqualTo(Confidence.LOW);
  }

  @Test
  void certificate_watchedChainThatDidNotSign_alertsWithLowConfidence() throws Exception {
    Finding finding =
        only(
            setup(),
            new TestWindow()
                .certificate(ordinary.leaf("a.test").certificate(), acme.certificate()));
    assertThat(Objects.requireNonNull(finding.issuer()).confidence()).isEqualTo(Confidence.LOW);
    assertThat(finding.detail()).containsKey("chain");
  }

  @Test
  void certificate_ofAnUnknownSubordinate_isFoundByThePath() throws Exception {
    Finding finding =
        only(
            setup(),
            new TestWindow()
                .certificate(
                    issuing.leaf("a.test").certificate(),
                    issuing.certificate(),
                    acme.certificate()));
    assertThat(Objects.requireNonNull(finding.issuer()).family()).isEqualTo("acme");
  }

  @Test
  void certificate_issuerSourceFails_isStillFoundByKeyIdentifier() throws Exception {
    TestWindow entries =
        new TestWindow().certificate(acme.leaf("a.test").certificate(), acme.certificate());
    IssuerSource failing =
        _ -> {
          throw new SourceException(SourceException.Kind.UNAVAILABLE, "down");
        };
    // An operator's family may be a key alone, without the certificate at hand.
    try (EntryWindow window = entries.tile()) {
      assertThat(setup().newExaminer().examine(log, window, failing).findings()).hasSize(1);
    }
  }

  @Test
  void certificate_ofACa_isANewSubordinate() throws Exception {
    Finding finding =
        only(setup(), new TestWindow().certificate(issuing.certificate(), acme.certificate()));
    assertThat(finding.type()).isEqualTo(FindingType.NEW_SUBORDINATE);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.detail())
        .containsEntry("subjectSpkiSha256", issuing.spkiSha256().toString())
        .containsEntry("catalog", "not in catalog");
  }

  @Test
  void certificate_theRootItself_isNoSubordinate() throws Exception {
    Finding finding = only(setup(), new TestWindow().certificate(acme.certificate()));
    assertThat(finding.type()).isEqualTo(FindingType.WATCHED_AUTHORITY);
  }

  @Test
  void certificate_overAWatchedKeyBySomebodyElse_isACrossSign() throws Exception {
    Finding finding =
        only(
            setup(),
            new TestWindow().certificate(ordinary.crossSign(acme), ordinary.certificate()));
    assertThat(finding.type()).isEqualTo(FindingType.CROSS_SIGN);
    assertThat(finding.detail()).containsEntry("subjectSpkiSha256", acme.spkiSha256().toString());
    assertThat(Objects.requireNonNull(finding.issuer()).spkiSha256())
        .isEqualTo(ordinary.spkiSha256());
  }

  @Test
  void certificate_finalFormOfAPrecertificate_hasTheSameId() throws Exception {
    // One certificate is one alert. Both forms are made from one set of contents.
    TestCa.Leaf leaf = acme.leaf("a.test");
    byte[] precertificate = leaf.precertificate();
    byte[] tbs = CanonicalTbs.ofCertificate(precertificate, 0, precertificate.length).orElseThrow();
    Finding finding =
        only(setup(), new TestWindow().precertificate(acme.spkiSha256(), precertificate));
    assertThat(finding.id()).isEqualTo(Hash.sha256(tbs));
  }

  @Test
  void certificate_withEmbeddedScts_earliestCountsForBackdating() throws Exception {
    long late = Instant.parse("2022-08-01T00:00:00Z").toEpochMilli();
    long early = Instant.parse("2022-06-02T00:00:00Z").toEpochMilli();
    TestWindow dated =
        new TestWindow()
            .certificate(
                acme.leaf("a.test").notBefore("2022-05-31T00:00:00Z").scts(late).certificate());
    assertThat(only(setup(), dated).type()).isEqualTo(FindingType.POSSIBLE_BACKDATING);
    TestWindow honest =
        new TestWindow()
            .certificate(
                acme.leaf("a.test")
                    .notBefore("2022-05-31T00:00:00Z")
                    .scts(late, early)
                    .certificate());
    assertThat(only(setup(), honest).type()).isNotEqualTo(FindingType.POSSIBLE_BACKDATING);
  }

  @Test
  void certificate_forMail_hasVerdictsForMail() throws Exception {
    Finding finding =
        only(
            setup(),
            new TestWindow()
                .certificate(acme.leaf().usages(KeyPurposeId.id_kp_emailProtection).certificate()));
    assertThat(finding.verdicts()).allMatch(v -> v.purpose().word().equals("smime")).hasSize(6);
  }

  // --- domains

  @Test
  void domainRule_strangersCertificate_isMedium() throws Exception {
    ExaminerSetup setup = setup(new RuleSpec("ours", null, "example.com", List.of(), null));
    Finding finding =
        only(
            setup,
            new TestWindow()
                .precertificate(
                    ordinary.spkiSha256(),
                    ordinary.leaf("a.test", "www.example.com").precertificate(),
                    ordinary.certificate())
                .certificate(ordinary.leaf("b.test").certificate(), ordinary.certificate()));
    assertThat(finding.type()).isEqualTo(FindingType.WATCHED_DOMAIN);
    assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(finding.matchedNames()).containsExactly("www.example.com");
    assertThat(Objects.requireNonNull(finding.issuer()).name()).isEqualTo("Ordinary Root");
  }

  @Test
  void domainRule_allowedIssuer_isSilent_andAPretenderIsNot() throws Exception {
    ExaminerSetup setup =
        setup(new RuleSpec("ours", null, "example.com", List.of("pem:ordinary.pem"), "critical"));
    assertNothing(
        setup,
        new TestWindow()
            .precertificate(
                ordinary.spkiSha256(), ordinary.leaf("www.example.com").precertificate())
            .certificate(ordinary.leaf("example.com").certificate(), ordinary.certificate()));
    Finding pretender =
        only(
            setup,
            new TestWindow()
                .certificate(
                    ordinary.leaf("example.com").signedBy(acme).certificate(),
                    ordinary.certificate()));
    assertThat(pretender.severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void matchedNames_areThoseOfTheRulesThatMatch() throws Exception {
    ExaminerSetup setup =
        setup(
            new RuleSpec("ours", null, "example.com", List.of("pem:ordinary.pem"), null),
            new RuleSpec("theirs", null, "example.org", List.of(), null));
    Finding finding =
        only(
            setup,
            new TestWindow()
                .precertificate(
                    ordinary.spkiSha256(),
                    ordinary.leaf("www.example.com", "www.example.org").precertificate()));
    assertThat(finding.rules()).containsExactly("theirs");
    assertThat(finding.matchedNames()).containsExactly("www.example.org");
  }

  @Test
  void ruleWithBoth_needsBoth() throws Exception {
    ExaminerSetup setup = setup(new RuleSpec("worst", "catalog:*", "example.com", List.of(), null));
    assertNothing(
        setup,
        new TestWindow()
            .precertificate(acme.spkiSha256(), acme.leaf("other.test").precertificate())
            .precertificate(ordinary.spkiSha256(), ordinary.leaf("example.com").precertificate()));
    Finding finding =
        only(
            setup,
            new TestWindow()
                .precertificate(acme.spkiSha256(), acme.leaf("a.example.com").precertificate()));
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.type()).isNotEqualTo(FindingType.WATCHED_DOMAIN);
    assertThat(finding.matchedNames()).containsExactly("a.example.com");
  }

  @Test
  void rulesThatMatch_areASetInTheOrderOfTheConfiguration() throws Exception {
    ExaminerSetup setup =
        setup(
            new RuleSpec("names", null, "example.com", List.of(), null),
            RuleSpec.ofAuthority("keys", "key:" + acme.spkiSha256()),
            RuleSpec.ofAuthority("family", "catalog:acme"),
            RuleSpec.ofAuthority("other", "catalog:trustcor"));
    Finding finding =
        only(
            setup,
            new TestWindow()
                .precertificate(acme.spkiSha256(), acme.leaf("example.com").precertificate()));
    assertThat(finding.rules()).containsExactly("names", "keys", "family");
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void keyRule_keyAlone_isFoundInStaticLogsThroughTheirIssuers() throws Exception {
    ExaminerSetup setup = setup(RuleSpec.ofAuthority("k", "key:" + ordinary.spkiSha256()));
    Finding finding =
        only(
            setup,
            new TestWindow()
                .certificate(ordinary.leaf("a.test").certificate(), ordinary.certificate()));
    assertThat(Objects.requireNonNull(finding.issuer()).signature())
        .isEqualTo(IssuerSignature.Result.VALID);
    assertThat(finding.type()).isEqualTo(FindingType.WATCHED_AUTHORITY);
  }

  // --- what cannot be read

  @Test
  void malformedEntry_withAWatchedKeyInside_alerts() throws Exception {
    byte[] leaf = acme.leaf("a.test").precertificate();
    try (EntryWindow window = broken(acme.spkiSha256(), leaf)) {
      Examined examined = setup().newExaminer().examine(log, window, IssuerSource.none());
      assertThat(examined.unknown()).isEqualTo(1);
      assertThat(examined.malformed()).hasSize(1);
      assertThat(examined.findings()).hasSize(1);
      Finding finding = examined.findings().getFirst();
      assertThat(finding.type()).isEqualTo(FindingType.MALFORMED_ENTRY);
      assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
      assertThat(finding.certificate()).isNull();
      assertThat(finding.detail()).containsKeys("error", "offset", "contains");
    }
  }

  @Test
  void malformedEntry_ofStrangers_isOnlyCounted() throws Exception {
    byte[] leaf = ordinary.leaf("a.test").precertificate();
    try (EntryWindow window = broken(ordinary.spkiSha256(), leaf)) {
      Examined examined = setup().newExaminer().examine(log, window, IssuerSource.none());
      assertThat(examined.malformed()).hasSize(1);
      assertThat(examined.findings()).isEmpty();
    }
  }

  @Test
  void malformedEntry_withAWatchedDomainInside_alerts() throws Exception {
    ExaminerSetup setup = setup(new RuleSpec("ours", null, "example.com", List.of(), null));
    byte[] leaf = ordinary.leaf("www.example.com").precertificate();
    try (EntryWindow window = broken(ordinary.spkiSha256(), leaf)) {
      assertThat(setup.newExaminer().examine(log, window, IssuerSource.none()).findings())
          .hasSize(1);
    }
  }

  /** A precertificate entry whose leaf ends too early. */
  private static EntryWindow broken(Hash key, byte[] precertificate) {
    byte[] tbs = CanonicalTbs.ofCertificate(precertificate, 0, precertificate.length).orElseThrow();
    byte[] leaf = new byte[2 + 10 + 32 + 3 + tbs.length];
    leaf[11] = 1;
    key.copyTo(leaf, 12);
    leaf[44] = 1; // claims 64 KiB more than there is
    leaf[45] = (byte) (tbs.length >> 8);
    leaf[46] = (byte) tbs.length;
    System.arraycopy(tbs, 0, leaf, 47, tbs.length);
    var builder = new dev.rootwatch.ct.wire.GetEntriesBuilder(7, 1, leaf, _ -> {});
    builder.add(0, leaf.length, leaf.length, 0);
    return builder.build(1);
  }

  @Test
  void unreadableCertificate_underAWatchedKey_alertsAsMalformed() throws Exception {
    byte[] junk = "not DER at all".getBytes(StandardCharsets.US_ASCII);
    Examined examined =
        getEntries(
            setup(new RuleSpec("k", "catalog:*", null, List.of(), null)),
            new TestWindow()
                .precertificate(acme.spkiSha256(), junk, junk, new byte[0][])
                .precertificate(ordinary.spkiSha256(), junk, junk, new byte[0][])
                .certificate(junk, acme.certificate())
                .certificate(junk, ordinary.certificate()));
    assertThat(examined.findings())
        .extracting(Finding::type, Finding::index)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(FindingType.MALFORMED_ENTRY, 1000L),
            org.assertj.core.groups.Tuple.tuple(FindingType.MALFORMED_ENTRY, 1002L));
    assertThat(examined.precertificates()).isEqualTo(2);
    assertThat(examined.certificates()).isEqualTo(2);
    assertThat(examined.malformed()).extracting(row -> row.entry().index()).contains(1002L, 1003L);
  }

  @Test
  void unreadableTbs_ofStrangers_isCountedEvenWhereNoDomainIsWatched() throws Exception {
    byte[] junk = "not DER at all".getBytes(StandardCharsets.US_ASCII);
    Examined examined =
        getEntries(
            setup(),
            new TestWindow().precertificate(ordinary.spkiSha256(), junk, junk, new byte[0][]));
    assertThat(examined.findings()).isEmpty();
    assertThat(examined.malformed()).hasSize(1);
    assertThat(examined.malformed().getFirst().entry().reason()).contains("TBSCertificate");
  }

  @Test
  void malformedEntry_withTheKeyOrTheNameInside_alerts() throws Exception {
    ExaminerSetup setup = setup(new RuleSpec("k", "pem:ordinary.pem", null, List.of(), null));
    byte[] ca = ordinary.certificate();
    CertificateScanner scan = new CertificateScanner();
    assertThat(scan.scanCertificate(ca, 0, ca.length)).isTrue();
    int spki = scan.spkiOffset();
    for (byte[] inside :
        List.of(
            Arrays.copyOfRange(ca, spki, spki + scan.spkiLength()),
            Arrays.copyOfRange(ca, spki + 40, spki + scan.spkiLength()), // its header is lost
            Arrays.copyOfRange(
                ca, scan.subjectOffset(), scan.subjectOffset() + scan.subjectLength()))) {
      byte[] junk = new byte[300];
      System.arraycopy(inside, 0, junk, 50, inside.length);
      Examined examined = getEntries(setup, new TestWindow().certificate(junk));
      assertThat(examined.findings())
          .extracting(Finding::type)
          .containsExactly(FindingType.MALFORMED_ENTRY);
      assertThat(examined.malformed()).hasSize(1);
    }
  }

  @Test
  void malformedEntry_watchedKeyOfWhichOnlyTheHashIsKnown_isFoundByHashing() throws Exception {
    ExaminerSetup setup =
        setup(new RuleSpec("k", "key:" + ordinary.spkiSha256(), null, List.of(), null));
    byte[] cut = Arrays.copyOf(ordinary.certificate(), ordinary.certificate().length - 100);
    cut[0] = 0x31;
    Examined examined = getEntries(setup, new TestWindow().certificate(cut));
    assertThat(examined.findings()).hasSize(1);
    assertThat(examined.findings().getFirst().detail().get("contains"))
        .contains(ordinary.spkiSha256().toString());
  }

  // --- a precertificate that is not what the log committed to

  @Test
  void precertificate_differsFromTheLeaf_isAFindingWhateverTheRules() throws Exception {
    byte[] one = ordinary.leaf("a.test").precertificate();
    byte[] other = ordinary.leaf("b.test").precertificate();
    byte[] tbs = CanonicalTbs.ofCertificate(one, 0, one.length).orElseThrow();
    Finding finding =
        only(
            setup(),
            new TestWindow()
                .precertificate(
                    ordinary.spkiSha256(), tbs, other, new byte[][] {ordinary.certificate()}));
    assertThat(finding.type()).isEqualTo(FindingType.PRECERTIFICATE_MISMATCH);
    assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(finding.rules()).isEmpty();
    assertThat(finding.id()).isEqualTo(Hash.sha256(tbs));
    assertThat(finding.detail().get("precertificate")).contains("differs");
    assertNothing(
        setup(),
        new TestWindow()
            .precertificate(
                ordinary.spkiSha256(), tbs, one, new byte[][] {ordinary.certificate()}));
  }

  @Test
  void precertificate_watchedNameOnlyInWhatTheLogShows_isFoundByTheRule() throws Exception {
    ExaminerSetup setup = setup(new RuleSpec("ours", null, "example.com", List.of(), "high"));
    byte[] one = ordinary.leaf("a.test").precertificate();
    byte[] other = ordinary.leaf("www.example.com").precertificate();
    byte[] tbs = CanonicalTbs.ofCertificate(one, 0, one.length).orElseThrow();
    Finding finding =
        only(
            setup,
            new TestWindow().precertificate(ordinary.spkiSha256(), tbs, other, new byte[0][]));
    assertThat(finding.type()).isEqualTo(FindingType.PRECERTIFICATE_MISMATCH);
    assertThat(finding.severity()).isEqualTo(Severity.HIGH);
    assertThat(finding.rules()).containsExactly("ours");
    assertThat(finding.matchedNames()).containsExactly("www.example.com");
  }

  @Test
  void precertificate_unreadable_isAFinding() throws Exception {
    byte[] one = ordinary.leaf("a.test").precertificate();
    byte[] tbs = CanonicalTbs.ofCertificate(one, 0, one.length).orElseThrow();
    Finding finding =
        only(
            setup(),
            new TestWindow()
                .precertificate(ordinary.spkiSha256(), tbs, new byte[] {1, 2, 3}, new byte[0][]));
    assertThat(finding.type()).isEqualTo(FindingType.PRECERTIFICATE_MISMATCH);
    assertThat(finding.detail().get("precertificate")).contains("cannot be read");
  }

  @Test
  void precertificate_ofAWatchedKeyThatDiffers_keepsItsTypeAndSaysSo() throws Exception {
    byte[] one = acme.leaf("a.test").precertificate();
    byte[] other = acme.leaf("b.test").precertificate();
    byte[] tbs = CanonicalTbs.ofCertificate(one, 0, one.length).orElseThrow();
    Finding finding =
        only(
            setup(), new TestWindow().precertificate(acme.spkiSha256(), tbs, other, new byte[0][]));
    assertThat(finding.type()).isNotEqualTo(FindingType.PRECERTIFICATE_MISMATCH);
    assertThat(finding.detail().get("precertificate")).contains("differs");
  }

  @Test
  void precertificate_throughASigningCertificateOfStrangers_isNoMismatch() throws Exception {
    TestCa signer = ordinary.precertificateSigner("CN=Ordinary Precert Signing");
    byte[] signed = signer.leaf("a.test").precertificate();
    byte[] tbs = withIssuer(signed);
    byte[][] throughSigner = {signer.certificate(), ordinary.certificate()};
    assertNothing(
        setup(),
        new TestWindow().precertificate(ordinary.spkiSha256(), tbs, signed, throughSigner));
    Finding finding =
        only(
            setup(),
            new TestWindow()
                .precertificate(
                    ordinary.spkiSha256(), tbs, signed, new byte[][] {ordinary.certificate()}));
    assertThat(finding.detail().get("precertificate")).contains("another issuer");
  }

  /** The canonical TBS with another issuer's name, as RFC 6962 section 3.2 has it. */
  private static byte[] withIssuer(byte[] precertificate) throws Exception {
    byte[] tbs = CanonicalTbs.ofCertificate(precertificate, 0, precertificate.length).orElseThrow();
    var fields = org.bouncycastle.asn1.ASN1Sequence.getInstance(tbs).toArray();
    fields[3] =
        new org.bouncycastle.asn1.x500.X500Name(
            org.bouncycastle.asn1.x500.style.RFC4519Style.INSTANCE, "CN=Ordinary Root");
    return new org.bouncycastle.asn1.DERSequence(fields).getEncoded("DER");
  }

  // --- tally

  @Test
  void tally_countsPrecertificatesByKeyAndHour() throws Exception {
    Hash trustcor = Hash.ofHex("ea87f462deefffbd7775aa2a4b7e0fcb91c22eee6df69ed90100ccc73b311476");
    byte[] leaf = ordinary.leaf("a.test").precertificate();
    Examined examined =
        getEntries(
            setup(),
            new TestWindow()
                .at("2023-01-01T00:59:59.999Z")
                .precertificate(trustcor, leaf)
                .precertificate(ordinary.spkiSha256(), leaf)
                .at("2023-01-01T01:00:00Z")
                .precertificate(trustcor, leaf)
                .certificate(ordinary.leaf("b.test").certificate())
                .precertificate(trustcor, leaf));
    long hour = Instant.parse("2023-01-01T01:00:00Z").toEpochMilli();
    assertThat(examined.tally())
        .containsExactly(
            new Examined.TallyRow(trustcor, hour - 3_600_000, 1, 1000, 1000, "trustcor"),
            new Examined.TallyRow(
                ordinary.spkiSha256(), hour - 3_600_000, 1, 1001, 1001, "unknown"),
            new Examined.TallyRow(trustcor, hour, 2, 1002, 1004, "trustcor"));
  }

  @Test
  void tally_manyKeys_growsAndCountsAll() throws Exception {
    TestWindow entries = new TestWindow();
    byte[] leaf = ordinary.leaf("a.test").precertificate();
    for (int i = 0; i < 700; i++) {
      entries.precertificate(
          Hash.sha256(new byte[] {(byte) (i % 350), (byte) (i % 350 / 256)}), leaf);
    }
    Examined examined = getEntries(setup(), entries);
    assertThat(examined.tally()).hasSize(350).allMatch(row -> row.count() == 2);
  }

  // --- real certificates

  @Test
  void realSubordinatesOfTrustCor_areFoundAndTheirSignaturesVerify() throws Exception {
    TestWindow entries = new TestWindow();
    List<Hash> expected = new ArrayList<>();
    for (CatalogCertificate certificate :
        Catalog.bundled().family("trustcor").orElseThrow().certificates()) {
      byte[] der = certificate.der();
      if (der != null && !certificate.selfSigned()) {
        entries.certificate(der);
        expected.add(certificate.sha256());
      }
    }
    Examined examined = getEntries(setup(), entries);
    assertThat(expected).hasSize(12);
    assertThat(examined.findings())
        .extracting(finding -> Objects.requireNonNull(finding.certificate()).sha256())
        .containsExactlyElementsOf(expected);
    assertThat(examined.findings())
        .allSatisfy(finding -> {
          assertThat(finding.type()).isEqualTo(FindingType.NEW_SUBORDINATE);
          assertThat(finding.detail()).containsEntry("catalog", "known subordinate");
          IssuerMatch issuer = Objects.requireNonNull(finding.issuer());
          assertThat(issuer.signature()).isEqualTo(IssuerSignature.Result.VALID);
          assertThat(issuer.family()).isEqualTo("trustcor");
          assertThat(issuer.owner()).isEqualTo("trustcor");
          assertThat(issuer.reaches()).isNotEmpty();
        });
  }

  @Test
  void testAndDevRootsOfTrustCor_areOtherKeys() throws Exception {
    TestWindow entries = new TestWindow();
    for (byte[] der : SharedData.certificates("roots/trustcor-test-and-dev")) {
      entries.certificate(der);
    }
    assertNothing(setup(), entries);
  }

  @Test
  void realRootsOfTrustCor_areFound() throws Exception {
    List<byte[]> all = SharedData.certificates("roots/trustcor-production");
    TestWindow entries = new TestWindow();
    all.forEach(entries::certificate);
    Examined examined = getEntries(setup(), entries);
    assertThat(examined.findings()).hasSize(22);
    assertThat(
            examined.findings().stream()
                .filter(finding -> finding.type() == FindingType.DISTRUSTED_ISSUER))
        .hasSize(10);
  }

  // --- cost

  @Test
  void entriesThatDoNotMatch_createNoObjects() throws Exception {
    ExaminerSetup setup =
        setup(
            new RuleSpec("a", "catalog:*", null, List.of(), null),
            new RuleSpec("d", null, "example.com", List.of(), null));
    TestWindow entries = new TestWindow();
    byte[] precertificate = ordinary.leaf("a.test", "b.test").precertificate();
    byte[] certificate = ordinary.leaf("a.test", "b.test").certificate();
    for (int i = 0; i < 500; i++) {
      entries.precertificate(ordinary.spkiSha256(), precertificate, ordinary.certificate());
      entries.certificate(certificate, ordinary.certificate());
    }
    for (boolean tiles : new boolean[] {false, true}) {
      try (EntryWindow window = tiles ? entries.tile() : entries.getEntries()) {
        Examiner examiner = setup.newExaminer();
        IssuerSource issuers = entries.issuers();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
          long before = threads.getCurrentThreadAllocatedBytes();
          Examined examined = examiner.examine(log, window, issuers);
          least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
          assertThat(examined.findings()).isEmpty();
        }
        assertThat(least).as("bytes for 1000 entries").isLessThan(4096);
      }
    }
  }

  private static Verdict verdict(Finding finding, String program) {
    return finding.verdicts().stream()
        .filter(v -> v.program().word().equals(program))
        .findFirst()
        .orElseThrow();
  }
}

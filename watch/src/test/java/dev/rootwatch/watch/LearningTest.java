package dev.rootwatch.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.watch.Examined.TallyRow;
import dev.rootwatch.watch.IssuerMatch.Confidence;
import dev.rootwatch.watch.IssuerMatch.MatchedBy;
import dev.rootwatch.watch.IssuerMatch.Reach;
import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.Inclusion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What examiners learn of authorities in one window counts in all that follow. */
@SuppressWarnings("NullAway.Init") // minted before
class LearningTest {
  private static TestCa acme;
  private static TestCa issuing;
  private static TestCa lower;
  private static TestCa stranger;
  private static CtLog log;
  private static Catalog catalog;

  private ExaminerSetup setup;

  @BeforeAll
  static void mint() throws Exception {
    acme = TestCa.root("CN=Acme Root,O=Acme");
    issuing = acme.subordinate("CN=Acme Issuing,O=Acme");
    lower = issuing.subordinate("CN=Acme Lower,O=Acme");
    stranger = TestCa.root("CN=Stranger Root,O=Stranger");
    log = TestWindow.log();
    catalog = TestCatalog.with(acme);
  }

  @BeforeEach
  void freshSetup() {
    OwnerTable owners = OwnerTable.empty();
    setup =
        new ExaminerSetup(
            catalog,
            RuleSet.standard(catalog, owners),
            owners,
            Inclusion.unknown(),
            InstantSource.fixed(Instant.parse("2026-11-24T00:00:00Z")));
  }

  private Examined examined(TestWindow entries) throws Exception {
    try (EntryWindow window = entries.getEntries()) {
      return setup.newExaminer().examine(log, window, IssuerSource.none());
    }
  }

  private TestWindow precertificates(TestCa issuer, int count) throws Exception {
    TestWindow window = new TestWindow();
    for (int i = 0; i < count; i++) {
      window.precertificate(issuer.spkiSha256(), issuer.leaf(i + ".test").precertificate());
    }
    return window;
  }

  @Test
  void precertificate_ofALearnedKey_isFoundByItsKeyAlone() throws Exception {
    assertThat(examined(precertificates(lower, 1)).findings()).isEmpty();
    examined(
        new TestWindow()
            .precertificate(
                lower.spkiSha256(),
                lower.leaf("a.test").precertificate(),
                lower.certificate(),
                issuing.certificate()));

    Finding finding = examined(precertificates(lower, 1)).findings().getFirst();

    IssuerMatch issuer = Objects.requireNonNull(finding.issuer());
    assertThat(issuer.spkiSha256()).isEqualTo(lower.spkiSha256());
    assertThat(issuer.family()).isEqualTo("acme");
    assertThat(issuer.name()).isEqualTo("Acme Lower");
    assertThat(issuer.signature().word()).isEqualTo("valid");
    assertThat(issuer.reaches())
        .extracting(Reach::path)
        .containsExactly(List.of(lower.spkiSha256(), issuing.spkiSha256(), acme.spkiSha256()));
    assertThat(examined(precertificates(issuing, 1)).findings()).hasSize(1);
  }

  @Test
  void staticEntry_afterItsIssuersIssuerIsLearned_isLookedUpAgain() throws Exception {
    TestWindow bare =
        new TestWindow()
            .precertificate(
                lower.spkiSha256(), lower.leaf("a.test").precertificate(), lower.certificate());
    Examiner examiner = setup.newExaminer();
    try (EntryWindow window = bare.tile()) {
      assertThat(examiner.examine(log, window, bare.issuers()).findings()).isEmpty();
    }
    examined(new TestWindow().certificate(issuing.certificate(), acme.certificate()));

    try (EntryWindow window = bare.tile()) {
      assertThat(examiner.examine(log, window, bare.issuers()).findings()).hasSize(1);
    }
    assertThat(setup.graph().find(lower.spkiSha256())).isNotEqualTo(KeyTable.ABSENT);
  }

  @Test
  void certificate_ofALearnedCa_isFoundByNameWithoutAChain() throws Exception {
    byte[] leaf = issuing.leaf("a.test").certificate();
    assertThat(examined(new TestWindow().certificate(leaf)).findings()).isEmpty();
    examined(new TestWindow().certificate(issuing.certificate()));

    Finding finding = examined(new TestWindow().certificate(leaf)).findings().getFirst();

    IssuerMatch issuer = Objects.requireNonNull(finding.issuer());
    assertThat(issuer.matchedBy()).isEqualTo(MatchedBy.AKI);
    assertThat(issuer.confidence()).isEqualTo(Confidence.HIGH);
  }

  @Test
  void certificate_thatOnlyBearsALearnedName_isNoFinding() throws Exception {
    examined(new TestWindow().certificate(issuing.certificate()));
    byte[] leaf = issuing.leaf("a.test").signedBy(stranger).certificate();
    assertThat(examined(new TestWindow().certificate(leaf)).findings()).isEmpty();
  }

  @Test
  void chain_ofAFalseEdge_teachesNothing() throws Exception {
    TestCa impostor = TestCa.root("CN=Acme Root,O=Acme");
    TestCa minted = impostor.subordinate("CN=Minted");
    Examined examined =
        examined(
            new TestWindow()
                .precertificate(
                    minted.spkiSha256(),
                    minted.leaf("a.test").precertificate(),
                    minted.certificate(),
                    acme.certificate()));
    assertThat(examined.findings()).isEmpty();
    assertThat(examined.undecided()).isNull();
    assertThat(setup.graph().size()).isZero();
  }

  @Test
  void tally_ofAKeyLearnedMeanwhile_saysThatItWasUnknown() throws Exception {
    TestWindow teaching =
        new TestWindow()
            .precertificate(
                issuing.spkiSha256(),
                issuing.leaf("a.test").precertificate(),
                issuing.certificate());
    assertThat(examined(teaching).tally())
        .extracting(TallyRow::authority)
        .containsExactly(OwnerTable.UNKNOWN);
    assertThat(examined(teaching).tally())
        .extracting(TallyRow::authority)
        .containsExactly(OwnerTable.OTHER);
  }

  @Test
  void window_withMoreClaimsThanChecks_namesTheRestAndDecidesItLater() throws Exception {
    TestCa impostor = TestCa.root("CN=Acme Root,O=Acme");
    byte[] genuine = issuing.leaf("genuine.test").precertificate();
    TestWindow poison = new TestWindow();
    int count = Examiner.CHECKS_PER_WINDOW;
    for (int i = 0; i < count; i++) {
      TestCa minted = impostor.subordinate("CN=Minted");
      poison.precertificate(
          Hash.sha256(minted.spki()), genuine, minted.certificate(), acme.certificate());
    }
    poison.precertificate(issuing.spkiSha256(), genuine, issuing.certificate());

    Examined first = examined(poison);

    EntryRange undecided = Objects.requireNonNull(first.undecided());
    assertThat(undecided.from()).isBetween(1000L + count / 4, 1000L + count);
    assertThat(undecided.to()).isEqualTo(1000 + count + 1);
    assertThat(first.findings()).isEmpty();
    Examined again =
        examined(
            new TestWindow().precertificate(issuing.spkiSha256(), genuine, issuing.certificate()));
    assertThat(again.findings()).hasSize(1);
    assertThat(again.undecided()).isNull();
  }
}

package dev.rootwatch.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.x509.CanonicalTbs;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.Inclusion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Damage must neither stop the examiner nor hide what the log committed to. */
class ExaminerDamageTest {
  private final TestCa acme;
  private final byte[] leaf;
  private final byte[] tbs;
  private final CtLog log;
  private final Examiner examiner;

  ExaminerDamageTest() throws Exception {
    acme = TestCa.root("CN=Acme Root");
    leaf = acme.leaf("www.example.com").precertificate();
    tbs = CanonicalTbs.ofCertificate(leaf, 0, leaf.length).orElseThrow();
    log = TestWindow.log();
    Catalog catalog = Catalog.bundled();
    OwnerTable owners = OwnerTable.empty();
    RuleSet rules =
        RuleSet.parse(
            List.of(
                RuleSpec.ofAuthority("key", "key:" + acme.spkiSha256()),
                new RuleSpec("ours", null, "example.com", List.of(), null)),
            catalog,
            owners,
            _ -> new byte[0]);
    examiner =
        new ExaminerSetup(
                catalog, rules, owners, Inclusion.unknown(), InstantSource.fixed(Instant.EPOCH))
            .newExaminer();
  }

  @Property(tries = 300)
  void precertificateOfAWatchedKey_anyDamage_isStillFound(
      @ForAll @IntRange(min = 0, max = 2000) int at,
      @ForAll byte value,
      @ForAll @IntRange(min = 0, max = 2) int where)
      throws Exception {
    byte[] committed = damaged(tbs, where == 0, at, value);
    byte[] beside = damaged(leaf, where == 1, at, value);
    byte[] chain = damaged(acme.certificate(), where == 2, at, value);
    TestWindow entries =
        new TestWindow().precertificate(acme.spkiSha256(), committed, beside, new byte[][] {chain});
    assertThat(examine(entries.getEntries(), entries).findings()).hasSize(1);
    assertThat(examine(entries.tile(), entries).findings()).hasSize(1);
  }

  @Property(tries = 300)
  void certificate_anyDamage_isExaminedToTheEnd(
      @ForAll @IntRange(min = 0, max = 2000) int at, @ForAll byte value, @ForAll boolean inLeaf)
      throws Exception {
    byte[] certificate = acme.certificate();
    TestWindow entries =
        new TestWindow()
            .certificate(
                damaged(certificate, inLeaf, at, value), damaged(certificate, !inLeaf, at, value))
            .precertificate(acme.spkiSha256(), leaf);
    for (EntryWindow window : List.of(entries.getEntries(), entries.tile())) {
      Examined examined = examine(window, entries);
      assertThat(examined.certificates()).isEqualTo(1);
      assertThat(examined.precertificates()).isEqualTo(1);
      assertThat(examined.findings()).extracting(Finding::type).isNotEmpty();
    }
  }

  private Examined examine(EntryWindow window, TestWindow entries) throws InterruptedException {
    try (window) {
      IssuerSource issuers = entries.issuers();
      return examiner.examine(log, window, issuers);
    }
  }

  private static byte[] damaged(byte[] bytes, boolean really, int at, byte value) {
    byte[] copy = bytes.clone();
    if (really) {
      copy[at % copy.length] = value;
    }
    return copy;
  }
}

package dev.rootwatch.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.x509.CanonicalTbs;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.Inclusion;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A rule on a domain, and certificates for it that the operator knows. */
class KnownCertificatesTest {
  private static final String KEY = "ab".repeat(32);

  private static TestCa ca;
  private static TestCa sub;
  private static byte[] certificate;
  private static byte[] precertificate;

  @BeforeAll
  static void mint() throws Exception {
    ca = TestCa.root("CN=Ordinary Root,O=Ordinary");
    sub = ca.subordinate("CN=www.example.com");
    certificate = ca.leaf("www.example.com").certificate();
    precertificate = ca.leaf("www.example.com").precertificate();
  }

  private static Examined examined(TestWindow entries, String... known) throws Exception {
    RuleSpec rule =
        new RuleSpec("ours", null, "example.com", List.of(), null).knowing(List.of(known));
    RuleSet rules =
        RuleSet.parse(
            List.of(rule), Catalog.bundled(), OwnerTable.bundled(), KnownCertificatesTest::file);
    ExaminerSetup setup =
        new ExaminerSetup(
            Catalog.bundled(),
            rules,
            OwnerTable.bundled(),
            Inclusion.unknown(),
            InstantSource.system());
    try (EntryWindow window = entries.getEntries()) {
      return setup.newExaminer().examine(TestWindow.log(), window, IssuerSource.none());
    }
  }

  private static byte[] file(String name) throws FileNotFoundException {
    String content =
        switch (name) {
          case "leaf.pem" ->
              "-----BEGIN CERTIFICATE-----\n"
                  + Base64.getMimeEncoder().encodeToString(certificate)
                  + "\n-----END CERTIFICATE-----\n";
          case "hashes.txt" ->
              "# ours\n\ncert:" + Hash.sha256(certificate) + "\r\nkey:" + KEY + "\n";
          case "damaged.txt" -> "# ours\n" + KEY + "\nwww.example.com\n";
          case "damaged.pem" -> "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
          default -> throw new FileNotFoundException(name);
        };
    return content.getBytes(StandardCharsets.US_ASCII);
  }

  private static void assertKnown(TestWindow entries, String known) throws Exception {
    Examined examined = examined(entries, known);
    assertThat(examined.findings()).isEmpty();
    assertThat(examined.known()).isEqualTo(Map.of("ours", 1L));
  }

  private static TestWindow leaf() {
    return new TestWindow().certificate(certificate, ca.certificate());
  }

  @Test
  void notKnown_isFound() throws Exception {
    Examined examined = examined(leaf(), "cert:" + KEY);
    assertThat(examined.findings()).hasSize(1);
    assertThat(examined.known()).isEmpty();
  }

  @Test
  void byHashOfTheCertificate_isCountedAndNotTold() throws Exception {
    assertKnown(leaf(), "cert:" + Hash.sha256(certificate));
  }

  @Test
  void byHashOfTheTbs_coversThePrecertificate() throws Exception {
    TestWindow entries = new TestWindow().precertificate(ca.spkiSha256(), precertificate);
    Hash tbs =
        CanonicalTbs.hashOfCertificate(precertificate, 0, precertificate.length).orElseThrow();
    assertKnown(entries, "cert:" + tbs);
    assertKnown(entries, "cert:" + Hash.sha256(precertificate));
  }

  @Test
  void byKey_isNotTold() throws Exception {
    Hash key = ScannedCertificate.ofCertificate(certificate).orElseThrow().spkiSha256();
    assertKnown(leaf(), "key:" + key);
  }

  @Test
  void byFile_pemOrLines_isNotTold() throws Exception {
    assertKnown(leaf(), "file:leaf.pem");
    assertKnown(leaf(), "file:hashes.txt");
  }

  @Test
  void caCertificate_isKnownByItsOwnHashOnly() throws Exception {
    TestWindow entries = new TestWindow().certificate(sub.certificate(), ca.certificate());
    assertThat(examined(entries, "key:" + sub.spkiSha256()).findings()).hasSize(1);
    assertKnown(entries, "cert:" + sub.certificateSha256());
  }

  @Test
  void mistakes_nameFileAndLine() {
    assertMistake("www.example.com", "names no certificate; write cert:SHA256");
    assertMistake("host:" + KEY, "names no certificate");
    assertMistake("file:gone.txt", "cannot be read: create it or mend the path");
    assertMistake("file:damaged.txt", "names damaged.txt, whose line 3 is no hash");
    assertMistake("file:damaged.pem", "in which the certificate at byte 0 is damaged");
  }

  private static void assertMistake(String known, String message) {
    assertThatThrownBy(() -> examined(leaf(), "cert:" + KEY, known))
        .isInstanceOf(RuleException.class)
        .hasMessageContaining("rule 'ours', known[1]")
        .hasMessageContaining(message);
  }
}

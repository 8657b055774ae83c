package dev.rootwatch.ct.x509;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;

/** The readers of certificates against whatever comes; the seeds run in every build. */
class X509FuzzTest {
  private final CertificateScanner scanner = new CertificateScanner();

  @FuzzTest(maxDuration = "5m")
  void scanner(byte[] certificate) {
    new ScannerInvariants().hold(certificate);
  }

  /** What is DER through and through has one reading. */
  @FuzzTest(maxDuration = "5m")
  void scannerAndBouncyCastle(byte[] certificate) {
    Optional<Referee> referee = Referee.ofDer(certificate);
    if (referee.isEmpty()) {
      return;
    }
    assertThat(scanner.scanCertificate(certificate, 0, certificate.length))
        .as(scanner.error())
        .isTrue();
    List<String> differences = referee.get().differences(scanner, certificate);
    if (differences.stream().noneMatch(field -> field.startsWith(Referee.REFUSED))) {
      assertThat(differences).isEmpty();
    }
  }

  @FuzzTest(maxDuration = "5m")
  void canonicalTbs(byte[] tbs) {
    Optional<byte[]> canonical = CanonicalTbs.ofTbs(tbs, 0, tbs.length);
    if (canonical.isEmpty()) {
      return;
    }
    byte[] once = canonical.get();
    Assertions.assertArrayEquals(
        once, CanonicalTbs.ofTbs(once, 0, once.length).orElseThrow(), "canonical again");
    assertThat(once.length).isLessThanOrEqualTo(tbs.length);
    assertThat(scanner.scanTbs(tbs, 0, tbs.length)).as(scanner.error()).isTrue();
    boolean certificateTransparency = scanner.hasPoison() || scanner.sctListOffset() >= 0;
    if (!certificateTransparency && scanner.damaged().isEmpty() && Referee.isDerTbs(tbs)) {
      Assertions.assertArrayEquals(tbs, once, "nothing to take out");
    }
  }

  @FuzzTest(maxDuration = "5m")
  void sctList(byte[] extnValue) {
    SctList list = SctList.read(extnValue, 0, extnValue.length);

    int bytes = list.scts().stream().mapToInt(sct -> 47 + sct.signature().length).sum();
    assertThat(bytes).isLessThanOrEqualTo(extnValue.length);
    assertThat(list.damaged()).matches("[ -~]{0,200}");
    assertThat(list.earliest().isPresent()).isEqualTo(!list.scts().isEmpty());
  }

  @FuzzTest(maxDuration = "5m")
  void distinguishedName(byte[] name) {
    String text = DistinguishedName.rfc4514(name, 0, name.length);
    assertThat(text.length()).isLessThanOrEqualTo(DistinguishedName.MAX_LENGTH);
    assertThat(text.codePoints().allMatch(X509FuzzTest::isHarmless)).as(text).isTrue();
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}

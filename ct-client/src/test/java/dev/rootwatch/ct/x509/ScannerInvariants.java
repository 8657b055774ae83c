package dev.rootwatch.ct.x509;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assertions;

/** What holds of a scan whatever was scanned: every slice lies inside what was scanned. */
final class ScannerInvariants {
  private final CertificateScanner scanner = new CertificateScanner();
  private int from;
  private int to;

  /** Scans {@code bytes} in both ways, at an offset, and checks. */
  void hold(byte[] bytes) {
    byte[] shifted = new byte[bytes.length + 10];
    System.arraycopy(bytes, 0, shifted, 5, bytes.length);
    from = 5;
    to = 5 + bytes.length;
    check(scanner.scanCertificate(shifted, from, bytes.length));
    boolean certificate = scanner.error().isEmpty();
    Assertions.assertEquals(
        certificate,
        CanonicalTbs.ofCertificate(shifted, from, bytes.length).isPresent(),
        "a canonical TBS exists exactly where the scan is good");
    check(scanner.scanTbs(shifted, from, bytes.length));
    Assertions.assertEquals(
        scanner.error().isEmpty(), CanonicalTbs.ofTbs(shifted, from, bytes.length).isPresent());
  }

  private void check(boolean good) {
    if (good) {
      assertThat(scanner.error()).isEmpty();
      assertThat(scanner.errorOffset()).isEqualTo(-1);
      present(scanner.tbsOffset(), scanner.tbsLength());
      present(scanner.issuerOffset(), scanner.issuerLength());
      present(scanner.subjectOffset(), scanner.subjectLength());
      present(scanner.spkiOffset(), scanner.spkiLength());
      present(scanner.serialOffset(), scanner.serialLength());
    } else {
      assertThat(scanner.error()).isNotEmpty();
      assertThat(scanner.errorOffset()).isBetween(0, to - from);
      slice(scanner.tbsOffset(), scanner.tbsLength());
      slice(scanner.issuerOffset(), scanner.issuerLength());
      slice(scanner.subjectOffset(), scanner.subjectLength());
      slice(scanner.serialOffset(), scanner.serialLength());
    }
    assertThat(scanner.damagedOffset() >= 0).isEqualTo(!scanner.damaged().isEmpty());
    assertThat(scanner.damagedOffset()).isLessThanOrEqualTo(to - from);
    slice(scanner.akiOffset(), scanner.akiLength());
    slice(scanner.skiOffset(), scanner.skiLength());
    slice(scanner.sctListOffset(), scanner.sctListLength());
    slice(scanner.ekuOffset(), scanner.ekuLength());
    slice(scanner.signatureAlgorithmOffset(), scanner.signatureAlgorithmLength());
    slice(scanner.signatureOffset(), scanner.signatureLength());
    for (int i = 0; i < scanner.sanCount(); i++) {
      present(scanner.sanOffset(i), scanner.sanLength(i));
    }
    for (int i = 0; i < scanner.commonNameCount(); i++) {
      present(scanner.commonNameOffset(i), scanner.commonNameLength(i));
    }
  }

  private void slice(int offset, int length) {
    if (offset == -1) {
      assertThat(length).isZero();
    } else {
      present(offset, length);
    }
  }

  private void present(int offset, int length) {
    // No fluent assertion: this runs for every name of every sample.
    if (offset < from || length < 0 || length > to - offset) {
      throw new AssertionError(
          "[" + offset + ", +" + length + ") is not within [" + from + ", " + to + ")");
    }
  }
}

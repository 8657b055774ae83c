package dev.rootwatch.watch.authority;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.x509.CertificateScanner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What identifies a CA: the fields by which its certificates name it. Arrays are shared, read-only.
 *
 * @param der the certificate
 * @param sha256 of {@code der}
 * @param spki the DER SubjectPublicKeyInfo
 * @param spkiSha256 of {@code spki}
 * @param subjectDer the DER subject Name
 * @param subject RFC 4514 text of it
 * @param ski subject key identifier; null when absent
 * @param notBefore start of validity
 * @param notAfter end of validity
 * @param isCa basicConstraints cA
 */
@SuppressWarnings("ArrayRecordComponent") // shared, read-only
public record CaCertificate(
    byte[] der,
    Hash sha256,
    byte[] spki,
    Hash spkiSha256,
    byte[] subjectDer,
    String subject,
    byte @Nullable [] ski,
    Instant notBefore,
    Instant notAfter,
    boolean isCa) {

  /** Reads a DER certificate; empty when it cannot be read. */
  public static Optional<CaCertificate> of(byte[] der) {
    CertificateScanner scanner = new CertificateScanner();
    if (!scanner.scanCertificate(der, 0, der.length)
        || scanner.spkiOffset() < 0
        || scanner.subjectOffset() < 0) {
      return Optional.empty();
    }
    byte[] spki = slice(der, scanner.spkiOffset(), scanner.spkiLength());
    byte[] subject = slice(der, scanner.subjectOffset(), scanner.subjectLength());
    byte[] ski =
        scanner.skiOffset() < 0 ? null : slice(der, scanner.skiOffset(), scanner.skiLength());
    return Optional.of(
        new CaCertificate(
            der,
            Hash.sha256(der),
            spki,
            Hash.sha256(spki),
            subject,
            DistinguishedName.text(subject),
            ski,
            time(scanner.notBefore()),
            time(scanner.notAfter()),
            scanner.isCa()));
  }

  /**
   * The subject as DER Names: as it stands in this certificate, then in the other usual encodings,
   * as a leaf's issuer field need not repeat the string types.
   */
  public List<byte[]> subjectNames() {
    List<byte[]> names = new ArrayList<>(List.of(subjectDer));
    for (byte[] encoding : DistinguishedName.encodings(subject)) {
      if (!Arrays.equals(encoding, subjectDer)) {
        names.add(encoding);
      }
    }
    return names;
  }

  /** The common name of an RFC 4514 text, else the whole text. */
  public static String shortName(String rfc4514) {
    return DistinguishedName.commonName(rfc4514).orElse(rfc4514);
  }

  private static Instant time(long millis) {
    return millis == CertificateScanner.NO_TIME ? Instant.EPOCH : Instant.ofEpochMilli(millis);
  }

  private static byte[] slice(byte[] bytes, int offset, int length) {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }
}

package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.x509.CertificateScanner;
import dev.rootwatch.watch.authority.DirectoryText;
import dev.rootwatch.watch.authority.DistinguishedName;
import dev.rootwatch.watch.distrust.Purpose;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;

/** A matched certificate or TBSCertificate, read whole. Seldom needed, so it may allocate. */
final class ScannedCertificate {
  /** An alert lists so many names; a certificate can carry thousands. */
  static final int MAX_NAMES = 1000;

  /** Of a precertificate signing certificate (RFC 6962 section 3.1). */
  private static final ASN1ObjectIdentifier PRECERTIFICATE_SIGNING =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.4");

  private final byte[] bytes;
  private final CertificateScanner scan;

  private ScannedCertificate(byte[] bytes, CertificateScanner scan) {
    this.bytes = bytes;
    this.scan = scan;
  }

  /** Reads a DER certificate; empty when its frame cannot be followed. */
  static Optional<ScannedCertificate> ofCertificate(byte[] der) {
    CertificateScanner scan = new CertificateScanner();
    return scan.scanCertificate(der, 0, der.length)
        ? Optional.of(new ScannedCertificate(der, scan))
        : Optional.empty();
  }

  /** Reads a DER TBSCertificate; empty when its frame cannot be followed. */
  static Optional<ScannedCertificate> ofTbs(byte[] der) {
    CertificateScanner scan = new CertificateScanner();
    return scan.scanTbs(der, 0, der.length)
        ? Optional.of(new ScannedCertificate(der, scan))
        : Optional.empty();
  }

  CertificateScanner scan() {
    return scan;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Of nothing, which is nobody's key, when the field cannot be read. */
  Hash spkiSha256() {
    return Hash.sha256(spki());
  }

  byte[] spki() {
    return slice(scan.spkiOffset(), scan.spkiLength());
  }

  boolean subjectIsIssuer() {
    return scan.subjectOffset() >= 0
        && scan.issuerOffset() >= 0
        && Arrays.equals(
            bytes,
            scan.subjectOffset(),
            scan.subjectOffset() + scan.subjectLength(),
            bytes,
            scan.issuerOffset(),
            scan.issuerOffset() + scan.issuerLength());
  }

  String subject() {
    return name(scan.subjectOffset(), scan.subjectLength());
  }

  String issuer() {
    return name(scan.issuerOffset(), scan.issuerLength());
  }

  byte[] issuerDer() {
    return slice(scan.issuerOffset(), scan.issuerLength());
  }

  private String name(int offset, int length) {
    return length <= 0 ? "" : DistinguishedName.text(slice(offset, length));
  }

  @Nullable Instant notBefore() {
    return scan.notBefore() == CertificateScanner.NO_TIME
        ? null
        : Instant.ofEpochMilli(scan.notBefore());
  }

  /** Timestamps of the embedded SCTs; empty when there are none. */
  List<Instant> scts() {
    return scan.sctListOffset() < 0
        ? List.of()
        : EmbeddedScts.timestamps(bytes, scan.sctListOffset(), scan.sctListLength());
  }

  /** The facts that people see. */
  CertificateFacts facts(CertificateFacts.Kind kind, byte[] der, Hash tbsSha256) {
    return new CertificateFacts(
        kind,
        Hash.sha256(der),
        tbsSha256,
        HexFormat.of().formatHex(slice(scan.serialOffset(), scan.serialLength())),
        subject(),
        issuer(),
        time(scan.notBefore()),
        time(scan.notAfter()),
        names(),
        scan.isCa(),
        der);
  }

  /** A time that cannot be read is shown as the epoch; {@code detail} says what is damaged. */
  private static Instant time(long millis) {
    return millis == CertificateScanner.NO_TIME ? Instant.EPOCH : Instant.ofEpochMilli(millis);
  }

  /**
   * Names of the SAN that people know, then common names that may be hosts; without repeats,
   * bounded.
   */
  List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < scan.sanCount() && names.size() < MAX_NAMES; i++) {
      byte[] value = slice(scan.sanOffset(i), scan.sanLength(i));
      switch (scan.sanTag(i)) {
        case CertificateScanner.SAN_DNS, CertificateScanner.SAN_EMAIL ->
            add(names, DirectoryText.of(value));
        case CertificateScanner.SAN_IP -> add(names, address(value));
        default -> {
          // Directory names, URIs and private kinds name no host.
        }
      }
    }
    for (int i = 0; i < scan.commonNameCount() && names.size() < MAX_NAMES; i++) {
      byte[] value = slice(scan.commonNameOffset(i), scan.commonNameLength(i));
      String name = DirectoryText.of(scan.commonNameTag(i), value);
      // "TrustCor RootCert CA-1" and "Erika Mustermann" are not hosts; the subject shows them.
      if (name.indexOf(' ') < 0) {
        add(names, name);
      }
    }
    return List.copyOf(names);
  }

  private static void add(Collection<String> names, String name) {
    names.add(NameWalk.shortened(name));
  }

  private static String address(byte[] value) {
    try {
      return InetAddress.getByAddress(value).getHostAddress();
    } catch (UnknownHostException wrongLength) {
      return "#" + HexFormat.of().formatHex(value);
    }
  }

  /**
   * What the extended key usage allows. Without one, and with anyExtendedKeyUsage, the certificate
   * is taken for a TLS server's.
   */
  Set<Purpose> purposes() {
    Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
    List<ASN1ObjectIdentifier> usages = extendedKeyUsage();
    if (usages.isEmpty()
        || usages.contains(KeyPurposeId.anyExtendedKeyUsage.toOID())
        || usages.contains(KeyPurposeId.id_kp_serverAuth.toOID())) {
      purposes.add(Purpose.TLS);
    }
    if (usages.contains(KeyPurposeId.id_kp_emailProtection.toOID())) {
      purposes.add(Purpose.SMIME);
    }
    if (usages.contains(KeyPurposeId.id_kp_codeSigning.toOID())) {
      purposes.add(Purpose.CODE);
    }
    return purposes;
  }

  boolean isPrecertificateSigner() {
    return extendedKeyUsage().contains(PRECERTIFICATE_SIGNING);
  }

  /** Empty when absent or not readable. */
  private List<ASN1ObjectIdentifier> extendedKeyUsage() {
    if (scan.ekuOffset() < 0) {
      return List.of();
    }
    List<ASN1ObjectIdentifier> usages = new ArrayList<>();
    try {
      ASN1Sequence sequence = ASN1Sequence.getInstance(slice(scan.ekuOffset(), scan.ekuLength()));
      sequence.forEach(usage -> usages.add(ASN1ObjectIdentifier.getInstance(usage)));
    } catch (IllegalArgumentException | IllegalStateException unreadable) {
      return List.of();
    }
    return usages;
  }

  private byte[] slice(int offset, int length) {
    return offset < 0 ? new byte[0] : Arrays.copyOfRange(bytes, offset, offset + length);
  }
}

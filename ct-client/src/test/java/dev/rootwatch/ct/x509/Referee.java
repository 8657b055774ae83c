package dev.rootwatch.ct.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.jspecify.annotations.Nullable;

/**
 * What Bouncy Castle says about a certificate, compared with what {@link CertificateScanner} says.
 */
final class Referee {
  /** Begins what {@link #differences} says when Bouncy Castle gave up in the middle. */
  static final String REFUSED = "refused: ";

  private static final ASN1ObjectIdentifier POISON =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.3");
  private static final ASN1ObjectIdentifier SCT_LIST =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2");

  private final TBSCertificate tbs;

  private Referee(TBSCertificate tbs) {
    this.tbs = tbs;
  }

  /** Bouncy Castle's reading of a certificate; empty when it refuses it. */
  static Optional<Referee> ofCertificate(byte[] der) {
    try {
      return Optional.of(new Referee(Certificate.getInstance(der).getTBSCertificate()));
    } catch (RuntimeException refused) {
      return Optional.empty();
    }
  }

  /** Bouncy Castle's reading of a TBSCertificate; empty when it refuses it. */
  static Optional<Referee> ofTbs(byte[] der) {
    try {
      return Optional.of(new Referee(TBSCertificate.getInstance(der)));
    } catch (RuntimeException refused) {
      return Optional.empty();
    }
  }

  /**
   * Bouncy Castle's reading of a certificate that is DER through and through, with times that all
   * calendars agree about; empty when it is not or Bouncy Castle refuses it.
   */
  static Optional<Referee> ofDer(byte[] certificate) {
    if (!isDer(certificate)) {
      return Optional.empty();
    }
    return ofCertificate(certificate)
        .filter(referee -> hasFieldsInOrder(certificate))
        .filter(referee -> isDerInside(referee.tbs) && isModern(referee.tbs));
  }

  /**
   * Whether Bouncy Castle reads this TBSCertificate, and it is DER through and through: without an
   * empty list of extensions, which X.509 forbids.
   */
  static boolean isDerTbs(byte[] bytes) {
    Optional<TBSCertificate> tbs = isDer(bytes) ? ofTbs(bytes).map(r -> r.tbs) : Optional.empty();
    return tbs.filter(Referee::isDerInside)
        .filter(t -> t.getExtensions() == null || t.getExtensions().getExtensionOIDs().length > 0)
        .isPresent();
  }

  /** Bouncy Castle takes any tag for the version, and the optional fields in any order. */
  private static boolean hasFieldsInOrder(byte[] certificate) {
    ASN1Sequence fields =
        ASN1Sequence.getInstance(ASN1Sequence.getInstance(certificate).getObjectAt(0));
    int last = -1;
    for (int i = 0; i < fields.size(); i++) {
      if (fields.getObjectAt(i) instanceof ASN1TaggedObject field) {
        if (field.getTagNo() <= last || (field.getTagNo() == 0) != (i == 0)) {
          return false;
        }
        last = field.getTagNo();
      }
    }
    return true;
  }

  /** The values of extensions are DER inside of octets: nobody looked there yet. */
  private static boolean isDerInside(TBSCertificate tbs) {
    @Nullable Extensions extensions = tbs.getExtensions();
    if (extensions == null) {
      return true;
    }
    for (ASN1ObjectIdentifier id : extensions.getExtensionOIDs()) {
      if (!isDer(extensions.getExtension(id).getExtnValue().getOctets())) {
        return false;
      }
    }
    return true;
  }

  /** Before 1583 java.util.Date counts in the Julian calendar, X.680 and we do not. */
  @SuppressWarnings("JavaUtilDate") // Bouncy Castle speaks it
  private static boolean isModern(TBSCertificate tbs) {
    try {
      long earliest = Instant.parse("1583-01-01T00:00:00Z").toEpochMilli();
      return tbs.getStartDate().getDate().getTime() > earliest
          && tbs.getEndDate().getDate().getTime() > earliest;
    } catch (RuntimeException noTime) {
      return false;
    }
  }

  private static boolean isDer(byte[] bytes) {
    try {
      return Arrays.equals(ASN1Primitive.fromByteArray(bytes).getEncoded(ASN1Encoding.DER), bytes);
    } catch (IOException | RuntimeException refused) {
      return false;
    }
  }

  /** The fields about which the two differ; empty when they agree. */
  List<String> differences(CertificateScanner scanner, byte[] der) {
    List<String> differ = new ArrayList<>();
    try {
      compare(scanner, der, differ);
    } catch (IOException | RuntimeException e) {
      differ.add(REFUSED + e);
    }
    return differ;
  }

  @SuppressWarnings("JavaUtilDate") // Bouncy Castle speaks it
  private void compare(CertificateScanner scanner, byte[] der, List<String> differ)
      throws IOException {
    check(
        differ,
        "issuer",
        slice(der, scanner.issuerOffset(), scanner.issuerLength()),
        tbs.getIssuer().getEncoded());
    check(
        differ,
        "subject",
        slice(der, scanner.subjectOffset(), scanner.subjectLength()),
        tbs.getSubject().getEncoded());
    check(
        differ,
        "spki",
        slice(der, scanner.spkiOffset(), scanner.spkiLength()),
        tbs.getSubjectPublicKeyInfo().getEncoded());
    BigInteger serial = new BigInteger(der, scanner.serialOffset(), scanner.serialLength());
    if (!serial.equals(tbs.getSerialNumber().getValue())) {
      differ.add("serial");
    }
    if (scanner.notBefore() != tbs.getStartDate().getDate().getTime()) {
      differ.add("notBefore");
    }
    if (scanner.notAfter() != tbs.getEndDate().getDate().getTime()) {
      differ.add("notAfter");
    }
    commonNames(scanner, der, differ);
    extensions(scanner, der, differ);
  }

  private void commonNames(CertificateScanner scanner, byte[] der, List<String> differ)
      throws IOException {
    List<byte[]> expected = new ArrayList<>();
    for (RDN rdn : tbs.getSubject().getRDNs()) {
      for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
        if (attribute.getType().equals(BCStyle.CN)) {
          expected.add(attribute.getValue().toASN1Primitive().getEncoded());
        }
      }
    }
    List<byte[]> actual = new ArrayList<>();
    for (int i = 0; i < scanner.commonNameCount(); i++) {
      actual.add(
          element(
              der,
              scanner.commonNameTag(i),
              scanner.commonNameOffset(i),
              scanner.commonNameLength(i)));
    }
    checkAll(differ, "commonName", actual, expected);
  }

  private void extensions(CertificateScanner scanner, byte[] der, List<String> differ)
      throws IOException {
    @Nullable Extensions extensions = tbs.getExtensions();
    BasicConstraints constraints =
        BasicConstraints.getInstance(value(extensions, Extension.basicConstraints));
    if (scanner.isCa() != (constraints != null && constraints.isCA())) {
      differ.add("isCa");
    }
    AuthorityKeyIdentifier aki =
        AuthorityKeyIdentifier.getInstance(value(extensions, Extension.authorityKeyIdentifier));
    check(
        differ,
        "aki",
        slice(der, scanner.akiOffset(), scanner.akiLength()),
        aki == null ? null : aki.getKeyIdentifierOctets());
    SubjectKeyIdentifier ski =
        SubjectKeyIdentifier.getInstance(value(extensions, Extension.subjectKeyIdentifier));
    check(
        differ,
        "ski",
        slice(der, scanner.skiOffset(), scanner.skiLength()),
        ski == null ? null : ski.getKeyIdentifier());
    if (scanner.hasPoison() != (value(extensions, POISON) != null)) {
      differ.add("poison");
    }
    check(
        differ,
        "sctList",
        slice(der, scanner.sctListOffset(), scanner.sctListLength()),
        octets(extensions, SCT_LIST));
    check(
        differ,
        "eku",
        slice(der, scanner.ekuOffset(), scanner.ekuLength()),
        octets(extensions, Extension.extendedKeyUsage));
    subjectAltNames(scanner, der, differ, extensions);
  }

  private static void subjectAltNames(
      CertificateScanner scanner, byte[] der, List<String> differ, @Nullable Extensions extensions)
      throws IOException {
    GeneralNames names =
        GeneralNames.getInstance(value(extensions, Extension.subjectAlternativeName));
    List<byte[]> expected = new ArrayList<>();
    if (names != null) {
      for (GeneralName name : names.getNames()) {
        expected.add(name.getEncoded());
      }
    }
    List<byte[]> actual = new ArrayList<>();
    for (int i = 0; i < scanner.sanCount(); i++) {
      int tag = scanner.sanTag(i);
      boolean constructed = tag == 0 || tag == 3 || tag == 4 || tag == 5;
      actual.add(
          element(
              der,
              0x80 | (constructed ? 0x20 : 0) | tag,
              scanner.sanOffset(i),
              scanner.sanLength(i)));
    }
    checkAll(differ, "san", actual, expected);
  }

  private static @Nullable ASN1Encodable value(
      @Nullable Extensions extensions, ASN1ObjectIdentifier id) {
    return extensions == null ? null : extensions.getExtensionParsedValue(id);
  }

  private static byte @Nullable [] octets(
      @Nullable Extensions extensions, ASN1ObjectIdentifier id) {
    Extension extension = extensions == null ? null : extensions.getExtension(id);
    return extension == null
        ? null
        : ASN1OctetString.getInstance(extension.getExtnValue()).getOctets();
  }

  private static byte @Nullable [] slice(byte[] der, int offset, int length) {
    return offset < 0 ? null : Arrays.copyOfRange(der, offset, offset + length);
  }

  /** The element with a header in DER around a content. */
  private static byte[] element(byte[] der, int tag, int offset, int length) {
    byte[] element = new byte[Der.headerLength(length) + length];
    int at = Der.writeHeader(element, 0, tag, length);
    System.arraycopy(der, offset, element, at, length);
    return element;
  }

  private static void check(
      List<String> differ, String field, byte @Nullable [] actual, byte @Nullable [] expected) {
    if (!Arrays.equals(actual, expected)) {
      differ.add(field);
    }
  }

  private static void checkAll(
      List<String> differ, String field, List<byte[]> actual, List<byte[]> expected) {
    if (!Arrays.deepEquals(actual.toArray(), expected.toArray())) {
      differ.add(field);
    }
  }
}

package dev.rootwatch.ct.x509;

/**
 * Finds the fields of a DER certificate or TBSCertificate (RFC 5280 section 4.1) by offset, without
 * creating an object. One instance per thread, reused for every certificate; the accessors speak of
 * the last scan and point into the array that was scanned.
 */
@SuppressWarnings({"DoNotCallSuggester", "unused", "UnusedVariable"})
public final class CertificateScanner {
  // SKELETON: replaced by its owner. All offsets are absolute in the scanned array.

  /** SAN tags: [1] rfc822Name, [2] dNSName, [7] iPAddress (RFC 5280 section 4.2.1.6). */
  public static final int SAN_EMAIL = 1;

  public static final int SAN_DNS = 2;
  public static final int SAN_IP = 7;

  /** Scans a Certificate; false when it cannot be read, then see {@link #error()}. */
  public boolean scanCertificate(byte[] bytes, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /** Scans a TBSCertificate. */
  public boolean scanTbs(byte[] bytes, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /** What is wrong, in words; empty after a good scan. */
  public String error() {
    throw new UnsupportedOperationException();
  }

  /** Where it is wrong: offset from the start of the scanned structure; -1 after a good scan. */
  public int errorOffset() {
    throw new UnsupportedOperationException();
  }

  /** The TBSCertificate with its header. */
  public int tbsOffset() {
    throw new UnsupportedOperationException();
  }

  public int tbsLength() {
    throw new UnsupportedOperationException();
  }

  /** Content bytes of the serial number INTEGER. */
  public int serialOffset() {
    throw new UnsupportedOperationException();
  }

  public int serialLength() {
    throw new UnsupportedOperationException();
  }

  /** The issuer Name with its header. */
  public int issuerOffset() {
    throw new UnsupportedOperationException();
  }

  public int issuerLength() {
    throw new UnsupportedOperationException();
  }

  /** The subject Name with its header. */
  public int subjectOffset() {
    throw new UnsupportedOperationException();
  }

  public int subjectLength() {
    throw new UnsupportedOperationException();
  }

  /** The SubjectPublicKeyInfo with its header. */
  public int spkiOffset() {
    throw new UnsupportedOperationException();
  }

  public int spkiLength() {
    throw new UnsupportedOperationException();
  }

  /** Milliseconds since the epoch. */
  public long notBefore() {
    throw new UnsupportedOperationException();
  }

  public long notAfter() {
    throw new UnsupportedOperationException();
  }

  /** keyIdentifier of the AuthorityKeyIdentifier extension (content bytes), or -1 when absent. */
  public int akiOffset() {
    throw new UnsupportedOperationException();
  }

  public int akiLength() {
    throw new UnsupportedOperationException();
  }

  /** SubjectKeyIdentifier (content bytes), or -1 when absent. */
  public int skiOffset() {
    throw new UnsupportedOperationException();
  }

  public int skiLength() {
    throw new UnsupportedOperationException();
  }

  /** basicConstraints cA. */
  public boolean isCa() {
    throw new UnsupportedOperationException();
  }

  /** Whether the CT poison extension is present (RFC 6962 section 3.1). */
  public boolean hasPoison() {
    throw new UnsupportedOperationException();
  }

  /** Content of the SCT list extension's extnValue OCTET STRING, or -1 when absent. */
  public int sctListOffset() {
    throw new UnsupportedOperationException();
  }

  public int sctListLength() {
    throw new UnsupportedOperationException();
  }

  /** Content of the extendedKeyUsage extension's value (the SEQUENCE with header), or -1. */
  public int ekuOffset() {
    throw new UnsupportedOperationException();
  }

  public int ekuLength() {
    throw new UnsupportedOperationException();
  }

  /** How many subject alternative names of any kind. */
  public int sanCount() {
    throw new UnsupportedOperationException();
  }

  /** Context tag number of the name: 1 email, 2 DNS, 7 IP and so on. */
  public int sanTag(int i) {
    throw new UnsupportedOperationException();
  }

  /** Content bytes of the name. */
  public int sanOffset(int i) {
    throw new UnsupportedOperationException();
  }

  public int sanLength(int i) {
    throw new UnsupportedOperationException();
  }

  /** How many commonName attributes stand in the subject. */
  public int commonNameCount() {
    throw new UnsupportedOperationException();
  }

  /**
   * DER tag of the string: 12 UTF8String, 19 PrintableString, 20 T61, 22 IA5, 28 Universal, 30 BMP.
   */
  public int commonNameTag(int i) {
    throw new UnsupportedOperationException();
  }

  /** Content bytes of the string. */
  public int commonNameOffset(int i) {
    throw new UnsupportedOperationException();
  }

  public int commonNameLength(int i) {
    throw new UnsupportedOperationException();
  }

  /** After {@link #scanCertificate}: the signatureAlgorithm SEQUENCE with header. */
  public int signatureAlgorithmOffset() {
    throw new UnsupportedOperationException();
  }

  public int signatureAlgorithmLength() {
    throw new UnsupportedOperationException();
  }

  /** After {@link #scanCertificate}: the signature bits without the unused-bits octet. */
  public int signatureOffset() {
    throw new UnsupportedOperationException();
  }

  public int signatureLength() {
    throw new UnsupportedOperationException();
  }
}

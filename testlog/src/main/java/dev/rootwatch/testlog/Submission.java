package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import org.jspecify.annotations.Nullable;

/**
 * What somebody submits to a log: a certificate (add-chain) or a precertificate (add-pre-chain, RFC
 * 6962 section 4.1 and 4.2), with its issuers.
 *
 * <p>Arrays are not copied; treat them as read-only.
 *
 * @param type {@link LogEntry#X509} or {@link LogEntry#PRECERT}, where no fault put another one
 * @param issuerKeyHash SHA-256 of the issuing CA's SubjectPublicKeyInfo; precertificates only
 * @param signedCertificate what the leaf commits to: the DER certificate, or the precertificate's
 *     TBSCertificate without its poison
 * @param precertificate the whole precertificate in DER; precertificates only
 * @param chain the issuers
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of one entry, documented as shared
public record Submission(
    int type,
    @Nullable Hash issuerKeyHash,
    byte[] signedCertificate,
    byte @Nullable [] precertificate,
    IssuerChain chain) {
  private static final int UNKNOWN_TYPE = 0x1234;

  /** A final certificate. */
  public static Submission certificate(byte[] certificate, IssuerChain chain) {
    return new Submission(LogEntry.X509, null, certificate, null, chain);
  }

  /**
   * A precertificate.
   *
   * @param tbs its TBSCertificate as the leaf commits to it, without the poison
   */
  public static Submission precertificate(
      byte[] precertificate, byte[] tbs, Hash issuerKeyHash, IssuerChain chain) {
    return new Submission(LogEntry.PRECERT, issuerKeyHash, tbs, precertificate, chain);
  }

  /** An entry of a type that no specification has; it has no certificate in it. */
  static Submission ofUnknownType(byte[] contents, IssuerChain chain) {
    return new Submission(UNKNOWN_TYPE, null, contents, null, chain);
  }

  /** The same but for one byte of the serial number, wherever that stands. */
  Submission withChangedSerial() {
    return new Submission(
        type,
        issuerKeyHash,
        ChangedSerial.of(signedCertificate),
        precertificate == null ? null : ChangedSerial.of(precertificate),
        chain);
  }

  /** SHA-256 of the DER certificate or precertificate: what people call its fingerprint. */
  public Hash certSha256() {
    return Hash.sha256(precertificate == null ? signedCertificate : precertificate);
  }

  /**
   * SHA-256 of the canonical TBS, by which precertificate and certificate are one. Of a
   * precertificate it is the TBS that the leaf commits to, made with Bouncy Castle as well.
   */
  public Hash tbsSha256() {
    return type == LogEntry.PRECERT
        ? Hash.sha256(signedCertificate)
        : CanonicalForm.sha256(signedCertificate);
  }

  /**
   * Writes the entry's TimestampedEntry.
   *
   * <pre>
   * struct {
   *     uint64 timestamp;
   *     LogEntryType entry_type;
   *     select(entry_type) {
   *         case x509_entry: ASN.1Cert;
   *         case precert_entry: opaque issuer_key_hash[32]; opaque TBSCertificate&lt;1..2^24-1>;
   *     } signed_entry;
   *     CtExtensions extensions;
   * } TimestampedEntry;                                  RFC 6962 section 3.4
   * </pre>
   */
  void writeTimestampedEntry(Bytes out, long timestamp, byte[] extensions) {
    out.uint64(timestamp).uint16(type);
    if (issuerKeyHash != null) {
      out.raw(issuerKeyHash.toBytes());
    }
    out.opaque24(signedCertificate).opaque16(extensions);
  }

  /** Writes what static-ct-api puts behind the TimestampedEntry in a TileLeaf. */
  void writeTileLeafTail(Bytes out) {
    if (precertificate != null) {
      out.opaque24(precertificate);
    }
    out.raw(chain.staticCt());
  }

  /** Writes the extra_data of get-entries: RFC 6962 section 4.6. */
  void writeExtraData(Bytes out) {
    if (precertificate != null) {
      out.opaque24(precertificate);
    }
    out.raw(chain.rfc6962());
  }
}

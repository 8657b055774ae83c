package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import java.util.List;

/**
 * The issuers of a certificate, nearest first, root last, in DER. Made once and shared by all that
 * was issued below; its two encodings are made once as well.
 */
public final class IssuerChain {
  private final List<byte[]> certificates;
  private final List<Hash> fingerprints;
  private final byte[] rfc6962;
  private final byte[] staticCt;

  private IssuerChain(List<byte[]> certificates) {
    this.certificates = certificates.stream().map(byte[]::clone).toList();
    this.fingerprints = this.certificates.stream().map(Hash::sha256).toList();
    this.rfc6962 = encodeCertificates();
    this.staticCt = encodeFingerprints();
  }

  /** A chain of DER certificates, nearest issuer first. */
  public static IssuerChain of(List<byte[]> certificates) {
    return new IssuerChain(certificates);
  }

  /** The certificates, nearest issuer first. */
  public List<byte[]> certificates() {
    return certificates;
  }

  /** SHA-256 of each certificate, in the same order. */
  List<Hash> fingerprints() {
    return fingerprints;
  }

  /** {@code ASN.1Cert certificate_chain<0..2^24-1>} of RFC 6962 section 3.1. Not copied. */
  byte[] rfc6962() {
    return rfc6962;
  }

  /** {@code Fingerprint certificate_chain<0..2^16-1>} of static-ct-api. Not copied. */
  byte[] staticCt() {
    return staticCt;
  }

  private byte[] encodeCertificates() {
    Bytes list = new Bytes(4096);
    certificates.forEach(list::opaque24);
    return new Bytes(list.length() + 3).opaque24(list.toArray()).toArray();
  }

  private byte[] encodeFingerprints() {
    Bytes list = new Bytes(128);
    fingerprints.forEach(fingerprint -> list.raw(fingerprint.toBytes()));
    return new Bytes(list.length() + 2).opaque16(list.toArray()).toArray();
  }
}

package dev.rootwatch.ct.x509;

import dev.rootwatch.ct.Hash;

/**
 * The part of a certificate that its precertificate and its final form share: the TBS bytes without
 * the poison and SCT list extensions, enclosing lengths re-encoded in DER, an empty extensions
 * field left out (RFC 6962 section 3.2). Its SHA-256 identifies a certificate whatever form it came
 * in.
 */
@SuppressWarnings({"DoNotCallSuggester", "unused", "UnusedVariable"})
public final class CanonicalTbs {
  private CanonicalTbs() {}

  // SKELETON: replaced by its owner.

  /**
   * Of a TBSCertificate. Throws MalformedCertificateException (unchecked? owner decides) when
   * unreadable.
   */
  public static byte[] ofTbs(byte[] bytes, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /** Of a whole certificate or precertificate. */
  public static byte[] ofCertificate(byte[] bytes, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /** SHA-256 of {@link #ofTbs}. */
  public static Hash hashOfTbs(byte[] bytes, int offset, int length) {
    return Hash.sha256(ofTbs(bytes, offset, length));
  }

  /** SHA-256 of {@link #ofCertificate}. */
  public static Hash hashOfCertificate(byte[] bytes, int offset, int length) {
    return Hash.sha256(ofCertificate(bytes, offset, length));
  }
}

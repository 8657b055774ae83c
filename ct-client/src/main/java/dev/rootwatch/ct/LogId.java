package dev.rootwatch.ct;

/**
 * Who a log is: the SHA-256 of its public key (RFC 6962 section 3.2).
 *
 * @param keyHash SHA-256 of the log's DER SubjectPublicKeyInfo
 */
public record LogId(Hash keyHash) {
  /**
   * Reads the form that log lists use.
   *
   * @throws IllegalArgumentException when the text is not base64 of 32 bytes
   */
  public static LogId ofBase64(String base64) {
    return new LogId(Hash.ofBase64(base64));
  }

  /** Base64, as in the log lists and everywhere in our output. */
  @Override
  public String toString() {
    return keyHash.base64();
  }
}

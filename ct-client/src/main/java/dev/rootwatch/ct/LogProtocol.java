package dev.rootwatch.ct;

import java.util.Locale;

/** How a log is read. */
public enum LogProtocol {
  /** JSON over get-sth and get-entries, RFC 6962 section 4. */
  RFC6962,
  /** Checkpoint and tiles, c2sp.org/static-ct-api. */
  STATIC,
  /** Heads and proofs as in RFC 6962, entries from {@code tile/data}. */
  HYBRID;

  /** The word used in configuration and output: {@code rfc6962}, {@code static}, {@code hybrid}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

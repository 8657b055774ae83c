package dev.rootwatch.watch;

import java.util.Locale;

/** What kind of finding it is. Where several fit, the first in this order is the finding's type. */
public enum FindingType {
  /** A CA certificate issued under a watched key. */
  NEW_SUBORDINATE,
  /**
   * A CA certificate over a watched key, issued by somebody else, or one by which a watched key
   * certifies a key that some program includes as a root of its own.
   */
  CROSS_SIGN,
  /** Dated before a cut-off, first seen well after it. */
  POSSIBLE_BACKDATING,
  /** Issued under a watched key that at least one program distrusts. */
  DISTRUSTED_ISSUER,
  /** Issued under a watched key. */
  WATCHED_AUTHORITY,
  /** For a watched domain, from an issuer that the rule does not allow. */
  WATCHED_DOMAIN,
  /** A precertificate that is not the one whose TBSCertificate the log committed to. */
  PRECERTIFICATE_MISMATCH,
  /** An entry that cannot be read and might hide a match. */
  MALFORMED_ENTRY;

  /** The word in JSON and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

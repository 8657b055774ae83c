package dev.rootwatch.ct.source;

/**
 * What can be asked of a log, with a short stable word for metrics and the most bytes that an
 * answer may have. The caps hold for the decoded body, and (with the little that gzip may add) for
 * what comes over the wire.
 */
public enum LogEndpoint {
  /** RFC 6962 section 4.3. Real ones have 250 bytes. */
  GET_STH("get-sth", Size.KIB * 64),
  /** RFC 6962 section 4.6. Real windows have 5 KB an entry; the log chooses how many it gives. */
  GET_ENTRIES("get-entries", Size.MIB * 64),
  /** RFC 6962 section 4.4. At most 64 nodes or so. */
  GET_STH_CONSISTENCY("get-sth-consistency", Size.MIB),
  /** RFC 6962 section 4.5. */
  GET_PROOF_BY_HASH("get-proof-by-hash", Size.MIB),
  /** RFC 6962 section 4.8. Carries a whole entry beside the proof. */
  GET_ENTRY_AND_PROOF("get-entry-and-proof", Size.MIB * 4),
  /**
   * static-ct-api. Sixteen signatures and more, post-quantum ones of several kilobytes among them.
   */
  CHECKPOINT("checkpoint", Size.KIB * 64),
  /**
   * static-ct-api. 256 entries of 256 KiB each; real ones have 2.5 KB, and the largest submission
   * that Sunlight takes is 128 KiB. The format itself would allow 8 GiB.
   */
  DATA_TILE("data-tile", 256 * (Size.KIB * 256)),
  /** static-ct-api. 256 hashes. */
  HASH_TILE("hash-tile", 256 * 32),
  /** static-ct-api. One certificate. */
  ISSUER("issuer", Size.KIB * 256);

  private final String word;
  private final int maxBytes;

  LogEndpoint(String word, int maxBytes) {
    this.word = word;
    this.maxBytes = maxBytes;
  }

  /** The word for metric labels and messages. */
  public String word() {
    return word;
  }

  /** The most bytes that the decoded body of an answer may have. */
  public int maxBytes() {
    return maxBytes;
  }

  private static final class Size {
    static final int KIB = 1024;
    static final int MIB = 1024 * 1024;
  }
}

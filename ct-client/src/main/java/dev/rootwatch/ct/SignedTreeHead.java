package dev.rootwatch.ct;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a log signed about itself: that at a time its tree had this many entries and this root.
 *
 * <p>Instances that come out of a {@code HeadSource} had their signature checked. {@code raw} keeps
 * what was signed and by whom, so that anybody can check again: the body of get-sth (RFC 6962
 * section 4.3) or the checkpoint note (c2sp.org/static-ct-api).
 *
 * @param log whose head it is
 * @param size entries in the tree
 * @param root Merkle tree hash over all of them
 * @param timestamp when the log says it signed, milliseconds since the epoch
 * @param raw the bytes as received
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record SignedTreeHead(LogId log, long size, Hash root, long timestamp, byte[] raw) {
  public SignedTreeHead {
    if (size < 0) {
      throw new IllegalArgumentException("tree size below zero: " + size);
    }
    raw = raw.clone();
  }

  @Override
  public byte[] raw() {
    return raw.clone();
  }

  /** Whether both commit to the same tree, whatever the time and signature. */
  public boolean sameTree(SignedTreeHead other) {
    return size == other.size && root.equals(other.root);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignedTreeHead head
        && log.equals(head.log)
        && size == head.size
        && root.equals(head.root)
        && timestamp == head.timestamp
        && Arrays.equals(raw, head.raw);
  }

  @Override
  public int hashCode() {
    return Objects.hash(log, size, root, timestamp);
  }

  @Override
  public String toString() {
    return "SignedTreeHead[size=" + size + ", root=" + root + ", timestamp=" + timestamp + "]";
  }
}

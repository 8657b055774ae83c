package dev.rootwatch.ct.merkle;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import java.util.List;

/**
 * The hashes of the largest complete subtrees that exactly cover the leaves {@code [from, to)} of a
 * Merkle tree (RFC 6962 section 2.1), left to right. Two ranges that touch combine into one; a
 * range that starts at 0 gives the root. Immutable.
 *
 * <p>For a range from 0 the hashes stand largest subtree first.
 */
@SuppressWarnings({"DoNotCallSuggester", "unused", "UnusedVariable"})
public final class CompactRange {
  // SKELETON: replaced by its owner.

  /** The range of no leaves at all at the start of a tree. */
  public static final CompactRange EMPTY = new CompactRange();

  /** An empty range at {@code index}. */
  public static CompactRange emptyAt(long index) {
    throw new UnsupportedOperationException();
  }

  /**
   * throws IllegalArgumentException when the number of hashes is not the number such a range has.
   */
  public static CompactRange of(long from, long to, List<Hash> hashes) {
    throw new UnsupportedOperationException();
  }

  /** One leaf. */
  public static CompactRange ofLeaf(long index, Hash leafHash) {
    throw new UnsupportedOperationException();
  }

  /** How many hashes a range over these leaves has. */
  public static int hashCount(long from, long to) {
    throw new UnsupportedOperationException();
  }

  public long from() {
    throw new UnsupportedOperationException();
  }

  public long to() {
    throw new UnsupportedOperationException();
  }

  public EntryRange range() {
    throw new UnsupportedOperationException();
  }

  public List<Hash> hashes() {
    throw new UnsupportedOperationException();
  }

  /** The range over both. throws IllegalArgumentException unless next.from() == to(). */
  public CompactRange append(CompactRange next) {
    throw new UnsupportedOperationException();
  }

  /**
   * The Merkle tree hash; of no leaves SHA-256(""). throws IllegalStateException unless from() is
   * 0.
   */
  public Hash root() {
    throw new UnsupportedOperationException();
  }
}

package dev.rootwatch.ct.merkle;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The hashes of the largest complete subtrees that exactly cover the leaves {@code [from, to)} of a
 * Merkle tree (RFC 6962 section 2.1), left to right. Two ranges that touch combine into one; a
 * range that starts at 0 gives the root. Immutable.
 *
 * <p>For a range from 0 the hashes stand largest subtree first. In general they grow, then shrink:
 * {@code [3, 13)} is covered by the subtrees {@code [3, 4) [4, 8) [8, 12) [12, 13)}. The subtree at
 * a place is the largest one that both starts there in a tree of any size and fits; so which
 * subtrees there are follows from {@code from} and {@code to} alone, and only hashes are kept.
 *
 * <p>The idea is that of the compact ranges of github.com/transparency-dev/merkle.
 */
public final class CompactRange {
  /** The range of no leaves at all at the start of a tree. */
  public static final CompactRange EMPTY = new CompactRange(0, 0, new byte[0]);

  private final long from;
  private final long to;

  /** The hashes, one after the other. */
  private final byte[] flat;

  private CompactRange(long from, long to, byte[] flat) {
    this.from = from;
    this.to = to;
    this.flat = flat;
  }

  /**
   * An empty range at {@code index}.
   *
   * @throws IllegalArgumentException when {@code index} is negative
   */
  public static CompactRange emptyAt(long index) {
    return owning(index, index, new byte[0]);
  }

  /**
   * A range with these hashes, left to right.
   *
   * @throws IllegalArgumentException when this is no range, or the number of hashes is not the
   *     number such a range has
   */
  public static CompactRange of(long from, long to, List<Hash> hashes) {
    byte[] flat = new byte[hashes.size() * Hash.BYTES];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(flat, i * Hash.BYTES);
    }
    return owning(from, to, flat);
  }

  /** One leaf. */
  public static CompactRange ofLeaf(long index, Hash leafHash) {
    return owning(index, Math.addExact(index, 1), leafHash.toBytes());
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException when this is no range, or the number of bytes is not that of
   *     its hashes
   */
  public static CompactRange ofBytes(long from, long to, byte[] hashes) {
    return owning(from, to, hashes.clone());
  }

  /** Takes {@code flat} over without copying; nobody may write to it afterwards. */
  static CompactRange owning(long from, long to, byte[] flat) {
    int count = hashCount(from, to);
    if (flat.length != count * Hash.BYTES) {
      throw new IllegalArgumentException(
          "the range [%d, %d) has %d hashes of 32 bytes, not %d bytes"
              .formatted(from, to, count, flat.length));
    }
    return new CompactRange(from, to, flat);
  }

  /**
   * How many hashes a range over these leaves has.
   *
   * @throws IllegalArgumentException when {@code from} is negative or {@code to} below it
   */
  public static int hashCount(long from, long to) {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("not a range: [" + from + ", " + to + ")");
    }
    if (from == 0) {
      return Long.bitCount(to);
    }
    // Only nodes below the point where the paths to leaf from-1 and leaf to part can be in the
    // range: to the right of the first path (its zero bits), to the left of the second (its ones).
    long before = from - 1;
    long below = Long.highestOneBit(before ^ to) - 1;
    return Long.bitCount(~before & below) + Long.bitCount(to & below);
  }

  /**
   * The level of the subtree that starts at {@code start} in a range that ends at {@code end}: 0 is
   * a leaf, a subtree of level n has 2^n leaves.
   */
  static int levelAt(long start, long end) {
    int fits = 63 - Long.numberOfLeadingZeros(end - start);
    return Math.min(Long.numberOfTrailingZeros(start), fits);
  }

  public long from() {
    return from;
  }

  /** Exclusive. */
  public long to() {
    return to;
  }

  /** The leaves covered. */
  public EntryRange range() {
    return new EntryRange(from, to);
  }

  public boolean isEmpty() {
    return from == to;
  }

  /** The subtrees' hashes, left to right. */
  public List<Hash> hashes() {
    List<Hash> hashes = new ArrayList<>(flat.length / Hash.BYTES);
    for (int at = 0; at < flat.length; at += Hash.BYTES) {
      hashes.add(Hash.copyOf(flat, at));
    }
    return List.copyOf(hashes);
  }

  /** The hashes one after the other, 32 bytes each; {@link #ofBytes} reads them. */
  public byte[] toBytes() {
    return flat.clone();
  }

  /**
   * The range over both.
   *
   * @throws IllegalArgumentException unless {@code next} starts where this range ends
   */
  public CompactRange append(CompactRange next) {
    if (next.from != to) {
      throw new IllegalArgumentException(
          "ranges that do not touch: " + range() + " and " + next.range());
    }
    if (next.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return next;
    }
    MessageDigest sha256 = Hash.newSha256();
    byte[] stack = Arrays.copyOf(flat, flat.length + next.flat.length);
    int top = flat.length;
    long start = to;
    for (int at = 0; at < next.flat.length; at += Hash.BYTES) {
      System.arraycopy(next.flat, at, stack, top, Hash.BYTES);
      top += Hash.BYTES;
      int level = levelAt(start, next.to);
      long end = start + (1L << level);
      top = joinSiblings(stack, top, level, start, sha256);
      start = end;
    }
    return owning(from, next.to, Arrays.copyOf(stack, top));
  }

  /**
   * Joins the subtree on top of the stack with its left sibling below it, and the result with its
   * own, as long as the left sibling lies inside the range.
   */
  private int joinSiblings(byte[] stack, int top, int level, long start, MessageDigest sha256) {
    int end = top;
    int at = level;
    long first = start;
    // A right child starts at an odd multiple of its size; its sibling starts one size before.
    while ((first >>> at & 1) == 1 && first - (1L << at) >= from) {
      end -= Hash.BYTES;
      TreeHasher.node(sha256, stack, end - Hash.BYTES, stack, end - Hash.BYTES);
      first -= 1L << at;
      at++;
    }
    return end;
  }

  /**
   * The Merkle tree hash of RFC 6962 section 2.1; of no leaves it is SHA-256 of nothing.
   *
   * @throws IllegalStateException unless the range starts at 0
   */
  public Hash root() {
    if (from != 0) {
      throw new IllegalStateException("only a range from 0 has a root, not " + range());
    }
    return fold();
  }

  /** The hash over all leaves when the range is a tree, or a subtree, of its own: right to left. */
  Hash fold() {
    MessageDigest sha256 = Hash.newSha256();
    if (isEmpty()) {
      return Hash.of(sha256.digest());
    }
    byte[] scratch = flat.clone();
    for (int at = scratch.length - 2 * Hash.BYTES; at >= 0; at -= Hash.BYTES) {
      TreeHasher.node(sha256, scratch, at, scratch, at);
    }
    return Hash.copyOf(scratch, 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CompactRange that
        && from == that.from
        && to == that.to
        && Arrays.equals(flat, that.flat);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Long.hashCode(from) + Long.hashCode(to)) + Arrays.hashCode(flat);
  }

  @Override
  public String toString() {
    return "CompactRange" + range() + hashes();
  }
}

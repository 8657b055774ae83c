package dev.rootwatch.ct.merkle;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.wire.EntryWindow;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Hashes the leaves of a window and folds them into a subtree: the hot half of the proof.
 *
 * <p>All hashes of a window stand in one flat array. It is folded level by level and in place: node
 * {@code k} of a level is written over the places of its children {@code 2k} and {@code 2k + 1},
 * which nobody reads again. A node without a sibling in the window, at the left or at the right
 * edge, is set aside: these are the hashes of the compact range. No object per entry.
 *
 * <p>Leaf hash: SHA-256(0x00 || leaf), node: SHA-256(0x01 || left || right) (RFC 6962 section 2.1).
 *
 * <p>One instance per thread: the scratch is reused, and stays as large as the largest window seen.
 */
public final class TreeHasher {
  private static final byte LEAF_PREFIX = 0x00;
  private static final byte NODE_PREFIX = 0x01;

  /** Levels that an {@code int} count of leaves can fill. */
  private static final int MAX_LEVELS = 32;

  private final MessageDigest sha256 = Hash.newSha256();

  /** Nodes set aside at the right edge, one for each level, the smallest subtree first. */
  private final byte[] rightEdge = new byte[MAX_LEVELS * Hash.BYTES];

  private byte[] scratch = new byte[256 * Hash.BYTES];

  /** The compact range over all entries of {@code window}. */
  public CompactRange hash(EntryWindow window) {
    int count = window.count();
    reserve(count);
    for (int i = 0; i < count; i++) {
      window.leafHash(i, sha256, scratch, i * Hash.BYTES);
    }
    return fold(window.firstIndex(), count);
  }

  /**
   * The compact range over leaves whose hashes are known, such as those of a level-0 hash tile.
   *
   * @param first index of the first leaf
   * @param leafHashes at least {@code count} hashes, one after the other; not changed
   * @throws IllegalArgumentException when there are fewer hashes, or no such range
   */
  public CompactRange rangeOf(long first, byte[] leafHashes, int count) {
    if (count < 0 || leafHashes.length / Hash.BYTES < count) {
      throw new IllegalArgumentException(
          count + " hashes of 32 bytes wanted, " + leafHashes.length + " bytes given");
    }
    reserve(count);
    System.arraycopy(leafHashes, 0, scratch, 0, count * Hash.BYTES);
    return fold(first, count);
  }

  private void reserve(int count) {
    int bytes = Math.multiplyExact(count, Hash.BYTES);
    if (scratch.length < bytes) {
      scratch = new byte[bytes];
    }
  }

  /** Folds the {@code count} leaf hashes at the start of the scratch. */
  private CompactRange fold(long first, int count) {
    long to = Math.addExact(first, count);
    byte[] hashes = new byte[CompactRange.hashCount(first, to) * Hash.BYTES];
    int leftEdge = 0;
    int rightEdgeTop = 0;
    // The nodes of this level inside the range: [begin, end) in the tree, from the start of
    // scratch.
    long begin = first;
    long end = to;
    while (begin < end) {
      int at = 0;
      if ((begin & 1) == 1) {
        System.arraycopy(scratch, 0, hashes, leftEdge, Hash.BYTES);
        leftEdge += Hash.BYTES;
        at = Hash.BYTES;
        begin++;
      }
      if ((end & 1) == 1) {
        end--;
        int last = at + (int) (end - begin) * Hash.BYTES;
        System.arraycopy(scratch, last, rightEdge, rightEdgeTop, Hash.BYTES);
        rightEdgeTop += Hash.BYTES;
      }
      int pairs = (int) ((end - begin) / 2);
      for (int k = 0; k < pairs; k++) {
        node(sha256, scratch, at + 2 * k * Hash.BYTES, scratch, k * Hash.BYTES);
      }
      begin >>>= 1;
      end >>>= 1;
    }
    while (rightEdgeTop > 0) {
      rightEdgeTop -= Hash.BYTES;
      System.arraycopy(rightEdge, rightEdgeTop, hashes, leftEdge, Hash.BYTES);
      leftEdge += Hash.BYTES;
    }
    return CompactRange.owning(first, to, hashes);
  }

  /** The Merkle hash of a leaf: of a whole MerkleTreeLeaf structure (RFC 6962 section 3.4). */
  public static Hash leaf(byte[] merkleTreeLeaf) {
    MessageDigest digest = Hash.newSha256();
    digest.update(LEAF_PREFIX);
    digest.update(merkleTreeLeaf);
    return Hash.of(digest.digest());
  }

  /** The hash of a node over its two children. */
  public static Hash node(Hash left, Hash right) {
    byte[] children = Arrays.copyOf(left.toBytes(), 2 * Hash.BYTES);
    right.copyTo(children, Hash.BYTES);
    node(Hash.newSha256(), children, 0, children, 0);
    return Hash.copyOf(children, 0);
  }

  /**
   * Hashes the two children that stand at {@code from}, one after the other, and writes the node to
   * {@code target}; both arrays may be the same one.
   */
  static void node(MessageDigest sha256, byte[] children, int from, byte[] target, int at) {
    sha256.update(NODE_PREFIX);
    sha256.update(children, from, 2 * Hash.BYTES);
    try {
      sha256.digest(target, at, Hash.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("no room for a hash", e);
    }
  }
}

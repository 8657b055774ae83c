package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 6962 section 2.1, written down as the RFC writes it: recursive, over the
 * stored hashes of all complete subtrees. It shares no code with the client's verifier, so that the
 * two can prove each other wrong.
 *
 * <pre>
 * MTH({})     = SHA-256()
 * MTH({d(0)}) = SHA-256(0x00 || d(0))
 * MTH(D[n])   = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n]))   k = largest power of two below n
 * </pre>
 *
 * <p>Not thread-safe; the log that owns it holds a lock. Takes 64 bytes for each leaf.
 */
final class MerkleTree {
  /** levels.get(l) holds MTH(D[i * 2^l : (i + 1) * 2^l]) for every complete such subtree. */
  private final List<HashColumn> levels = new ArrayList<>(List.of(new HashColumn()));

  private final MessageDigest sha256 = Hash.newSha256();

  long size() {
    return levels.getFirst().size();
  }

  /** Adds a leaf by its hash, 32 bytes: SHA-256(0x00 || MerkleTreeLeaf). */
  void append(byte[] leafHash) {
    levels.getFirst().add(leafHash);
    int level = 0;
    byte[] right = leafHash;
    long count = size();
    while ((count & 1) == 0) {
      right = node(levels.get(level).get(count - 2), right);
      level++;
      if (level == levels.size()) {
        levels.add(new HashColumn());
      }
      levels.get(level).add(right);
      count >>= 1;
    }
  }

  byte[] leafHash(long index) {
    return levels.getFirst().get(index);
  }

  /** The hash of the {@code index}-th complete subtree of 2^level leaves. */
  byte[] subtree(int level, long index) {
    return levels.get(level).get(index);
  }

  /** The first position of a leaf hash among the first {@code n} leaves, or -1. */
  long indexOf(byte[] leafHash, long n) {
    return levels.getFirst().indexOf(leafHash, n);
  }

  /** MTH(D[0:n]). */
  byte[] root(long n) {
    checkSize(n);
    return mth(0, n);
  }

  /** PATH(m, D[n]): the audit path of leaf m in the tree of the first n leaves, section 2.1.1. */
  List<byte[]> path(long m, long n) {
    checkSize(n);
    if (m < 0 || m >= n) {
      throw new IllegalArgumentException("no leaf " + m + " in a tree of " + n);
    }
    List<byte[]> path = new ArrayList<>();
    path(m, 0, n, path);
    return path;
  }

  /** PROOF(m, D[n]): that the first m leaves are a prefix of the first n, section 2.1.2. */
  List<byte[]> proof(long m, long n) {
    checkSize(n);
    if (m < 1 || m > n) {
      throw new IllegalArgumentException("no consistency proof from " + m + " to " + n);
    }
    List<byte[]> proof = new ArrayList<>();
    subproof(m, 0, n, true, proof);
    return proof;
  }

  /** PATH(m, D[from:to]). */
  private void path(long m, long from, long to, List<byte[]> path) {
    long n = to - from;
    if (n == 1) {
      return;
    }
    long k = split(n);
    if (m < k) {
      path(m, from, from + k, path);
      path.add(mth(from + k, to));
    } else {
      path(m - k, from + k, to, path);
      path.add(mth(from, from + k));
    }
  }

  /** SUBPROOF(m, D[from:to], complete). */
  private void subproof(long m, long from, long to, boolean complete, List<byte[]> proof) {
    long n = to - from;
    if (m == n) {
      if (!complete) {
        proof.add(mth(from, to));
      }
      return;
    }
    long k = split(n);
    if (m <= k) {
      subproof(m, from, from + k, complete, proof);
      proof.add(mth(from + k, to));
    } else {
      subproof(m - k, from + k, to, false, proof);
      proof.add(mth(from, from + k));
    }
  }

  /** MTH(D[from:to]); {@code from} is a multiple of the power of two that covers the range. */
  private byte[] mth(long from, long to) {
    long n = to - from;
    if (n == 0) {
      return sha256.digest();
    }
    if (Long.bitCount(n) == 1) {
      int level = Long.numberOfTrailingZeros(n);
      return levels.get(level).get(from >> level);
    }
    long k = split(n);
    return node(mth(from, from + k), mth(from + k, to));
  }

  private byte[] node(byte[] left, byte[] right) {
    sha256.update((byte) 1);
    sha256.update(left);
    return sha256.digest(right);
  }

  /** The largest power of two below n, for n above 1. */
  private static long split(long n) {
    return Long.highestOneBit(n - 1);
  }

  private void checkSize(long n) {
    if (n < 0 || n > size()) {
      throw new IllegalArgumentException("no tree of size " + n + ", only up to " + size());
    }
  }
}

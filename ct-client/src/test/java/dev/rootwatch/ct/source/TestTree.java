package dev.rootwatch.ct.source;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A Merkle tree as RFC 6962 section 2.1 writes it down: recursive and slow, the referee here. */
final class TestTree {
  private final List<Hash> leaves;

  /** Recursion asks for the same roots again and again. */
  private final Map<EntryRange, Hash> roots = new ConcurrentHashMap<>();

  TestTree(List<Hash> leaves) {
    this.leaves = List.copyOf(leaves);
  }

  Hash leaf(int index) {
    return leaves.get(index);
  }

  /** MTH(D[from:to]). */
  Hash root(int from, int to) {
    if (from == to) {
      return Hash.sha256(new byte[0]);
    }
    if (to - from == 1) {
      return leaves.get(from);
    }
    EntryRange range = new EntryRange(from, to);
    Hash root = roots.get(range);
    if (root == null) {
      int k = from + split(to - from);
      root = node(root(from, k), root(k, to));
      roots.put(range, root);
    }
    return root;
  }

  /** PATH(m, D[from:to]), m counted from {@code from}. */
  List<Hash> path(int m, int from, int to) {
    if (to - from == 1) {
      return List.of();
    }
    int k = split(to - from);
    List<Hash> path = new ArrayList<>();
    if (m < k) {
      path.addAll(path(m, from, from + k));
      path.add(root(from + k, to));
    } else {
      path.addAll(path(m - k, from + k, to));
      path.add(root(from, from + k));
    }
    return path;
  }

  /** PROOF(m, D[0:n]). */
  List<Hash> proof(int m, int n) {
    return m == n ? List.of() : subproof(m, 0, n, true);
  }

  private List<Hash> subproof(int m, int from, int to, boolean complete) {
    int n = to - from;
    if (m == n) {
      return complete ? List.of() : List.of(root(from, to));
    }
    int k = split(n);
    List<Hash> proof = new ArrayList<>();
    if (m <= k) {
      proof.addAll(subproof(m, from, from + k, complete));
      proof.add(root(from + k, to));
    } else {
      proof.addAll(subproof(m - k, from + k, to, false));
      proof.add(root(from, from + k));
    }
    return proof;
  }

  static Hash node(Hash left, Hash right) {
    MessageDigest sha256 = Hash.newSha256();
    sha256.update((byte) 1);
    sha256.update(left.toBytes());
    return Hash.of(sha256.digest(right.toBytes()));
  }

  private static int split(int n) {
    return Integer.highestOneBit(n - 1);
  }
}

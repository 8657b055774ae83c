package dev.rootwatch.ct.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rootwatch.ct.Hash;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The referee: the definitions of RFC 6962 section 2.1, word for word, recursive, over leaf hashes.
 * It shares no code with what it judges.
 */
final class NaiveTree implements TreeNodes {
  private final List<Hash> leaves;

  NaiveTree(List<Hash> leaves) {
    this.leaves = leaves;
  }

  /** Leaf hashes that differ from each other and from one seed to the next. */
  static NaiveTree ofSize(int size, int seed) {
    return new NaiveTree(
        IntStream.range(0, size)
            .mapToObj(i -> sha256(bytes(0), ("leaf " + seed + "/" + i).getBytes(UTF_8)))
            .toList());
  }

  int size() {
    return leaves.size();
  }

  Hash leaf(long i) {
    return leaves.get((int) i);
  }

  /** The leaf hashes of [from, to), one after the other. */
  byte[] flat(int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    leaves.subList(from, to).forEach(leaf -> out.writeBytes(leaf.toBytes()));
    return out.toByteArray();
  }

  /** MTH(D[0:size]). */
  Hash root(int size) {
    return mth(leaves.subList(0, size));
  }

  @Override
  public Hash node(int level, long index) {
    int width = 1 << level;
    return mth(leaves.subList((int) index * width, (int) (index + 1) * width));
  }

  /** PATH(m, D[0:size]). */
  List<Hash> path(int m, int size) {
    return path(m, leaves.subList(0, size));
  }

  /** PROOF(m, D[0:n]). */
  List<Hash> proof(int m, int n) {
    return subproof(m, leaves.subList(0, n), true);
  }

  private static Hash mth(List<Hash> d) {
    int n = d.size();
    if (n == 0) {
      return sha256();
    }
    if (n == 1) {
      return d.getFirst();
    }
    int k = k(n);
    return sha256(bytes(1), mth(d.subList(0, k)).toBytes(), mth(d.subList(k, n)).toBytes());
  }

  private static List<Hash> path(int m, List<Hash> d) {
    int n = d.size();
    if (n == 1) {
      return List.of();
    }
    int k = k(n);
    return m < k
        ? plus(path(m, d.subList(0, k)), mth(d.subList(k, n)))
        : plus(path(m - k, d.subList(k, n)), mth(d.subList(0, k)));
  }

  private static List<Hash> subproof(int m, List<Hash> d, boolean known) {
    int n = d.size();
    if (m == n) {
      return known ? List.of() : List.of(mth(d));
    }
    int k = k(n);
    return m <= k
        ? plus(subproof(m, d.subList(0, k), known), mth(d.subList(k, n)))
        : plus(subproof(m - k, d.subList(k, n), false), mth(d.subList(0, k)));
  }

  /** The largest power of two smaller than n. */
  private static int k(int n) {
    int k = 1;
    while (2 * k < n) {
      k *= 2;
    }
    return k;
  }

  private static List<Hash> plus(List<Hash> list, Hash last) {
    List<Hash> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  private static byte[] bytes(int value) {
    return new byte[] {(byte) value};
  }

  private static Hash sha256(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return Hash.sha256(all.toByteArray());
  }
}

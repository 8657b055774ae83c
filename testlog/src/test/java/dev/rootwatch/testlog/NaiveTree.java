package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * Merkle roots and proof checks written once more, another way: level by level, and the verifying
 * algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2.
 */
final class NaiveTree {
  private NaiveTree() {}

  static Hash leaf(byte[] merkleTreeLeaf) {
    return Hash.sha256(concat(new byte[] {0}, merkleTreeLeaf));
  }

  static Hash node(Hash left, Hash right) {
    return Hash.sha256(concat(new byte[] {1}, left.toBytes(), right.toBytes()));
  }

  /** Pairs neighbours until one is left; an odd one out moves up as it is. */
  static Hash root(List<Hash> leaves) {
    if (leaves.isEmpty()) {
      return Hash.sha256(new byte[0]);
    }
    List<Hash> level = leaves;
    while (level.size() > 1) {
      List<Hash> next = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        next.add(i + 1 < level.size() ? node(level.get(i), level.get(i + 1)) : level.get(i));
      }
      level = next;
    }
    return level.getFirst();
  }

  /** RFC 9162 section 2.1.3.2. */
  static boolean includes(Hash leaf, long index, long size, List<Hash> path, Hash root) {
    long fn = index;
    long sn = size - 1;
    Hash r = leaf;
    for (Hash p : path) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        r = node(p, r);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        r = node(r, p);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && r.equals(root);
  }

  /** RFC 9162 section 2.1.4.2. */
  static boolean consistent(
      long first, Hash firstRoot, long second, Hash secondRoot, List<Hash> p) {
    if (first == second) {
      return p.isEmpty() && firstRoot.equals(secondRoot);
    }
    List<Hash> path = new ArrayList<>(p);
    if (Long.bitCount(first) == 1) {
      path.addFirst(firstRoot);
    }
    long fn = first - 1;
    long sn = second - 1;
    while ((fn & 1) == 1) {
      fn >>= 1;
      sn >>= 1;
    }
    Hash fr = path.getFirst();
    Hash sr = path.getFirst();
    for (Hash c : path.subList(1, path.size())) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        fr = node(c, fr);
        sr = node(c, sr);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        sr = node(sr, c);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && fr.equals(firstRoot) && sr.equals(secondRoot);
  }

  static byte[] concat(byte[]... parts) {
    Bytes all = new Bytes(128);
    for (byte[] part : parts) {
      all.raw(part);
    }
    return all.toArray();
  }
}

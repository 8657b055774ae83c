package dev.rootwatch.ct.merkle;

import dev.rootwatch.ct.Hash;
import java.util.List;

/**
 * That a tree only grew (RFC 6962 section 2.1.2; verified as in RFC 9162 section 2.1.4.2).
 *
 * <p>Whatever a log answers can be put into one: nonsense does not verify. Two cases that the RFCs
 * leave open: a tree is consistent with itself when the path is empty and the roots are equal, and
 * with the empty tree (whose root is SHA-256 of nothing) when the path is empty.
 *
 * @param first the smaller size
 * @param second the larger size
 * @param path the proof's nodes
 */
public record ConsistencyProof(long first, long second, List<Hash> path) {
  public ConsistencyProof {
    path = List.copyOf(path);
  }

  /** Whether the tree of size {@code second} begins with the one of size {@code first}. */
  public boolean verifies(Hash firstRoot, Hash secondRoot) {
    if (first < 0 || second < first) {
      return false;
    }
    if (first == second) {
      return path.isEmpty() && firstRoot.equals(secondRoot);
    }
    if (first == 0) {
      return path.isEmpty() && firstRoot.equals(CompactRange.EMPTY.root());
    }
    // A first tree that is one complete subtree is known already: the path leaves it out.
    boolean complete = Long.bitCount(first) == 1;
    if (path.isEmpty()) {
      return false;
    }
    int skip = Long.numberOfTrailingZeros(first);
    long at = (first - 1) >>> skip;
    long last = (second - 1) >>> skip;
    Hash start = complete ? firstRoot : path.getFirst();
    Hash firstNode = start;
    Hash secondNode = start;
    for (Hash sibling : complete ? path : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        firstNode = TreeHasher.node(sibling, firstNode);
        secondNode = TreeHasher.node(sibling, secondNode);
        int up = Long.numberOfTrailingZeros(at);
        at >>>= up;
        last >>>= up;
      } else {
        secondNode = TreeHasher.node(secondNode, sibling);
      }
      at >>>= 1;
      last >>>= 1;
    }
    return last == 0 && firstNode.equals(firstRoot) && secondNode.equals(secondRoot);
  }
}

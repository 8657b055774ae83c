package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.merkle.CompactRange;
import java.util.ArrayList;
import java.util.List;

/**
 * The consistency proof from the left edge of a segment to its right edge, made from the segment
 * itself: whoever folded the leaves between them has every node that a log would send.
 *
 * <pre>
 * PROOF(m, D[n]) = SUBPROOF(m, D[n], true)                                  RFC 6962 section 2.1.2
 * SUBPROOF(m, D[m], true)  = {}
 * SUBPROOF(m, D[m], false) = {MTH(D[m])}
 * SUBPROOF(m, D[n], b)     = SUBPROOF(m, D[0:k], b) : MTH(D[k:n])           m &lt;= k
 * SUBPROOF(m, D[n], b)     = SUBPROOF(m - k, D[k:n], false) : MTH(D[0:k])   m &gt; k
 * </pre>
 */
final class LeftProof {
  /** A complete subtree. */
  private record Node(long from, long to, Hash hash) {}

  private final long seam;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Hash> proof = new ArrayList<>();

  private LeftProof(CompactRange left, CompactRange leaves) {
    this.seam = leaves.from();
    addNodes(left);
    addNodes(leaves);
  }

  /** The proof from {@code left.to()}, not 0, to {@code leaves.to()}, which is larger. */
  static List<Hash> of(CompactRange left, CompactRange leaves) {
    LeftProof made = new LeftProof(left, leaves);
    made.subproof(0, leaves.to(), true);
    return made.proof;
  }

  /** The subtrees of a range: each the largest that starts at its place and fits. */
  private void addNodes(CompactRange range) {
    long at = range.from();
    for (Hash hash : range.hashes()) {
      long fits = Long.highestOneBit(range.to() - at);
      long size = at == 0 ? fits : Math.min(fits, Long.lowestOneBit(at));
      nodes.add(new Node(at, at + size, hash));
      at += size;
    }
  }

  private void subproof(long from, long to, boolean whole) {
    if (to == seam) {
      if (!whole) {
        proof.add(root(from, to));
      }
      return;
    }
    long middle = from + Long.highestOneBit(to - from - 1);
    if (seam <= middle) {
      subproof(from, middle, whole);
      proof.add(root(middle, to));
    } else {
      subproof(middle, to, false);
      proof.add(root(from, middle));
    }
  }

  /** MTH of a range that starts where a subtree does: seen from there, a tree of its own. */
  private Hash root(long from, long to) {
    return CompactRange.of(
            0,
            to - from,
            nodes.stream()
                .filter(node -> node.from() >= from && node.to() <= to)
                .map(Node::hash)
                .toList())
        .root();
  }
}

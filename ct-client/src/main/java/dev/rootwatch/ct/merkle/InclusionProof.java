package dev.rootwatch.ct.merkle;

import dev.rootwatch.ct.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * That a leaf is in a tree (RFC 6962 section 2.1.1; verified as in RFC 9162 section 2.1.3.2).
 *
 * <p>Whatever a log answers can be put into one: nonsense does not verify.
 *
 * @param leafIndex position of the leaf, below {@code treeSize}
 * @param treeSize entries in the tree
 * @param path sibling hashes from the leaf upwards
 */
public record InclusionProof(long leafIndex, long treeSize, List<Hash> path) {
  public InclusionProof {
    path = List.copyOf(path);
  }

  /**
   * Whether this proves {@code leafHash} under {@code root}; a path of the wrong length does not.
   */
  public boolean verifies(Hash leafHash, Hash root) {
    if (!hasRightLength()) {
      return false;
    }
    Hash node = leafHash;
    long at = leafIndex;
    long last = treeSize - 1;
    for (Hash sibling : path) {
      if ((at & 1) == 1 || at == last) {
        node = TreeHasher.node(sibling, node);
        // A node without a sibling moves up unchanged until it is a right child.
        int up = Long.numberOfTrailingZeros(at);
        at >>>= up;
        last >>>= up;
      } else {
        node = TreeHasher.node(node, sibling);
      }
      at >>>= 1;
      last >>>= 1;
    }
    return node.equals(root);
  }

  /**
   * The compact range of [0, leafIndex): the left siblings of the path, largest subtree first. As
   * true as the proof is: verify first.
   *
   * @throws IllegalStateException when the path does not have the length of such a proof
   */
  public CompactRange left() {
    if (!hasRightLength()) {
      throw new IllegalStateException(
          "no inclusion proof for leaf %d of %d has %d nodes"
              .formatted(leafIndex, treeSize, path.size()));
    }
    List<Hash> left = new ArrayList<>();
    long at = leafIndex;
    long last = treeSize - 1;
    for (Hash sibling : path) {
      if ((at & 1) == 1 || at == last) {
        left.addFirst(sibling);
        int up = Long.numberOfTrailingZeros(at);
        at >>>= up;
        last >>>= up;
      }
      at >>>= 1;
      last >>>= 1;
    }
    return CompactRange.of(0, leafIndex, left);
  }

  /**
   * One sibling for each level below the point where the paths to this leaf and to the last leaf
   * part; above it, only left siblings.
   */
  private boolean hasRightLength() {
    if (leafIndex < 0 || leafIndex >= treeSize) {
      return false;
    }
    int parting = 64 - Long.numberOfLeadingZeros(leafIndex ^ (treeSize - 1));
    return path.size() == parting + Long.bitCount(leafIndex >>> parting);
  }
}

package dev.rootwatch.ct.merkle;

import dev.rootwatch.ct.Hash;
import java.util.List;

/**
 * That a leaf is in a tree (RFC 6962 section 2.1.1; verified as in RFC 9162 section 2.1.3.2).
 *
 * @param leafIndex position of the leaf, below {@code treeSize}
 * @param treeSize entries in the tree
 * @param path sibling hashes from the leaf upwards
 */
@SuppressWarnings({"DoNotCallSuggester", "unused", "UnusedVariable"})
public record InclusionProof(long leafIndex, long treeSize, List<Hash> path) {
  // SKELETON: replaced by its owner.

  /**
   * Whether this proves {@code leafHash} under {@code root}; a path of the wrong length does not.
   */
  public boolean verifies(Hash leafHash, Hash root) {
    throw new UnsupportedOperationException();
  }

  /** The compact range of [0, leafIndex): the left siblings of the path, largest subtree first. */
  public CompactRange left() {
    throw new UnsupportedOperationException();
  }
}

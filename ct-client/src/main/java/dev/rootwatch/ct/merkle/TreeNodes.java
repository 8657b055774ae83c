package dev.rootwatch.ct.merkle;

import dev.rootwatch.ct.Hash;

/** The hashes of a tree's complete subtrees, wherever they are kept: tiles, memory, a store. */
@FunctionalInterface
public interface TreeNodes {
  /**
   * The hash over the leaves {@code [index * 2^level, (index + 1) * 2^level)}.
   *
   * @param level 0 for leaves
   * @param index which subtree of that level, from the left
   */
  Hash node(int level, long index);

  /** Names one such hash. */
  record NodeId(int level, long index) {
    public NodeId {
      if (level < 0 || level > 62 || index < 0) {
        throw new IllegalArgumentException("no node: level " + level + ", index " + index);
      }
    }
  }
}

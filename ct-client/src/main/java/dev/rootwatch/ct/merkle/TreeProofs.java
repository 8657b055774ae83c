package dev.rootwatch.ct.merkle;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.merkle.TreeNodes.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes proofs from the hashes of complete subtrees, as RFC 6962 sections 2.1.1 and 2.1.2 define
 * them. Static logs serve no proofs: whoever reads their hash tiles makes them here.
 *
 * <p>Each kind of proof also tells which nodes it is made of, for who has to fetch them first.
 */
public final class TreeProofs {
  private TreeProofs() {}

  /**
   * The inclusion proof for one leaf.
   *
   * @throws IllegalArgumentException unless {@code 0 <= index < size}
   */
  public static InclusionProof inclusion(long index, long size, TreeNodes nodes) {
    return new InclusionProof(index, size, hashes(inclusionPath(index, size), nodes));
  }

  /** The nodes that {@link #inclusion} asks for. */
  public static List<NodeId> inclusionNodes(long index, long size) {
    return nodes(inclusionPath(index, size));
  }

  /**
   * The consistency proof between two sizes of a tree.
   *
   * @throws IllegalArgumentException unless {@code 0 <= first <= second}
   */
  public static ConsistencyProof consistency(long first, long second, TreeNodes nodes) {
    return new ConsistencyProof(first, second, hashes(consistencyPath(first, second), nodes));
  }

  /** The nodes that {@link #consistency} asks for. */
  public static List<NodeId> consistencyNodes(long first, long second) {
    return nodes(consistencyPath(first, second));
  }

  /** The compact range of {@code [0, size)}: gives the root of the tree at that size. */
  public static CompactRange compactRange(long size, TreeNodes nodes) {
    return range(new EntryRange(0, size), nodes);
  }

  /** The nodes that {@link #compactRange} asks for. */
  public static List<NodeId> compactRangeNodes(long size) {
    return nodes(List.of(new EntryRange(0, size)));
  }

  /** PATH(m, D[n]) of RFC 6962 section 2.1.1 as the stretches of leaves under its hashes. */
  private static List<EntryRange> inclusionPath(long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
    List<EntryRange> downwards = new ArrayList<>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long split = split(from, to);
      if (index < split) {
        downwards.add(new EntryRange(split, to));
        to = split;
      } else {
        downwards.add(new EntryRange(from, split));
        from = split;
      }
    }
    Collections.reverse(downwards);
    return downwards;
  }

  /** PROOF(m, D[n]) of RFC 6962 section 2.1.2 as the stretches of leaves under its hashes. */
  private static List<EntryRange> consistencyPath(long first, long second) {
    if (first < 0 || first > second) {
      throw new IllegalArgumentException("no proof from size " + first + " to size " + second);
    }
    List<EntryRange> downwards = new ArrayList<>();
    if (first == 0 || first == second) {
      return downwards;
    }
    long from = 0;
    long to = second;
    while (to != first) {
      long split = split(from, to);
      if (first <= split) {
        downwards.add(new EntryRange(split, to));
        to = split;
      } else {
        downwards.add(new EntryRange(from, split));
        from = split;
      }
    }
    if (from != 0) {
      downwards.add(new EntryRange(from, to));
    }
    Collections.reverse(downwards);
    return downwards;
  }

  /** Where a tree of at least two leaves divides: after the largest power of two below its size. */
  private static long split(long from, long to) {
    return from + Long.highestOneBit(to - from - 1);
  }

  private static List<Hash> hashes(List<EntryRange> path, TreeNodes nodes) {
    return path.stream().map(leaves -> range(leaves, nodes).fold()).toList();
  }

  private static CompactRange range(EntryRange leaves, TreeNodes nodes) {
    List<Hash> hashes =
        nodes(List.of(leaves)).stream().map(id -> nodes.node(id.level(), id.index())).toList();
    return CompactRange.of(leaves.from(), leaves.to(), hashes);
  }

  private static List<NodeId> nodes(List<EntryRange> path) {
    List<NodeId> ids = new ArrayList<>();
    for (EntryRange leaves : path) {
      long start = leaves.from();
      while (start < leaves.to()) {
        int level = CompactRange.levelAt(start, leaves.to());
        ids.add(new NodeId(level, start >>> level));
        start += 1L << level;
      }
    }
    return List.copyOf(ids);
  }
}

package dev.rootwatch.ct.read;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import java.util.List;
import java.util.Locale;

/**
 * Entries of one log that were read and examined without a gap, and what a signed head says of
 * them.
 *
 * <p>The three compact ranges bind each other: {@code left} followed by {@code leaves} is {@code
 * right}. Whoever knows that {@code right} is true (its root is a signed head's) therefore knows
 * that {@code left} is, too, without asking the log for another proof.
 *
 * @param state what a signed head says
 * @param left compact range of {@code [0, from)}
 * @param leaves compact range of {@code [from, to)}: what was read
 * @param right compact range of {@code [0, to)}
 * @param headSize size of the head that confirmed or contradicts it; 0 while pending
 * @param rightProof consistency proof from {@code to} to {@code headSize}, where a head beyond the
 *     segment confirmed it; empty where {@code to} is {@code headSize}
 */
public record Segment(
    State state,
    CompactRange left,
    CompactRange leaves,
    CompactRange right,
    long headSize,
    List<Hash> rightProof) {

  /** What a signed head says of a segment. */
  public enum State {
    /** Read and examined; no signed head compared yet. */
    PENDING,
    /** Folded to a signed head, roots equal. */
    VERIFIED,
    /** Folded to a signed head, roots differ. */
    CONTRADICTED;

    /** The word in our output. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Segment {
    rightProof = List.copyOf(rightProof);
    if (left.from() != 0
        || right.from() != 0
        || leaves.from() != left.to()
        || leaves.to() != right.to()) {
      throw new IllegalArgumentException(
          "edges of no segment: " + left.range() + ", " + leaves.range() + ", " + right.range());
    }
  }

  /** Nothing read yet, at a place that is known to be true: index 0, or a proven left edge. */
  public static Segment anchoredAt(CompactRange left, long headSize) {
    return new Segment(
        State.VERIFIED, left, CompactRange.emptyAt(left.to()), left, headSize, List.of());
  }

  /** Begins where this one ends, with leaves that no head confirmed yet. */
  Segment followedBy(CompactRange subtree) {
    return new Segment(State.PENDING, right, subtree, right.append(subtree), 0, List.of());
  }

  /** This one with more leaves at its right edge. */
  Segment extendedBy(CompactRange subtree) {
    return new Segment(
        State.PENDING, left, leaves.append(subtree), right.append(subtree), 0, List.of());
  }

  Segment judged(State verdict, SignedTreeHead head, List<Hash> proof) {
    return new Segment(verdict, left, leaves, right, head.size(), proof);
  }

  /** This one and the one that begins where it ends, as one. */
  Segment joinedWith(Segment next) {
    return new Segment(
        next.state, left, leaves.append(next.leaves), next.right, next.headSize, next.rightProof);
  }

  /** Whether it is a place to read from that no head has proven, and nothing was read from it. */
  boolean isUnprovenAnchor() {
    return from() == to() && from() > 0 && headSize == 0;
  }

  public long from() {
    return left.to();
  }

  public long to() {
    return right.to();
  }

  public EntryRange range() {
    return new EntryRange(from(), to());
  }
}

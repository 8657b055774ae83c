package dev.rootwatch.ct.read;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.merkle.CompactRange;
import java.util.List;
import java.util.Locale;

/**
 * Entries of one log that were read and examined without a gap, and how far that is proven.
 *
 * @param state whether a signed head confirmed it
 * @param left compact range of {@code [0, from)}
 * @param right compact range of {@code [0, to)}: {@code left} with every leaf of the segment folded
 *     in
 * @param headSize size of the head that confirmed, contradicts or will confirm it; 0 before one did
 * @param leftProof consistency proof from {@code from} to {@code headSize}; empty where the segment
 *     starts at 0 or at a head
 */
public record Segment(
    State state, CompactRange left, CompactRange right, long headSize, List<Hash> leftProof) {

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
    leftProof = List.copyOf(leftProof);
    if (right.to() < left.to() || left.from() != 0 || right.from() != 0) {
      throw new IllegalArgumentException(
          "edges of no segment: " + left.range() + ", " + right.range());
    }
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

package dev.rootwatch.ct.read;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was read of one log: its segments in order of index, without overlap. Immutable; each step
 * of reading gives a new one, which is stored together with what the step found.
 *
 * <p>Segments may touch: typically a long verified one is followed by a short pending one. Once a
 * signed head confirms the second, the two become one.
 */
public record Coverage(List<Segment> segments) {
  /** Nothing read, not even a place to start. */
  public static final Coverage NONE = new Coverage(List.of());

  public Coverage {
    segments = List.copyOf(segments);
    for (int i = 1; i < segments.size(); i++) {
      if (segments.get(i).from() < segments.get(i - 1).to()) {
        throw new IllegalArgumentException(
            "segments overlap: " + segments.get(i - 1).range() + " and " + segments.get(i).range());
      }
    }
  }

  /** With one more place to read from; it must not lie inside what was read. */
  public Coverage opened(Segment anchor) {
    List<Segment> next = new ArrayList<>(segments);
    int at = 0;
    while (at < next.size() && next.get(at).to() <= anchor.from()) {
      at++;
    }
    next.add(at, anchor);
    return new Coverage(next);
  }

  /**
   * With {@code subtree} read: the segment that ends where it begins grows.
   *
   * <p>Leaves never join a verified segment before a head confirms them; they stand behind it as a
   * pending one. Where the growing segment reaches the next one, {@link #seam} has something to
   * say.
   *
   * @throws IllegalArgumentException when no segment ends there
   */
  public Coverage extended(CompactRange subtree) {
    int at = endingAt(subtree.from());
    Segment last = segments.get(at);
    List<Segment> next = new ArrayList<>(segments);
    if (last.state() == Segment.State.PENDING) {
      next.set(at, last.extendedBy(subtree));
    } else {
      next.add(++at, last.followedBy(subtree));
    }
    return new Coverage(next);
  }

  /**
   * A pending segment that has grown to where the next one begins.
   *
   * @param grown the pending one
   * @param reached the verified one that begins where it ends
   */
  public record Seam(Segment grown, Segment reached) {
    /** Whether both know the same tree before the seam. */
    public boolean agrees() {
      return grown.right().equals(reached.left());
    }
  }

  /** Where a gap was closed and nobody has compared the two sides yet. */
  public Optional<Seam> seam() {
    for (int i = 0; i + 1 < segments.size(); i++) {
      Segment grown = segments.get(i);
      Segment reached = segments.get(i + 1);
      if (grown.state() == Segment.State.PENDING
          && reached.state() == Segment.State.VERIFIED
          && grown.to() == reached.from()) {
        return Optional.of(new Seam(grown, reached));
      }
    }
    return Optional.empty();
  }

  /**
   * With a seam settled: the two become one if they agree on the tree before it; if not, the later
   * one, whose left edge a head has proven, contradicts the one that was read up to it.
   */
  public Coverage met(Seam seam) {
    int at = segments.indexOf(seam.grown());
    Segment grown = seam.grown();
    Segment.State verdict = seam.agrees() ? Segment.State.VERIFIED : Segment.State.CONTRADICTED;
    List<Segment> next = new ArrayList<>(segments);
    next.set(
        at,
        new Segment(
            verdict,
            grown.left(),
            grown.leaves(),
            grown.right(),
            seam.reached().headSize(),
            List.of()));
    Coverage settled = new Coverage(next);
    return seam.agrees() ? settled.joinedAt(at) : settled;
  }

  /**
   * With the segment that ends at {@code to} confirmed by a head and, beyond it, a proof: a pending
   * one for the first time, a verified one by a newer head.
   */
  public Coverage verified(long to, SignedTreeHead head, List<Hash> rightProof) {
    List<Segment> next = new ArrayList<>(segments);
    int at = endingAt(to);
    next.set(at, next.get(at).judged(Segment.State.VERIFIED, head, rightProof));
    return new Coverage(next).joinedAt(at);
  }

  /** With the pending segment that ends at {@code to} contradicted by a head. */
  public Coverage contradicted(long to, SignedTreeHead head) {
    List<Segment> next = new ArrayList<>(segments);
    int at = endingAt(to);
    next.set(at, next.get(at).judged(Segment.State.CONTRADICTED, head, List.of()));
    return new Coverage(next);
  }

  /**
   * Without the segment over exactly {@code range}: to read it again from where the one before
   * ends.
   */
  public Coverage without(EntryRange range) {
    return new Coverage(segments.stream().filter(s -> !s.range().equals(range)).toList());
  }

  /** The pending segments, in order of index. */
  public List<Segment> pending() {
    return segments.stream().filter(s -> s.state() == Segment.State.PENDING).toList();
  }

  /** The segment furthest to the right; empty before the first start. */
  public Optional<Segment> last() {
    return segments.isEmpty() ? Optional.empty() : Optional.of(segments.getLast());
  }

  /** What of {@code wanted} was not read, in order of index. */
  public List<EntryRange> gaps(EntryRange wanted) {
    List<EntryRange> gaps = new ArrayList<>();
    long position = wanted.from();
    for (Segment segment : segments) {
      long gapEnd = Math.min(segment.from(), wanted.to());
      if (gapEnd > position) {
        gaps.add(new EntryRange(position, gapEnd));
      }
      position = Math.max(position, segment.to());
    }
    if (position < wanted.to()) {
      gaps.add(new EntryRange(position, wanted.to()));
    }
    return gaps;
  }

  /**
   * What is still to be read of a tree of {@code treeSize} entries, newest first: the tip matters
   * more than what was left behind. Each range begins where a segment ends. Nothing is read on from
   * a contradicted segment: what it was folded to is not the log's tree.
   */
  public List<EntryRange> toRead(long treeSize) {
    List<EntryRange> ranges = new ArrayList<>();
    for (int i = segments.size() - 1; i >= 0; i--) {
      long start = segments.get(i).to();
      long end = i + 1 < segments.size() ? segments.get(i + 1).from() : treeSize;
      if (start < end && segments.get(i).state() != Segment.State.CONTRADICTED) {
        ranges.add(new EntryRange(start, end));
      }
    }
    return ranges;
  }

  /**
   * Contradicted segments that nothing proven begins behind: reading has to be begun anew there.
   *
   * @param treeSize size of the newest head; what ends beyond it waits for another
   */
  public List<Segment> deadEnds(long treeSize) {
    List<Segment> ends = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      boolean continued =
          i + 1 < segments.size()
              && segments.get(i + 1).from() == segment.to()
              && !segments.get(i + 1).isUnprovenAnchor();
      if (segment.state() == Segment.State.CONTRADICTED && !continued && segment.to() <= treeSize) {
        ends.add(segment);
      }
    }
    return ends;
  }

  /** Everything of a tree of {@code treeSize} entries that is not read, from the start on. */
  public List<EntryRange> unread(long treeSize) {
    return segments.isEmpty() || segments.getFirst().from() >= treeSize
        ? List.of()
        : gaps(new EntryRange(segments.getFirst().from(), treeSize));
  }

  /** What lies between segments: skipped, and to be read when there is time. */
  public List<EntryRange> holes() {
    return segments.isEmpty()
        ? List.of()
        : gaps(new EntryRange(segments.getFirst().from(), segments.getLast().to()));
  }

  /**
   * With at most {@code most} segments: of those between the first and the last, the shortest are
   * forgotten, and will be read again. A log that cannot be followed must not fill our memory.
   *
   * @param most at least 2
   */
  public Coverage bounded(int most) {
    if (segments.size() <= most) {
      return this;
    }
    List<Segment> next = new ArrayList<>(segments);
    while (next.size() > most) {
      int shortest = 0;
      for (int i = 1; i < next.size() - 1; i++) {
        // What begins behind a contradiction is where reading went on: it would be lost.
        boolean replaceable = next.get(i - 1).state() != Segment.State.CONTRADICTED;
        if (replaceable
            && (shortest == 0 || next.get(i).range().size() < next.get(shortest).range().size())) {
          shortest = i;
        }
      }
      if (shortest == 0) {
        break;
      }
      next.remove(shortest);
    }
    return new Coverage(next);
  }

  /** How many entries were read. */
  public long examined() {
    return segments.stream().mapToLong(s -> s.to() - s.from()).sum();
  }

  /** The segment ending at {@code index}; of several (an empty one behind a full one) the last. */
  private int endingAt(long index) {
    for (int i = segments.size() - 1; i >= 0; i--) {
      if (segments.get(i).to() == index) {
        return i;
      }
    }
    throw new IllegalArgumentException("no segment ends at " + index + " in " + ranges());
  }

  /** Joins segment {@code at} with verified neighbours that it touches and agrees with. */
  private Coverage joinedAt(int at) {
    List<Segment> next = new ArrayList<>(segments);
    int here = at;
    while (here + 1 < next.size() && joinable(next.get(here), next.get(here + 1))) {
      next.set(here, next.get(here).joinedWith(next.remove(here + 1)));
    }
    while (here > 0 && joinable(next.get(here - 1), next.get(here))) {
      here--;
      next.set(here, next.get(here).joinedWith(next.remove(here + 1)));
    }
    return new Coverage(next);
  }

  private static boolean joinable(Segment one, Segment next) {
    return one.state() == Segment.State.VERIFIED
        && next.state() == Segment.State.VERIFIED
        && one.to() == next.from()
        && one.right().equals(next.left());
  }

  private List<EntryRange> ranges() {
    return segments.stream().map(Segment::range).toList();
  }
}

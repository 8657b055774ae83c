package dev.rootwatch.ct;

/**
 * Consecutive entries of one log.
 *
 * @param from first index, inclusive, not negative
 * @param to last index, exclusive, not below {@code from}
 */
public record EntryRange(long from, long to) {
  public EntryRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("not a range: [" + from + ", " + to + ")");
    }
  }

  /** How many entries. */
  public long size() {
    return to - from;
  }

  public boolean isEmpty() {
    return from == to;
  }

  /** Whether {@code index} lies inside. */
  public boolean contains(long index) {
    return from <= index && index < to;
  }

  @Override
  public String toString() {
    return "[" + from + ", " + to + ")";
  }
}

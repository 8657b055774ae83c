package dev.rootwatch.ct.x509;

import java.util.Arrays;

/**
 * A list of tagged slices that is reused scan after scan: three numbers each. Grows up to {@link
 * #MAX}; what does not fit is counted off in {@link #overflowed}, so that nobody takes the list for
 * whole.
 */
final class Slices {
  /** Real certificates stay below 2,000 names; a log takes whatever fits into 16 MiB. */
  static final int MAX = 1 << 16;

  private int[] cells = new int[3 * 128];
  private int count;
  private boolean overflowed;

  void clear() {
    count = 0;
    overflowed = false;
  }

  void add(int tag, int offset, int length) {
    if (count == MAX) {
      overflowed = true;
      return;
    }
    int at = 3 * count;
    if (at == cells.length) {
      cells = Arrays.copyOf(cells, Math.min(2 * cells.length, 3 * MAX));
    }
    cells[at] = tag;
    cells[at + 1] = offset;
    cells[at + 2] = length;
    count++;
  }

  int count() {
    return count;
  }

  boolean overflowed() {
    return overflowed;
  }

  int tag(int i) {
    return cells[3 * checked(i)];
  }

  int offset(int i) {
    return cells[3 * checked(i) + 1];
  }

  int length(int i) {
    return cells[3 * checked(i) + 2];
  }

  private int checked(int i) {
    if (i < 0 || i >= count) {
      throw new IndexOutOfBoundsException(i + " of " + count);
    }
    return i;
  }
}

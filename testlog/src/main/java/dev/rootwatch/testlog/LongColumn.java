package dev.rootwatch.testlog;

import java.util.ArrayList;
import java.util.List;

/** A growing column of numbers, kept in blocks so that growing never copies. */
final class LongColumn {
  private static final int PER_BLOCK = 1 << 12;

  private final List<long[]> blocks = new ArrayList<>();
  private long size;

  void add(long value) {
    int slot = (int) (size % PER_BLOCK);
    if (slot == 0) {
      blocks.add(new long[PER_BLOCK]);
    }
    blocks.getLast()[slot] = value;
    size++;
  }

  long get(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("entry " + index + " of " + size);
    }
    return blocks.get((int) (index / PER_BLOCK))[(int) (index % PER_BLOCK)];
  }
}

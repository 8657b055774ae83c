package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.Examined.TallyRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts the precertificates of one window by issuing key and hour. A few keys and one or two hours
 * in flat arrays that are reused; keys are compared where they stand in the window. One thread.
 */
final class Tally {
  private static final long HOUR = 3_600_000;

  private byte[] bytes = new byte[0];
  private long version;
  private int rows;
  private int[] keyOffsets = new int[64];
  private long[] hours = new long[64];
  private long[] counts = new long[64];
  private long[] first = new long[64];
  private long[] last = new long[64];
  private int[] slots = new int[256]; // row + 1; 0 means free

  /**
   * @param graphVersion of the graph of authorities, with which the window is examined
   */
  void begin(byte[] windowBytes, long graphVersion) {
    version = graphVersion;
    bytes = windowBytes;
    rows = 0;
    Arrays.fill(slots, 0);
  }

  void add(int keyOffset, long timestamp, long index) {
    long hour = Math.floorDiv(timestamp, HOUR) * HOUR;
    int slot = slotOf(keyOffset, hour);
    int row = slots[slot] - 1;
    if (row < 0) {
      if (rows == keyOffsets.length) {
        grow();
        slot = slotOf(keyOffset, hour);
      }
      row = rows++;
      slots[slot] = row + 1;
      keyOffsets[row] = keyOffset;
      hours[row] = hour;
      counts[row] = 0;
      first[row] = index;
    }
    counts[row]++;
    last[row] = index;
  }

  /** The slot of the row for key and hour, or the free one where it belongs. */
  private int slotOf(int keyOffset, long hour) {
    int mask = slots.length - 1;
    int hash =
        (bytes[keyOffset] & 0xff)
            | (bytes[keyOffset + 1] & 0xff) << 8
            | (bytes[keyOffset + 2] & 0xff) << 16;
    int slot = (hash ^ (int) (hour / HOUR)) & mask;
    while (slots[slot] != 0) {
      int row = slots[slot] - 1;
      if (hours[row] == hour
          && Arrays.equals(
              bytes,
              keyOffsets[row],
              keyOffsets[row] + Hash.BYTES,
              bytes,
              keyOffset,
              keyOffset + Hash.BYTES)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int capacity = keyOffsets.length * 2;
    keyOffsets = Arrays.copyOf(keyOffsets, capacity);
    hours = Arrays.copyOf(hours, capacity);
    counts = Arrays.copyOf(counts, capacity);
    first = Arrays.copyOf(first, capacity);
    last = Arrays.copyOf(last, capacity);
    slots = new int[capacity * 4];
    for (int row = 0; row < rows; row++) {
      slots[slotOf(keyOffsets[row], hours[row])] = row + 1;
    }
  }

  /** The rows, in the order of their first index. */
  List<TallyRow> rows(ExaminerSetup setup) {
    List<TallyRow> result = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      result.add(
          new TallyRow(
              Hash.copyOf(bytes, keyOffsets[row]),
              hours[row],
              counts[row],
              first[row],
              last[row],
              setup.labelOf(bytes, keyOffsets[row], version)));
    }
    bytes = new byte[0];
    return result;
  }
}

package dev.rootwatch.ct.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of the entries of a window lie: one row of numbers an entry, all in one array.
 * Objects exist only for what is wrong.
 */
final class EntryTable {
  /** Where the hashed bytes start, and where they end (exclusive). */
  static final int LEAF = 0;

  static final int LEAF_END = 1;

  /** entry_type; {@link #OPAQUE} when not even that is known. */
  static final int TYPE = 2;

  /** The certificate or TBSCertificate; -1 and 0 when there is none to read. */
  static final int BODY = 3;

  static final int BODY_LENGTH = 4;

  /** The full precertificate; -1 and 0 when there is none to read. */
  static final int PRECERT = 5;

  static final int PRECERT_LENGTH = 6;

  /** The first certificate (its length prefix) or fingerprint of the chain, and how many. */
  static final int CHAIN = 7;

  static final int CHAIN_COUNT = 8;

  /** Number, from 1, of what is wrong with the leaf, and with what stands beside it; 0: nothing. */
  static final int LEAF_DEFECT = 9;

  static final int EXTRA_DEFECT = 10;

  private static final int COLUMNS = 11;

  /** TYPE of a leaf of an unknown version or leaf type. */
  static final int OPAQUE = -1;

  private final long firstIndex;
  private int[] cells;
  private int rows;
  private final List<MalformedEntry> defects = new ArrayList<>(0);

  EntryTable(long firstIndex, int expectedRows) {
    this.firstIndex = firstIndex;
    this.cells = new int[Math.max(1, expectedRows) * COLUMNS];
  }

  /** Adds a row about nothing; its number. */
  int addRow() {
    int from = rows * COLUMNS;
    if (from + COLUMNS > cells.length) {
      cells = Arrays.copyOf(cells, Math.multiplyExact(cells.length, 2));
    }
    cells[from + BODY] = -1;
    cells[from + PRECERT] = -1;
    cells[from + CHAIN] = -1;
    return rows++;
  }

  int rows() {
    return rows;
  }

  long firstIndex() {
    return firstIndex;
  }

  int get(int row, int column) {
    return cells[row * COLUMNS + column];
  }

  void set(int row, int column, int value) {
    cells[row * COLUMNS + column] = value;
  }

  /** Notes what is wrong with {@code row}; {@code column} says with which half of it. */
  void defect(int row, int column, int offset, String reason) {
    if (get(row, column) == 0) {
      defects.add(new MalformedEntry(firstIndex + row, offset, reason));
      set(row, column, defects.size());
    }
  }

  @Nullable MalformedEntry defect(int row, int column) {
    int number = get(row, column);
    return number == 0 ? null : defects.get(number - 1);
  }
}

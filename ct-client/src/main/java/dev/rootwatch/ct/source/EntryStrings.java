package dev.rootwatch.ct.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds the base64 strings in a body of get-entries without changing or copying anything.
 *
 * <pre>
 * { "entries": [ { "leaf_input": "...", "extra_data": "..." }, ... ] }
 * </pre>
 *
 * with the members of an entry in either order, and white space (RFC 8259 section 2) anywhere
 * between. Anything else, right or wrong, is not for this class.
 *
 * <p>Strings are five kilobytes of letters, so their ends are looked for eight bytes at a time, by
 * arithmetic on a {@code long} (Hacker's Delight, section 6-1): subtracting 1 from each byte
 * borrows into the top bit of the bytes that were 0. A borrow can also mark bytes above such a one,
 * never below, and only the lowest mark is used.
 */
final class EntryStrings {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long TOPS = 0x8080_8080_8080_8080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private static final byte[] ENTRIES = {'e', 'n', 't', 'r', 'i', 'e', 's'};
  private static final byte[] LEAF_INPUT = {'l', 'e', 'a', 'f', '_', 'i', 'n', 'p', 'u', 't'};
  private static final byte[] EXTRA_DATA = {'e', 'x', 't', 'r', 'a', '_', 'd', 'a', 't', 'a'};

  /** Start and end of leaf_input, start and end of extra_data; -1 where there is none. */
  private static final int COLUMNS = 4;

  private final byte[] bytes;
  private final int length;
  private final long maxEntries;
  private int[] cells;
  private int count;
  private int position;

  /**
   * @param length how many of the bytes are the body
   * @param maxEntries more are not for this class
   */
  EntryStrings(byte[] bytes, int length, long maxEntries) {
    this.bytes = bytes;
    this.length = length;
    this.maxEntries = maxEntries;
    this.cells = new int[COLUMNS * (int) Math.min(maxEntries, length / 1024 + 1)];
  }

  /** Whether the whole body has the form above, and at least one entry. */
  boolean find() {
    if (!(take('{') && takeName(ENTRIES) && take('['))) {
      return false;
    }
    do {
      if (count == maxEntries || !entry()) {
        return false;
      }
    } while (take(','));
    return take(']') && take('}') && atEnd();
  }

  int count() {
    return count;
  }

  int leafStart(int i) {
    return cells[i * COLUMNS];
  }

  int leafEnd(int i) {
    return cells[i * COLUMNS + 1];
  }

  /** -1 when the entry has no extra_data. */
  int extraStart(int i) {
    return cells[i * COLUMNS + 2];
  }

  int extraEnd(int i) {
    return cells[i * COLUMNS + 3];
  }

  private boolean entry() {
    int row = count * COLUMNS;
    if (row == cells.length) {
      cells = Arrays.copyOf(cells, 2 * cells.length);
    }
    Arrays.fill(cells, row, row + COLUMNS, -1);
    if (!take('{')) {
      return false;
    }
    do {
      int column = takeName(LEAF_INPUT) ? row : takeName(EXTRA_DATA) ? row + 2 : -1;
      if (column < 0 || cells[column] >= 0 || !take('"')) {
        return false;
      }
      cells[column] = position;
      position = endOfString();
      cells[column + 1] = position;
      if (!take('"')) {
        return false;
      }
    } while (take(','));
    count++;
    return take('}') && cells[row] >= 0;
  }

  /** Takes {@code "name":} when it comes next; otherwise nothing. */
  private boolean takeName(byte[] name) {
    int start = position;
    if (take('"')) {
      int end = position + name.length;
      if (end < length
          && bytes[end] == '"'
          && Arrays.equals(bytes, position, end, name, 0, name.length)) {
        position = end + 1;
        if (take(':')) {
          return true;
        }
      }
    }
    position = start;
    return false;
  }

  /** Passes white space, and {@code c} when that comes next. */
  private boolean take(char c) {
    int at = position;
    while (at < length && isWhite(bytes[at])) {
      at++;
    }
    if (at < length && bytes[at] == c) {
      position = at + 1;
      return true;
    }
    return false;
  }

  private boolean atEnd() {
    while (position < length && isWhite(bytes[position])) {
      position++;
    }
    return position == length;
  }

  private static boolean isWhite(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /**
   * Where the first byte after {@link #position} is that a string does not have as it stands: the
   * quotation mark that ends it, a backslash, a control character, or one that is not ASCII; or the
   * end of the body.
   */
  private int endOfString() {
    int at = position;
    for (; at <= length - Long.BYTES; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      long quote = word ^ QUOTES;
      long backslash = word ^ BACKSLASHES;
      long marks =
          (((quote - ONES) & ~quote)
                  | ((backslash - ONES) & ~backslash)
                  | ((word - SPACES) & ~word)
                  | word)
              & TOPS;
      if (marks != 0) {
        return at + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
      }
    }
    while (at < length && isPlain(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }
}

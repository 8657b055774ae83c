package dev.rootwatch.watch.authority;

import dev.rootwatch.ct.Hash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * SHA-256 hashes to numbers: one flat open-addressing table, asked for 32 bytes inside a buffer, no
 * object created. A look-up reads one slot and, when it is taken, compares the 32 bytes.
 *
 * <p>The slot is the hash's own first bits. Whoever could grind hashes towards one slot does not
 * lengthen the probe sequences: those depend only on what is stored, and that is ours. The table is
 * at most half full. Immutable, shared by all threads.
 */
public final class KeyTable {
  /** What {@link #find} says of a hash that is not here. */
  public static final int ABSENT = -1;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final long[] words; // 4 per slot
  private final int[] numbers; // value + 1; 0 means the slot is free
  private final int mask;
  private final int size;

  private KeyTable(int capacity, int size) {
    this.words = new long[capacity * 4];
    this.numbers = new int[capacity];
    this.mask = capacity - 1;
    this.size = size;
  }

  /**
   * Numbers the hashes 0, 1, 2 and so on in the order of the list.
   *
   * @throws IllegalArgumentException when a hash stands twice in the list
   */
  public static KeyTable of(List<Hash> hashes) {
    int[] numbers = new int[hashes.size()];
    Arrays.setAll(numbers, i -> i);
    return of(hashes, numbers);
  }

  /**
   * Gives each hash the number at its place in {@code numbers}; numbers are not negative.
   *
   * @throws IllegalArgumentException when a hash stands twice in the list
   */
  public static KeyTable of(List<Hash> hashes, int[] numbers) {
    int capacity = Integer.highestOneBit(Math.max(4, hashes.size() * 4 - 1));
    KeyTable table = new KeyTable(capacity, hashes.size());
    byte[] bytes = new byte[Hash.BYTES];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(bytes, 0);
      if (table.find(bytes, 0) != ABSENT) {
        throw new IllegalArgumentException("twice in one table: " + hashes.get(i));
      }
      table.put(bytes, numbers[i]);
    }
    return table;
  }

  private void put(byte[] bytes, int number) {
    int slot = (int) (long) LONG.get(bytes, 0) & mask;
    while (numbers[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    for (int w = 0; w < 4; w++) {
      words[slot * 4 + w] = (long) LONG.get(bytes, w * 8);
    }
    numbers[slot] = number + 1;
  }

  /** The number of the 32 bytes from {@code offset}, or {@link #ABSENT}. */
  public int find(byte[] bytes, int offset) {
    long first = (long) LONG.get(bytes, offset);
    int slot = (int) first & mask;
    while (true) {
      int number = numbers[slot];
      if (number == 0) {
        return ABSENT;
      }
      int at = slot * 4;
      if (words[at] == first
          && words[at + 1] == (long) LONG.get(bytes, offset + 8)
          && words[at + 2] == (long) LONG.get(bytes, offset + 16)
          && words[at + 3] == (long) LONG.get(bytes, offset + 24)) {
        return number - 1;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** The number of {@code hash}, or {@link #ABSENT}. */
  public int find(Hash hash) {
    return find(hash.toBytes(), 0);
  }

  /** How many hashes. */
  public int size() {
    return size;
  }
}

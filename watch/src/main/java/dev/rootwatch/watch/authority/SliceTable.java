package dev.rootwatch.watch.authority;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Byte strings of any length (key identifiers, DER names) to the numbers that claim them: flat open
 * addressing over slices of a buffer, no object created by a look-up. Several authorities can claim
 * one name or key identifier, so a string leads to a list of numbers.
 *
 * <p>The hash (FNV-1a, folded) only places a string; equality is decided by its bytes. The stored
 * strings are ours, so strangers cannot lengthen the probe sequences. Immutable, shared by all
 * threads.
 */
public final class SliceTable {
  private static final int[] NONE = {};

  private final byte[] bytes; // all strings, one after the other
  private final int[] offsets; // string s lies in [offsets[s], offsets[s + 1])
  private final int[] hashes;
  private final int[][] numbers;
  private final int[] slots; // string + 1; 0 means the slot is free
  private final int mask;
  private final int longest;

  private SliceTable(Map<ByteBuffer, List<Integer>> entries) {
    int count = entries.size();
    int capacity = Integer.highestOneBit(Math.max(4, count * 4 - 1));
    int total = entries.keySet().stream().mapToInt(ByteBuffer::remaining).sum();
    this.bytes = new byte[total];
    this.offsets = new int[count + 1];
    this.hashes = new int[count];
    this.numbers = new int[count][];
    this.slots = new int[capacity];
    this.mask = capacity - 1;
    int string = 0;
    int at = 0;
    int longestSeen = 0;
    for (Map.Entry<ByteBuffer, List<Integer>> entry : entries.entrySet()) {
      byte[] key = entry.getKey().array();
      System.arraycopy(key, 0, bytes, at, key.length);
      at += key.length;
      longestSeen = Math.max(longestSeen, key.length);
      offsets[string + 1] = at;
      hashes[string] = hash(key, 0, key.length);
      numbers[string] = entry.getValue().stream().mapToInt(Integer::intValue).distinct().toArray();
      int slot = hashes[string] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = string + 1;
      string++;
    }
    this.longest = longestSeen;
  }

  /**
   * The numbers that claim the string, in the order in which they were added; empty when none does.
   * The array is shared: read only.
   */
  public int[] find(byte[] source, int offset, int length) {
    if (length <= 0 || length > longest) {
      return NONE;
    }
    int hash = hash(source, offset, length);
    int slot = hash & mask;
    while (slots[slot] != 0) {
      int string = slots[slot] - 1;
      if (hashes[string] == hash
          && Arrays.equals(
              bytes, offsets[string], offsets[string + 1], source, offset, offset + length)) {
        return numbers[string];
      }
      slot = (slot + 1) & mask;
    }
    return NONE;
  }

  private static int hash(byte[] source, int offset, int length) {
    int hash = 0x811c9dc5;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ source[i]) * 0x01000193;
    }
    return hash ^ (hash >>> 15);
  }

  /** Collects strings for a table. */
  public static final class Builder {
    private final Map<ByteBuffer, List<Integer>> entries = new LinkedHashMap<>();

    /** Adds a claim of {@code number} to the string. Empty strings are nobody's and ignored. */
    public Builder add(byte[] string, int number) {
      if (string.length > 0) {
        entries
            .computeIfAbsent(ByteBuffer.wrap(string.clone()), _ -> new ArrayList<>())
            .add(number);
      }
      return this;
    }

    public SliceTable build() {
      return new SliceTable(entries);
    }
  }
}

package dev.rootwatch.watch.authority;

import java.util.function.IntPredicate;

/**
 * Byte strings of any length that become known one after the other, and the numbers that claim
 * them. A large table and a small one beside it, as in {@link GrowingKeyTable}; nobody who asks
 * ever waits.
 */
final class GrowingSliceTable {
  private static final int MOST_RECENT = 256;
  private static final SliceTable EMPTY = new SliceTable.Builder().build();

  private record Tables(SliceTable old, SliceTable recent) {}

  private final SliceTable.Builder all = new SliceTable.Builder();
  private SliceTable.Builder added = new SliceTable.Builder();
  private int recent;
  private volatile Tables tables = new Tables(EMPTY, EMPTY);

  /** Whether a number that claims the string is one of the wanted; no object created. */
  boolean anyMatch(byte[] bytes, int offset, int length, IntPredicate wanted) {
    Tables now = tables;
    return anyMatch(now.old.find(bytes, offset, length), wanted)
        || anyMatch(now.recent.find(bytes, offset, length), wanted);
  }

  private static boolean anyMatch(int[] numbers, IntPredicate wanted) {
    for (int number : numbers) {
      if (wanted.test(number)) {
        return true;
      }
    }
    return false;
  }

  /** The numbers that claim the string, at most {@code most}. */
  int[] find(byte[] bytes, int offset, int length, int most) {
    Tables now = tables;
    int[] old = now.old.find(bytes, offset, length);
    int[] young = now.recent.find(bytes, offset, length);
    int[] found = new int[Math.min(most, old.length + young.length)];
    for (int i = 0; i < found.length; i++) {
      found[i] = i < old.length ? old[i] : young[i - old.length];
    }
    return found;
  }

  /** Adds a claim of {@code number} to the string. */
  synchronized void add(byte[] string, int number) {
    all.add(string, number);
    added.add(string, number);
    if (++recent <= MOST_RECENT) {
      tables = new Tables(tables.old, added.build());
      return;
    }
    recent = 0;
    added = new SliceTable.Builder();
    tables = new Tables(all.build(), EMPTY);
  }
}

package dev.rootwatch.watch.authority;

import dev.rootwatch.ct.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hashes that become known one after the other, numbered from 0 in that order. Asked like a {@link
 * KeyTable}: with 32 bytes inside a buffer, no object created, and nobody who asks ever waits.
 *
 * <p>A large table and a small one beside it: what is new is built into the small one, which is
 * emptied into the large one when it is full. So each hash is copied some hundred times at most,
 * not as often as there are others.
 */
final class GrowingKeyTable {
  private static final int MOST_RECENT = 256;
  private static final KeyTable EMPTY = KeyTable.of(List.of());

  private record Tables(KeyTable old, KeyTable recent) {}

  private final List<Hash> all = new ArrayList<>();
  private volatile Tables tables = new Tables(EMPTY, EMPTY);

  /** The number of the 32 bytes from {@code offset}, or {@link KeyTable#ABSENT}. */
  int find(byte[] bytes, int offset) {
    Tables now = tables;
    int number = now.old.find(bytes, offset);
    return number != KeyTable.ABSENT ? number : now.recent.find(bytes, offset);
  }

  /** The number of {@code hash}, or {@link KeyTable#ABSENT}. */
  int find(Hash hash) {
    return find(hash.toBytes(), 0);
  }

  /** Adds a hash that is not here yet; its number is how many there were before. */
  synchronized int add(Hash hash) {
    if (find(hash) != KeyTable.ABSENT) {
      throw new IllegalArgumentException("twice in one table: " + hash);
    }
    all.add(hash);
    Tables now = tables;
    tables =
        now.recent.size() < MOST_RECENT
            ? new Tables(now.old, since(now.old.size()))
            : new Tables(since(0), EMPTY);
    return all.size() - 1;
  }

  private KeyTable since(int first) {
    List<Hash> part = all.subList(first, all.size());
    int[] numbers = new int[part.size()];
    Arrays.setAll(numbers, i -> first + i);
    return KeyTable.of(part, numbers);
  }

  int size() {
    Tables now = tables;
    return now.old.size() + now.recent.size();
  }
}

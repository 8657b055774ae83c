package dev.rootwatch.watch;

import java.util.Arrays;

/**
 * What an examiner found out about DER certificates that chains of RFC 6962 entries repeat again
 * and again: a small table in which the newest of two certificates in one place wins. A hit
 * compares all bytes and hashes none; buffers are reused. One thread.
 */
final class ChainMemory {
  /** Nothing remembered. */
  static final int ABSENT = -1;

  private static final int PLACES = 512;

  /** Larger certificates are scanned each time. */
  private static final int LARGEST = 8192;

  private final byte[][] certificates = new byte[PLACES][];
  private final int[] lengths = new int[PLACES];
  private final int[] values = new int[PLACES];

  /** Forgets everything; the buffers stay. */
  void clear() {
    Arrays.fill(lengths, -1);
  }

  int find(byte[] bytes, int offset, int length) {
    int place = place(bytes, offset, length);
    byte[] stored = certificates[place];
    boolean hit =
        stored != null
            && lengths[place] == length
            && Arrays.equals(stored, 0, length, bytes, offset, offset + length);
    return hit ? values[place] : ABSENT;
  }

  /** Remembers a value, not negative. */
  void remember(byte[] bytes, int offset, int length, int value) {
    if (length > LARGEST) {
      return;
    }
    int place = place(bytes, offset, length);
    byte[] stored = certificates[place];
    if (stored == null || stored.length < length) {
      stored = new byte[Math.min(LARGEST, Math.max(2048, length))];
      certificates[place] = stored;
    }
    System.arraycopy(bytes, offset, stored, 0, length);
    lengths[place] = length;
    values[place] = value;
  }

  /** The last bytes of a certificate are its signature: as good as a hash. */
  private static int place(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int i = offset + length - Math.min(length, 4); i < offset + length; i++) {
      hash = hash * 31 + bytes[i];
    }
    return (hash ^ (hash >>> 9)) & (PLACES - 1);
  }
}

package dev.rootwatch.ct.source;

import java.util.ArrayDeque;

/**
 * Byte arrays that are used again: bodies of some megabytes, one after the other, would otherwise
 * be most of what a monitor allocates. One pool serves the whole process. Safe for several threads.
 *
 * <p>Arrays have sizes of powers of two. What is kept for later is bounded by a number of bytes;
 * what is in use is not the pool's to bound (the readers have a budget for that). Arrays that are
 * not given back are simply collected.
 */
public final class BufferPool {
  private static final int SMALLEST = 14; // 16 KiB
  private static final int LARGEST = 30;

  private final Object lock = new Object();
  private final ArrayDeque<byte[]>[] idle;
  private final long maxIdleBytes;
  private long idleBytes;

  /**
   * @param maxIdleBytes the most bytes kept for later; 0 keeps nothing
   */
  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types
  public BufferPool(long maxIdleBytes) {
    if (maxIdleBytes < 0) {
      throw new IllegalArgumentException("a pool cannot keep " + maxIdleBytes + " bytes");
    }
    this.maxIdleBytes = maxIdleBytes;
    this.idle = new ArrayDeque[LARGEST + 1];
    for (int i = SMALLEST; i <= LARGEST; i++) {
      idle[i] = new ArrayDeque<>();
    }
  }

  /**
   * An array of at least {@code size} bytes, with anything in it.
   *
   * @param size at most 1 GiB
   */
  byte[] take(int size) {
    int sizeClass = sizeClass(size);
    synchronized (lock) {
      byte[] kept = idle[sizeClass].pollLast();
      if (kept != null) {
        idleBytes -= kept.length;
        return kept;
      }
    }
    return new byte[1 << sizeClass];
  }

  /**
   * Gives back an array that {@link #take} gave; the caller forgets it. One that came from
   * elsewhere is left to the collector.
   */
  void giveBack(byte[] buffer) {
    int sizeClass = sizeClass(buffer.length);
    if (buffer.length != 1 << sizeClass) {
      return;
    }
    synchronized (lock) {
      if (idleBytes + buffer.length <= maxIdleBytes) {
        idle[sizeClass].addLast(buffer);
        idleBytes += buffer.length;
      }
    }
  }

  /** Bytes kept for later. */
  long idleBytes() {
    synchronized (lock) {
      return idleBytes;
    }
  }

  private static int sizeClass(int size) {
    if (size < 0 || size > 1 << LARGEST) {
      throw new IllegalArgumentException("no buffer has " + size + " bytes");
    }
    return size <= 1 << SMALLEST ? SMALLEST : 32 - Integer.numberOfLeadingZeros(size - 1);
  }
}

package dev.rootwatch.ct.source;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in an array from the pool, growing while they come in; closing gives the array back. One
 * thread at a time.
 */
final class PooledBytes implements AutoCloseable {
  private final BufferPool pool;
  private byte @Nullable [] bytes;
  private int length;
  private long transferred;

  PooledBytes(BufferPool pool, int sizeHint) {
    this.pool = pool;
    this.bytes = pool.take(sizeHint);
  }

  /** The array; the content is its first {@link #length} bytes. */
  byte[] bytes() {
    byte[] array = bytes;
    if (array == null) {
      throw new IllegalStateException("read after close");
    }
    return array;
  }

  int length() {
    return length;
  }

  void setLength(int length) {
    this.length = length;
  }

  /** Bytes that came over the network for this content. */
  long transferred() {
    return transferred;
  }

  void setTransferred(long transferred) {
    this.transferred = transferred;
  }

  /** Makes room for {@code size} bytes altogether. What is there stays. */
  byte[] grow(int size) {
    byte[] small = bytes();
    if (size <= small.length) {
      return small;
    }
    byte[] large = pool.take(size);
    System.arraycopy(small, 0, large, 0, length);
    bytes = large;
    pool.giveBack(small);
    return large;
  }

  /** Hands the array on to whoever will give it back; there is nothing left to close here. */
  byte[] release() {
    byte[] array = bytes();
    bytes = null;
    return array;
  }

  /** A copy of the content. */
  byte[] copy() {
    return Arrays.copyOf(bytes(), length);
  }

  @Override
  public void close() {
    byte[] array = bytes;
    bytes = null;
    if (array != null) {
      pool.giveBack(array);
    }
  }
}

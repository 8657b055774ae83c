package dev.rootwatch.testlog;

import java.util.Arrays;

/** Big-endian TLS structures (RFC 8446 section 3), written into a growing array. */
final class Bytes {
  private byte[] array;
  private int length;

  Bytes(int capacity) {
    array = new byte[Math.max(16, capacity)];
  }

  Bytes uint8(int value) {
    return number(value, 1);
  }

  Bytes uint16(int value) {
    return number(value, 2);
  }

  Bytes uint24(int value) {
    return number(value, 3);
  }

  Bytes uint40(long value) {
    return number(value, 5);
  }

  Bytes uint64(long value) {
    return number(value, 8);
  }

  Bytes raw(byte[] bytes) {
    return raw(bytes, 0, bytes.length);
  }

  Bytes raw(byte[] bytes, int from, int count) {
    reserve(count);
    System.arraycopy(bytes, from, array, length, count);
    length += count;
    return this;
  }

  /** opaque value with a length prefix of two bytes. */
  Bytes opaque16(byte[] bytes) {
    return uint16(bytes.length).raw(bytes);
  }

  /** opaque value with a length prefix of three bytes. */
  Bytes opaque24(byte[] bytes) {
    return uint24(bytes.length).raw(bytes);
  }

  int length() {
    return length;
  }

  byte[] toArray() {
    return Arrays.copyOf(array, length);
  }

  private Bytes number(long value, int width) {
    if (width < 8 && value >>> (8 * width) != 0) {
      throw new IllegalArgumentException(value + " does not fit into " + width + " bytes");
    }
    reserve(width);
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      array[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void reserve(int more) {
    if (array.length - length < more) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
    }
  }
}

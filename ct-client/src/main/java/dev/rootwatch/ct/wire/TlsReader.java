package dev.rootwatch.ct.wire;

import org.jspecify.annotations.Nullable;

/**
 * Reads the presentation language of TLS (RFC 8446 section 3: big-endian numbers, vectors with a
 * length in front) from a slice of a byte array. Each length is checked against what is left.
 *
 * <p>The first thing that does not fit is remembered with its place; from then on every read gives
 * 0 and moves nothing. So a reader of a struct is straight-line code with one check at its end:
 *
 * <pre>{@code
 * long timestamp = in.uint64("timestamp");
 * int certificate = in.vector24("certificate");
 * int certificateLength = in.vectorLength();
 * if (in.failed()) { ... in.problem(), in.problemOffset() ... }
 * }</pre>
 *
 * <p>No allocation until something is wrong. One thread at a time; {@link #over} starts anew.
 */
public final class TlsReader {
  private byte[] bytes = new byte[0];
  private int start;
  private int position;
  private int limit;
  private int vectorLength;
  private int problemOffset = -1;
  private @Nullable String problem;

  /** Begins at {@code offset}; offsets of problems count from there. */
  public TlsReader over(byte[] source, int offset, int length) {
    if (offset < 0 || length < 0 || offset > source.length - length) {
      throw new IndexOutOfBoundsException(
          "[" + offset + ", +" + length + ") of " + source.length + " bytes");
    }
    bytes = source;
    start = offset;
    position = offset;
    limit = offset + length;
    vectorLength = 0;
    problemOffset = -1;
    problem = null;
    return this;
  }

  public int uint8(String what) {
    return (int) number(1, what);
  }

  public int uint16(String what) {
    return (int) number(2, what);
  }

  public int uint24(String what) {
    return (int) number(3, what);
  }

  public long uint64(String what) {
    return number(8, what);
  }

  /** {@code opaque what[length]}: steps over it and gives the absolute offset of its first byte. */
  public int fixed(int length, String what) {
    if (!has(length, what)) {
      return 0;
    }
    int at = position;
    position += length;
    return at;
  }

  /** {@code opaque what<0..2^8-1>}: as {@link #vector24}. */
  public int vector8(String what) {
    return vector(1, what);
  }

  /** {@code opaque what<0..2^16-1>}: as {@link #vector24}. */
  public int vector16(String what) {
    return vector(2, what);
  }

  /**
   * {@code opaque what<0..2^24-1>}: steps over it and gives the absolute offset of its content,
   * whose length {@link #vectorLength} tells.
   */
  public int vector24(String what) {
    return vector(3, what);
  }

  /** Bytes in the vector read last; 0 after a failure. */
  public int vectorLength() {
    return vectorLength;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the next read begins, absolute in the array. */
  public int position() {
    return position;
  }

  /** How many bytes are left. */
  public int remaining() {
    return limit - position;
  }

  /** Complains when something is left. */
  public void end(String what) {
    if (!failed() && remaining() > 0) {
      fail(remaining() + " bytes after the end of " + what);
    }
  }

  /** Complains at the next byte, unless something was wrong before. */
  public void fail(String reason) {
    if (problem == null) {
      problem = reason;
      problemOffset = position - start;
      vectorLength = 0;
    }
  }

  public boolean failed() {
    return problem != null;
  }

  /** What is wrong, in words; empty while nothing is. */
  public String problem() {
    return problem == null ? "" : problem;
  }

  /** Where: bytes from the start of the slice; -1 while nothing is wrong. */
  public int problemOffset() {
    return problemOffset;
  }

  private int vector(int lengthBytes, String what) {
    vectorLength = 0;
    int before = position;
    int length = (int) number(lengthBytes, what);
    if (problem != null) {
      return 0;
    }
    if (length > limit - position) {
      int left = limit - position;
      position = before;
      fail(what + " of " + length + " bytes where " + left + " are left");
      return 0;
    }
    int at = position;
    position += length;
    vectorLength = length;
    return at;
  }

  private long number(int width, String what) {
    if (!has(width, what)) {
      return 0;
    }
    long value = 0;
    for (int end = position + width; position < end; position++) {
      value = (value << 8) | (bytes[position] & 0xff);
    }
    return value;
  }

  private boolean has(int length, String what) {
    if (problem != null) {
      return false;
    }
    if (length > limit - position) {
      fail(what + " needs " + length + " bytes where " + (limit - position) + " are left");
      return false;
    }
    return true;
  }
}

package dev.rootwatch.ct.x509;

/**
 * Headers of DER elements (X.690 section 8.1), read without creating anything.
 *
 * <p>A header is one {@code long}: where the content starts, where it ends, and whether its length
 * was written longer than DER allows. {@link #NONE} is no header. The tag is the byte at the
 * element's start; callers look at it themselves.
 *
 * <p>Lenient on purpose: lengths in long form with leading zeros are BER, and real certificates
 * have them. Refused: indefinite lengths, lengths beyond the container, tag numbers above 30
 * (nothing in a certificate has one).
 */
final class Der {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int UTF8_STRING = 0x0c;
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  /** Not a header. */
  static final long NONE = -1;

  private static final long NOT_MINIMAL = 0x8000_0000L;

  private Der() {}

  /** The header at {@code at}, whose element must end at {@code end} or before. */
  static long header(byte[] bytes, int at, int end) {
    if (end - at < 2 || (bytes[at] & 0x1f) == 0x1f) {
      return NONE;
    }
    int first = bytes[at + 1];
    int start = at + 2;
    if (first >= 0) {
      return first <= end - start ? (long) start << 32 | (start + first) : NONE;
    }
    return longForm(bytes, start, end, first & 0x7f);
  }

  /** As {@link #header}, and the tag must be {@code tag}. */
  static long header(byte[] bytes, int at, int end, int tag) {
    return at < end && (bytes[at] & 0xff) == tag ? header(bytes, at, end) : NONE;
  }

  static int start(long header) {
    return (int) (header >>> 32);
  }

  static int end(long header) {
    return (int) header & 0x7fff_ffff;
  }

  static int length(long header) {
    return end(header) - start(header);
  }

  /** Whether the length took more bytes than it needed. */
  static boolean isNotMinimal(long header) {
    return (header & NOT_MINIMAL) != 0;
  }

  private static long longForm(byte[] bytes, int at, int end, int lengthBytes) {
    if (lengthBytes == 0 || lengthBytes > end - at) {
      return NONE;
    }
    int start = at + lengthBytes;
    int length = 0;
    for (int i = at; i < start; i++) {
      if (length >= 1 << 23) {
        return NONE;
      }
      length = length << 8 | (bytes[i] & 0xff);
    }
    if (length > end - start) {
      return NONE;
    }
    boolean notMinimal = bytes[at] == 0 || length < 0x80;
    return (long) start << 32 | (start + length) | (notMinimal ? NOT_MINIMAL : 0);
  }

  /** How many bytes a DER header takes in front of a content of {@code length} bytes. */
  static int headerLength(int length) {
    if (length < 0x80) {
      return 2;
    }
    return length < 0x100 ? 3 : length < 0x1_0000 ? 4 : length < 0x100_0000 ? 5 : 6;
  }

  /** Writes a DER header; where the content goes. */
  static int writeHeader(byte[] target, int at, int tag, int length) {
    int headerLength = headerLength(length);
    target[at] = (byte) tag;
    if (headerLength == 2) {
      target[at + 1] = (byte) length;
    } else {
      target[at + 1] = (byte) (0x80 | (headerLength - 2));
      for (int i = headerLength - 1, rest = length; i >= 2; i--, rest >>>= 8) {
        target[at + i] = (byte) rest;
      }
    }
    return at + headerLength;
  }
}

package dev.rootwatch.watch;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages bytes in the ways in which encodings break. Everything follows from the seed. */
final class Mutator {
  private static final int[] ODD_BYTES = {
    0, 1, 0x1f, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84, 0x88, 0xa0, 0xa3, 0xfe, 0xff
  };
  private static final String TAGS =
      "\u0001\u0002\u0003\u0004\u0006\f\u0013\u0017\u001801\u00a0\u00a3\u0082\u0080";

  private final SplittableRandom random;

  Mutator(SplittableRandom random) {
    this.random = random;
  }

  /** A damaged copy: one to three changes, of the kinds below. */
  byte[] mutant(byte[] original, List<byte[]> others) {
    byte[] bytes = original.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      bytes =
          switch (random.nextInt(8)) {
            case 0, 1 -> bitsFlipped(bytes);
            case 2 -> oddByte(bytes);
            case 3 -> truncated(bytes);
            case 4, 5 -> lengthEdited(bytes);
            case 6 -> spliced(bytes, others.get(random.nextInt(others.size())));
            default -> rangeRepeatedOrCut(bytes);
          };
    }
    return bytes;
  }

  private byte[] bitsFlipped(byte[] bytes) {
    for (int n = 1 + random.nextInt(4); n > 0 && bytes.length > 0; n--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] oddByte(byte[] bytes) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) ODD_BYTES[random.nextInt(ODD_BYTES.length)];
    }
    return bytes;
  }

  private byte[] truncated(byte[] bytes) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
  }

  /** The first length behind something that looks like a tag, from a random place on. */
  private byte[] lengthEdited(byte[] bytes) {
    if (bytes.length < 4) {
      return bytes;
    }
    int from = random.nextInt(bytes.length - 3);
    int at = from;
    while (at < bytes.length - 3 && TAGS.indexOf(bytes[at] & 0xff) < 0) {
      at++;
    }
    int first = bytes[at + 1] & 0xff;
    int place =
        first > 0x80 && first <= 0x84
            ? Math.min(at + 1 + (first & 0x7f), bytes.length - 1)
            : at + 1;
    bytes[place] =
        switch (random.nextInt(4)) {
          case 0 -> (byte) (bytes[place] + 1 + random.nextInt(3));
          case 1 -> (byte) (bytes[place] - 1 - random.nextInt(3));
          case 2 -> (byte) ODD_BYTES[random.nextInt(ODD_BYTES.length)];
          default -> (byte) random.nextInt(256);
        };
    return bytes;
  }

  /** A range of another's in place of one of its own. */
  private byte[] spliced(byte[] bytes, byte[] other) {
    int from = random.nextInt(bytes.length + 1);
    int to = from + random.nextInt(Math.min(600, bytes.length - from) + 1);
    int start = random.nextInt(other.length + 1);
    int end = start + random.nextInt(Math.min(600, other.length - start) + 1);
    return joined(bytes, from, Arrays.copyOfRange(other, start, end), to);
  }

  private byte[] rangeRepeatedOrCut(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = from + random.nextInt(Math.min(200, bytes.length - from) + 1);
    return random.nextBoolean()
        ? joined(bytes, from, new byte[0], to)
        : joined(bytes, to, Arrays.copyOfRange(bytes, from, to), to);
  }

  private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
    byte[] joined = Arrays.copyOf(bytes, head + middle.length + bytes.length - tail);
    System.arraycopy(middle, 0, joined, head, middle.length);
    System.arraycopy(bytes, tail, joined, head + middle.length, bytes.length - tail);
    return joined;
  }
}

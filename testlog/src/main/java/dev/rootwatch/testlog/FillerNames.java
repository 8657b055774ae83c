package dev.rootwatch.testlog;

import java.util.SplittableRandom;

/** Host names that can be read aloud, of a given length. */
final class FillerNames {
  private static final byte[] CONSONANTS =
      "bcdfghklmnprstvz".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final byte[] VOWELS =
      "aeiouaeo".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private FillerNames() {}

  /** Fills {@code label} with consonants and vowels in turn. */
  static void write(byte[] label, SplittableRandom random) {
    long bits = 0;
    for (int i = 0; i < label.length; i++) {
      if (i % 16 == 0) {
        bits = random.nextLong();
      }
      label[i] = i % 2 == 0 ? CONSONANTS[(int) bits & 15] : VOWELS[(int) bits & 7];
      bits >>>= 4;
    }
  }
}

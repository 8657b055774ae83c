package dev.rootwatch.testlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;

/**
 * Where every key, name and position of a test log comes from: the same seed and label give the
 * same bytes on every machine.
 *
 * @param value any number
 */
public record Seed(long value) {

  /**
   * 64 bytes that depend on the seed and the label only. Not secret, whatever they are used for.
   */
  byte[] bytes(String label) {
    try {
      MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
      sha512.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
      return sha512.digest(label.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-512", e);
    }
  }

  /** A number that depends on the seed and the label only. */
  long number(String label) {
    return ByteBuffer.wrap(bytes(label)).getLong();
  }

  /** A generator that depends on the seed and the label only. */
  SplittableRandom random(String label) {
    return new SplittableRandom(number(label));
  }
}

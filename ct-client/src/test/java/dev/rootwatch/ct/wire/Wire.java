package dev.rootwatch.ct.wire;

import java.io.ByteArrayOutputStream;

/** Writes TLS structures for tests, right or wrong as asked. */
final class Wire {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Wire number(int width, long value) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      out.write((int) (value >> shift));
    }
    return this;
  }

  Wire raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** A vector with its length in front. */
  Wire vector(int width, byte... content) {
    return number(width, content.length).raw(content);
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** The leaf_index extension of static-ct-api. */
  static byte[] leafIndex(long index) {
    return new Wire().number(1, 0).number(2, 5).number(5, index).bytes();
  }

  static byte[] x509(long timestamp, byte[] certificate, byte[] extensions) {
    return new Wire()
        .number(8, timestamp)
        .number(2, 0)
        .vector(3, certificate)
        .vector(2, extensions)
        .bytes();
  }

  static byte[] precert(long timestamp, byte[] issuerKeyHash, byte[] tbs, byte[] extensions) {
    return new Wire()
        .number(8, timestamp)
        .number(2, 1)
        .raw(issuerKeyHash)
        .vector(3, tbs)
        .vector(2, extensions)
        .bytes();
  }

  static byte[] leafInput(byte[] timestampedEntry) {
    return new Wire().number(2, 0).raw(timestampedEntry).bytes();
  }

  static byte[] chain(byte[]... certificates) {
    Wire list = new Wire();
    for (byte[] certificate : certificates) {
      list.vector(3, certificate);
    }
    return new Wire().vector(3, list.bytes()).bytes();
  }
}

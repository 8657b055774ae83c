package dev.rootwatch.ct.note;

import java.util.Base64;
import java.util.Optional;

/**
 * Standard, padded base64 (RFC 4648 section 4), canonical: two texts never stand for the same
 * bytes. The JDK's decoder takes missing padding and stray bits.
 */
final class Base64Text {
  private Base64Text() {}

  static Optional<byte[]> decode(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    return Base64.getEncoder().encodeToString(bytes).equals(text)
        ? Optional.of(bytes)
        : Optional.empty();
  }
}

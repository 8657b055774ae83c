package dev.rootwatch.ct.x509;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The string types of ASN.1 as text (X.680 section 41). For what somebody looks at; the hot path
 * compares bytes.
 *
 * <p>The text is what a stranger wrote: escape it before it reaches anything.
 */
public final class DerString {
  private static final int UTF8 = 12;
  private static final int NUMERIC = 18;
  private static final int PRINTABLE = 19;
  private static final int T61 = 20;
  private static final int IA5 = 22;
  private static final int VISIBLE = 26;
  private static final int UNIVERSAL = 28;
  private static final int BMP = 30;

  private DerString() {}

  /**
   * Decodes the content of a string; empty when {@code tag} is no string type or the bytes are none
   * of its characters.
   *
   * <p>T61String, and the types that only have ASCII, are read as UTF-8, and as Latin-1 where they
   * are not that: this is what CAs meant by them.
   */
  public static Optional<String> decode(byte[] bytes, int tag, int offset, int length) {
    return switch (tag) {
      case UTF8 -> strictly(StandardCharsets.UTF_8, bytes, offset, length);
      case NUMERIC, PRINTABLE, T61, IA5, VISIBLE ->
          strictly(StandardCharsets.UTF_8, bytes, offset, length)
              .or(() -> strictly(StandardCharsets.ISO_8859_1, bytes, offset, length));
      case BMP -> strictly(StandardCharsets.UTF_16BE, bytes, offset, length);
      case UNIVERSAL -> strictly(Charset.forName("UTF-32BE"), bytes, offset, length);
      default -> Optional.empty();
    };
  }

  private static Optional<String> strictly(Charset charset, byte[] bytes, int offset, int length) {
    try {
      // A fresh decoder reports malformed input instead of replacing it.
      return Optional.of(
          charset.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length)).toString());
    } catch (CharacterCodingException notThisCharset) {
      return Optional.empty();
    }
  }
}

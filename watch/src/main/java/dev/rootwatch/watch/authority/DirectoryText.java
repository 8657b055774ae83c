package dev.rootwatch.watch.authority;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The characters of a DirectoryString or of a name of the SAN, read so that no byte gets lost: what
 * is no UTF-8 is read as ISO 8859-1, in which every byte is a character, and halves of surrogate
 * pairs stay halves. A replacement character would hide what the issuer really wrote.
 */
public final class DirectoryText {
  private static final int BMP_STRING = 30;
  private static final int UNIVERSAL_STRING = 28;

  private DirectoryText() {}

  /**
   * The text of a string.
   *
   * @param tag its type, a universal tag; anything but BMPString and UniversalString is read as
   *     eight bits or UTF-8, since issuers put either into all the others
   * @param value its content octets
   */
  public static String of(int tag, byte[] value) {
    if (tag == BMP_STRING && value.length % 2 == 0) {
      return twoBytes(value);
    }
    if (tag == UNIVERSAL_STRING && value.length % 4 == 0) {
      return fourBytes(value);
    }
    return of(value);
  }

  /** The text of an IA5String, where it has no tag of its own. */
  public static String of(byte[] value) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException noUtf8) {
      return new String(value, StandardCharsets.ISO_8859_1);
    }
  }

  private static String twoBytes(byte[] value) {
    char[] text = new char[value.length / 2];
    ByteBuffer.wrap(value).asCharBuffer().get(text);
    return new String(text);
  }

  private static String fourBytes(byte[] value) {
    StringBuilder text = new StringBuilder(value.length / 4);
    for (ByteBuffer bytes = ByteBuffer.wrap(value); bytes.hasRemaining(); ) {
      int point = bytes.getInt();
      if (!Character.isValidCodePoint(point)) {
        return of(value);
      }
      text.appendCodePoint(point);
    }
    return text.toString();
  }
}

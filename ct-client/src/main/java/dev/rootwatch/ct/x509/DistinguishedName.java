package dev.rootwatch.ct.x509;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An X.500 Name as text: RFC 4514, the most specific part first, {@code CN=..,O=..,C=..}.
 *
 * <p>Attribute types beyond the table of RFC 4514 section 3 are written as numbers, their values as
 * text all the same: {@code 2.5.4.97=VATEL-123} says more than its hexadecimal form. What is no
 * string is {@code #} and the hexadecimal form of the value. Beyond RFC 4514, every character that
 * could do something to a reader's screen (controls, direction marks, line separators, unassigned
 * ones) is escaped byte by byte, and the length is bounded.
 */
public final class DistinguishedName {
  /** Longest text, in characters; a longer one is cut and ends in {@link #CUT}. */
  public static final int MAX_LENGTH = 4096;

  /** What a cut text ends in. */
  public static final String CUT = "...";

  /** How many parts are looked at: the most specific ones. */
  private static final int MAX_RDNS = 256;

  private static final HexFormat HEX = HexFormat.of();
  private static final HexFormat ESCAPED = HexFormat.of().withUpperCase().withPrefix("\\");

  private final byte[] bytes;
  private final StringBuilder text = new StringBuilder();
  private boolean full;

  private DistinguishedName(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Renders the Name (the SEQUENCE with its header) in {@code bytes}. One that cannot be read is
   * {@code #} and hexadecimal digits as a whole. An empty one is the empty string.
   */
  public static String rfc4514(byte[] bytes, int offset, int length) {
    DistinguishedName name = new DistinguishedName(bytes);
    int end = offset + length;
    long header = Der.header(bytes, offset, end, Der.SEQUENCE);
    if (header == Der.NONE || !name.render(Der.start(header), Der.end(header))) {
      name.text.setLength(0);
      name.full = false;
      name.hex(offset, end);
    }
    return name.text.toString();
  }

  /** Renders a SEQUENCE OF SET OF AttributeTypeAndValue; false when it is none. */
  private boolean render(int from, int end) {
    // The last part comes first. Remember where the last MAX_RDNS start.
    int[] starts = new int[MAX_RDNS];
    int count = 0;
    for (int at = from; at < end; count++) {
      long rdn = Der.header(bytes, at, end, Der.SET);
      if (rdn == Der.NONE) {
        return false;
      }
      starts[count % MAX_RDNS] = at;
      at = Der.end(rdn);
    }
    for (int i = count - 1; i >= Math.max(0, count - MAX_RDNS); i--) {
      if (i < count - 1) {
        append(",");
      }
      long rdn = Der.header(bytes, starts[i % MAX_RDNS], end, Der.SET);
      if (!rdn(Der.start(rdn), Der.end(rdn))) {
        return false;
      }
    }
    if (count > MAX_RDNS) {
      cut();
    }
    return true;
  }

  private boolean rdn(int from, int end) {
    for (int at = from; at < end; ) {
      long attribute = Der.header(bytes, at, end, Der.SEQUENCE);
      if (attribute == Der.NONE) {
        return false;
      }
      if (at > from) {
        append("+");
      }
      if (!attribute(Der.start(attribute), Der.end(attribute))) {
        return false;
      }
      at = Der.end(attribute);
    }
    return true;
  }

  private boolean attribute(int from, int end) {
    long type = Der.header(bytes, from, end, Der.OBJECT_IDENTIFIER);
    if (type == Der.NONE) {
      return false;
    }
    int valueAt = Der.end(type);
    long value = Der.header(bytes, valueAt, end);
    if (value == Der.NONE) {
      return false;
    }
    append(typeName(Der.start(type), Der.end(type)));
    append("=");
    Optional<String> string =
        DerString.decode(bytes, bytes[valueAt] & 0xff, Der.start(value), Der.length(value));
    if (string.isPresent()) {
      escaped(string.get());
    } else {
      hex(valueAt, Der.end(value));
    }
    return true;
  }

  private String typeName(int from, int end) {
    String dotted = Oids.dotted(bytes, from, end);
    return switch (dotted) {
      case "2.5.4.3" -> "CN";
      case "2.5.4.6" -> "C";
      case "2.5.4.7" -> "L";
      case "2.5.4.8" -> "ST";
      case "2.5.4.9" -> "STREET";
      case "2.5.4.10" -> "O";
      case "2.5.4.11" -> "OU";
      case "0.9.2342.19200300.100.1.1" -> "UID";
      case "0.9.2342.19200300.100.1.25" -> "DC";
      default -> dotted;
    };
  }

  /** RFC 4514 section 2.4. */
  private void escaped(String value) {
    int last = value.length() - 1;
    for (int i = 0; i < value.length() && !full; ) {
      int character = value.codePointAt(i);
      boolean first = i == 0;
      if ("\\\"+,;<>".indexOf(character) >= 0
          || (first && character == '#')
          || ((first || i == last) && character == ' ')) {
        append("\\" + Character.toString(character));
      } else if (isDangerous(character)) {
        append(ESCAPED.formatHex(Character.toString(character).getBytes(StandardCharsets.UTF_8)));
      } else {
        append(Character.toString(character));
      }
      i += Character.charCount(character);
    }
  }

  private static boolean isDangerous(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  private void hex(int from, int end) {
    append("#");
    for (int i = from; i < end && !full; i++) {
      append(HEX.toHexDigits(bytes[i]));
    }
  }

  /** Appends all of {@code token} or none of it, so that no escape is torn. */
  private void append(String token) {
    if (!full && text.length() + token.length() > MAX_LENGTH - CUT.length()) {
      cut();
    }
    if (!full) {
      text.append(token);
    }
  }

  private void cut() {
    if (!full) {
      text.append(CUT);
      full = true;
    }
  }
}

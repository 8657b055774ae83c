package dev.rootwatch.ct.x509;

/** Object identifiers as the content bytes of their DER encoding, and how to recognise them. */
final class Oids {
  /**
   * id-ce 2.5.29: extensions of X.509 itself; the last byte says which (RFC 5280 section 4.2.1).
   */
  static final int SUBJECT_KEY_IDENTIFIER = 14;

  static final int SUBJECT_ALT_NAME = 17;
  static final int BASIC_CONSTRAINTS = 19;
  static final int AUTHORITY_KEY_IDENTIFIER = 35;
  static final int EXTENDED_KEY_USAGE = 37;

  /** 1.3.6.1.4.1.11129.2.4: Certificate Transparency (RFC 6962 sections 3.1 and 3.3). */
  static final int CT_SCT_LIST = 2;

  static final int CT_POISON = 3;

  private static final int MAX_DOTTED_BYTES = 64;

  private Oids() {}

  /** The last arc of an id-ce identifier; -1 when the bytes are none. */
  static int idCe(byte[] b, int at, int length) {
    return length == 3 && b[at] == 0x55 && b[at + 1] == 0x1d ? b[at + 2] : -1;
  }

  /** The last arc of a Certificate Transparency identifier; -1 when the bytes are none. */
  static int ct(byte[] b, int at, int length) {
    return length == 10
            && b[at] == 0x2b
            && b[at + 1] == 0x06
            && b[at + 2] == 0x01
            && b[at + 3] == 0x04
            && b[at + 4] == 0x01
            && b[at + 5] == (byte) 0xd6
            && b[at + 6] == 0x79
            && b[at + 7] == 0x02
            && b[at + 8] == 0x04
        ? b[at + 9]
        : -1;
  }

  /** Whether the bytes are 2.5.4.3, commonName. */
  static boolean isCommonName(byte[] b, int at, int length) {
    return length == 3 && b[at] == 0x55 && b[at + 1] == 0x04 && b[at + 2] == 0x03;
  }

  /**
   * The dotted form; arcs that do not fit into a long, and identifiers that end in the middle of an
   * arc, are {@code ?}. Bounded: an identifier longer than {@link #MAX_DOTTED_BYTES} is cut.
   */
  static String dotted(byte[] b, int from, int end) {
    StringBuilder text = new StringBuilder();
    long arc = 0;
    boolean open = false;
    int limit = Math.min(end, from + MAX_DOTTED_BYTES);
    for (int i = from; i < limit; i++) {
      arc = arc < 0 || arc >= 1L << 56 ? -1 : (arc << 7) | (b[i] & 0x7f);
      open = b[i] < 0;
      if (open) {
        continue;
      }
      if (text.isEmpty()) {
        long root = Math.min(2, arc < 0 ? 2 : arc / 40);
        text.append(root).append('.').append(arc < 0 ? "?" : String.valueOf(arc - 40 * root));
      } else {
        text.append('.').append(arc < 0 ? "?" : String.valueOf(arc));
      }
      arc = 0;
    }
    if (open || limit < end || text.isEmpty()) {
      text.append(text.isEmpty() ? "?" : ".?");
    }
    return text.toString();
  }
}

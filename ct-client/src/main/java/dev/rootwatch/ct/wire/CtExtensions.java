package dev.rootwatch.ct.wire;

/**
 * Reads the extensions of an entry or an SCT (c2sp.org/static-ct-api, "SCT Extension").
 *
 * <pre>{@code
 * enum { leaf_index(0), (255) } ExtensionType;
 *
 * struct {
 *   ExtensionType extension_type;         // uint8
 *   opaque extension_data<0..2^16-1>;
 * } Extension;
 *
 * Extension CTExtensions<0..2^16-1>;
 *
 * uint8 uint40[5];
 * uint40 LeafIndex;
 * }</pre>
 *
 * <p>Other types may stand there, in any order.
 */
public final class CtExtensions {
  private static final int LEAF_INDEX = 0;

  private CtExtensions() {}

  /**
   * The leaf_index between {@code from} and {@code to} (the content of the vector), or -1 when
   * there is none or the list is no such list. Allocates nothing.
   */
  public static long leafIndex(byte[] bytes, int from, int to) {
    long found = -1;
    int at = from;
    while (at < to) {
      if (to - at < 3) {
        return -1;
      }
      int type = bytes[at] & 0xff;
      int length = ((bytes[at + 1] & 0xff) << 8) | (bytes[at + 2] & 0xff);
      at += 3;
      if (length > to - at) {
        return -1;
      }
      if (type == LEAF_INDEX && found < 0) {
        if (length != 5) {
          return -1;
        }
        found = uint40(bytes, at);
      }
      at += length;
    }
    return found;
  }

  private static long uint40(byte[] bytes, int at) {
    long value = 0;
    for (int k = 0; k < 5; k++) {
      value = (value << 8) | (bytes[at + k] & 0xff);
    }
    return value;
  }
}

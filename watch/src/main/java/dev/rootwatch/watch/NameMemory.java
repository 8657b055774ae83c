package dev.rootwatch.watch;

import dev.rootwatch.watch.authority.DistinguishedName;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a CA's name matches a pattern of some rule, remembered by the name's DER: a log's few
 * thousand issuers come again and again. A hit compares all bytes and creates nothing; of two names
 * in one place the newest wins. Bounded. One thread.
 */
final class NameMemory {
  private static final int PLACES = 1024;

  /** Longer names are looked at each time. */
  private static final int LONGEST = 1024;

  private final List<NamePattern> patterns;
  private final byte[][] names = new byte[PLACES][];
  private final boolean[] matching = new boolean[PLACES];

  NameMemory(List<NamePattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /** Whether the Name at that place matches. One that cannot be found does not. */
  boolean matches(byte[] bytes, int offset, int length) {
    if (offset < 0 || length <= 0) {
      return false;
    }
    int place = place(bytes, offset, length);
    byte[] known = names[place];
    if (known != null
        && known.length == length
        && Arrays.equals(known, 0, length, bytes, offset, offset + length)) {
      return matching[place];
    }
    byte[] name = Arrays.copyOfRange(bytes, offset, offset + length);
    String text = DistinguishedName.text(name);
    boolean matches = patterns.stream().anyMatch(pattern -> pattern.mayMatch(text));
    if (length <= LONGEST) {
      names[place] = name;
      matching[place] = matches;
    }
    return matches;
  }

  /** FNV-1a, folded: names of one CA differ in a digit somewhere near their end. */
  private static int place(byte[] bytes, int offset, int length) {
    int hash = 0x811c9dc5;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ bytes[i]) * 0x01000193;
    }
    return (hash ^ (hash >>> 16)) & (PLACES - 1);
  }
}

package dev.rootwatch.testlog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code <L>/<N>[.p/<W>]} of static-ct-api: N in groups of three digits, all but the last with an
 * {@code x} before them; W from 1 to 255 for a partial tile.
 *
 * @param level tile level; 0 for data tiles
 * @param number the tile's index
 * @param width how many hashes or entries, 256 when full
 */
record TilePath(int level, long number, int width) {
  private static final int FULL = 256;
  private static final Pattern NUMBER =
      Pattern.compile("((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  /** Reads what follows {@code tile/}; null when it is no tile's path. */
  static @Nullable TilePath parse(String path, int highestLevel) {
    int slash = path.indexOf('/');
    if (slash != 1 || path.charAt(0) < '0' || path.charAt(0) > '0' + highestLevel) {
      return null;
    }
    return parse(path.charAt(0) - '0', path.substring(2));
  }

  /** Reads what follows {@code tile/data/}; null when it is no tile's path. */
  static @Nullable TilePath parseData(String path) {
    return parse(0, path);
  }

  private static @Nullable TilePath parse(int level, String path) {
    Matcher matcher = NUMBER.matcher(path);
    if (!matcher.matches()) {
      return null;
    }
    String digits = matcher.group(1).replace("x", "").replace("/", "");
    boolean padded = digits.length() > 3 && digits.startsWith("000");
    int width = matcher.group(2) == null ? FULL : Integer.parseInt(matcher.group(2));
    boolean tooWide = matcher.group(2) != null && width >= FULL;
    return padded || tooWide ? null : new TilePath(level, Long.parseLong(digits), width);
  }
}

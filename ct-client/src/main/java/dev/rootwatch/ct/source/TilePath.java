package dev.rootwatch.ct.source;

/**
 * The paths of tiles (c2sp.org/static-ct-api, "Merkle Tree" and "Log Entries"), and which tiles a
 * tree of a given size has.
 *
 * <pre>
 * tile/&lt;L&gt;/&lt;N&gt;[.p/&lt;W&gt;]       32-byte hashes, the level above every 256 of the level below
 * tile/data/&lt;N&gt;[.p/&lt;W&gt;]      entries
 * N: groups of three digits, each but the last behind an x: 1234067 is x001/x234/067
 * </pre>
 */
public final class TilePath {
  /** Hashes or entries in a full tile. */
  public static final int WIDTH = 256;

  private static final int LEVEL_BITS = 8;

  private TilePath() {}

  /**
   * Where a data tile lies, below the monitoring prefix.
   *
   * @param number of the tile: index of its first entry / 256
   * @param width entries in it, 1 to 256
   */
  public static String data(long number, int width) {
    return path("tile/data/", number, width);
  }

  static String hashes(int level, long number, int width) {
    return path("tile/" + level + "/", number, width);
  }

  /**
   * How many hashes tile {@code number} of {@code level} has in a tree of {@code treeSize} entries:
   * 256, fewer at the right edge, 0 beyond it.
   */
  static int width(int level, long number, long treeSize) {
    long hashes = level * LEVEL_BITS >= Long.SIZE ? 0 : treeSize >>> (level * LEVEL_BITS);
    return (int) Math.clamp(hashes - number * WIDTH, 0L, (long) WIDTH);
  }

  private static String path(String prefix, long number, int width) {
    StringBuilder path = new StringBuilder(prefix);
    groups(number, path, "");
    if (width != WIDTH) {
      path.append(".p/").append(width);
    }
    return path.toString();
  }

  private static void groups(long number, StringBuilder path, String mark) {
    if (number >= 1000) {
      groups(number / 1000, path, "x");
      path.append('/');
    }
    path.append(mark);
    int group = (int) (number % 1000);
    path.append((char) ('0' + group / 100))
        .append((char) ('0' + group / 10 % 10))
        .append((char) ('0' + group % 10));
  }
}

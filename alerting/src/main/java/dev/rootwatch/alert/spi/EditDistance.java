package dev.rootwatch.alert.spi;

/**
 * How far words are apart, to find the one that somebody meant: Levenshtein's distance, in which
 * two neighbouring letters that changed places count once (optimal string alignment).
 */
final class EditDistance {
  private EditDistance() {}

  /**
   * How many letters have to be added, removed, replaced or swapped. Only the first 64 letters
   * count.
   */
  static int between(String one, String other) {
    String a = one.substring(0, Math.min(64, one.length()));
    String b = other.substring(0, Math.min(64, other.length()));
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        rows[i][j] = i == 0 ? j : j == 0 ? i : step(rows, a, b, i, j);
      }
    }
    return rows[a.length()][b.length()];
  }

  private static int step(int[][] rows, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int replaced = rows[i - 1][j - 1] + (same ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
  }
}

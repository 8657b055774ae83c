package dev.rootwatch.alert.spi;

/** Levenshtein's distance, to find the word that somebody meant. */
final class EditDistance {
  private EditDistance() {}

  /** How many letters have to be added, removed or replaced. Only the first 64 letters count. */
  static int between(String one, String other) {
    String a = one.substring(0, Math.min(64, one.length()));
    String b = other.substring(0, Math.min(64, other.length()));
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

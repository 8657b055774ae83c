package dev.rootwatch.daemon.cli;

/** Numbers with their nouns. */
final class Counted {
  private Counted() {}

  /** {@code 1 rule}, {@code 2 rules}, {@code 0 rules}. */
  static String of(long number, String noun) {
    return of(number, noun, noun + "s");
  }

  /** As {@link #of(long, String)}, for nouns that do more than take an s. */
  static String of(long number, String one, String several) {
    return number + " " + (number == 1 ? one : several);
  }
}

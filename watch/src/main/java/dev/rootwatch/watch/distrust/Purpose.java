package dev.rootwatch.watch.distrust;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a certificate is used for, as far as root programs tell it apart in their dates. */
public enum Purpose {
  /** TLS servers. */
  TLS,
  /** Mail. */
  SMIME,
  /** Code signing. */
  CODE;

  /** The word in JSON and in catalogs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Purpose> ofWord(String word) {
    return Arrays.stream(values()).filter(purpose -> purpose.word().equals(word)).findFirst();
  }
}

package dev.rootwatch.watch.distrust;

import java.util.Locale;
import java.util.Optional;

/** Why a family is in the catalog. */
public enum Category {
  LOSS_OF_CONFIDENCE(true),
  MIS_ISSUANCE(true),
  COMPROMISE(true),
  KEY_LEAK(true),
  INTERCEPTION(true),
  /** A root program refused it. */
  NEVER_ADMITTED(true),
  /** Scheduled phase-out: the same mechanisms as a distrust, but no finding against the CA. */
  LIFECYCLE(false),
  /** Left a program at its own wish. */
  VOLUNTARY_EXIT(false);

  private final boolean forCause;

  Category(boolean forCause) {
    this.forCause = forCause;
  }

  /** Whether events of this category are findings against the CA; {@code catalog:*} needs it. */
  public boolean forCause() {
    return forCause;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Category> ofWord(String word) {
    for (Category category : values()) {
      if (category.word().equals(word)) {
        return Optional.of(category);
      }
    }
    return Optional.empty();
  }
}

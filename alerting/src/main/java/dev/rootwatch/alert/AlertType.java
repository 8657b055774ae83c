package dev.rootwatch.alert;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What an alert is about. The order is part of the contract: an alert to which several types apply
 * has the first of them.
 */
public enum AlertType {
  NEW_SUBORDINATE,
  CROSS_SIGN,
  POSSIBLE_BACKDATING,
  DISTRUSTED_ISSUER,
  WATCHED_AUTHORITY,
  WATCHED_DOMAIN,
  PRECERTIFICATE_MISMATCH,
  MALFORMED_ENTRY,
  LOG_MISBEHAVIOUR,
  LOG_STALE,
  LOG_BEHIND,
  LOG_GAP,
  LIST_REFUSED,
  AUTHORITY_OVERFLOW,
  SILENCE,
  SINK_FAILING,
  STORE_FAILING,
  CLOCK_SKEW;

  /** The word in JSON, configuration and output, such as {@code new-subordinate}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The type of that {@link #word}, if there is one. */
  public static Optional<AlertType> ofWord(String word) {
    return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
  }

  /** The one that comes first in the order of the contract. */
  public AlertType first(AlertType other) {
    return compareTo(other) <= 0 ? this : other;
  }
}

package dev.rootwatch.ct;

import java.util.Locale;

/**
 * The state that a log list gives a log; {@link #ABSENT} where it gives none, as for logs that no
 * root program trusts (log_type {@code test} and {@code monitoring_only}), and for custom logs.
 */
public enum LogState {
  PENDING,
  QUALIFIED,
  USABLE,
  READONLY,
  RETIRED,
  REJECTED,
  ABSENT;

  /** The word used in log lists, configuration and output. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.rootwatch.alert;

import java.util.Locale;

/** How urgent an alert is, mildest first. */
public enum Severity {
  INFO,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /** The word in JSON, configuration and output. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

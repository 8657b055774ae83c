package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Severity;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is said about many alerts at once. */
final class Digest {
  private Digest() {}

  /** Such as {@code 37 alerts: 2 critical, 35 high}. */
  static String headline(List<Alert> alerts) {
    Map<Severity, Long> counts =
        alerts.stream()
            .collect(
                Collectors.groupingBy(
                    Alert::severity,
                    () -> new TreeMap<>(Collections.reverseOrder()),
                    Collectors.counting()));
    return alerts.size()
        + " alerts: "
        + counts.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey().word())
            .collect(Collectors.joining(", "));
  }
}

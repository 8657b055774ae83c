package dev.rootwatch.daemon.cli;

import dev.rootwatch.testlog.Planted;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Planted and delivered, compared. A certificate is one alert however often it is seen, and its
 * alert one delivery.
 *
 * @param planted ids of the alerts that must come
 * @param missing those that did not come
 * @param repeated those that came more than once: a second time, or in a second revision
 * @param unexpected those that came and were not planted
 */
record DemoSummary(
    SortedSet<String> planted,
    SortedSet<String> missing,
    SortedSet<String> repeated,
    SortedSet<String> unexpected) {
  private static final int MOST_NAMED = 20;

  /**
   * Compares.
   *
   * @param deliveries how often each webhook-id (alert id, dot, revision) was accepted
   */
  static DemoSummary of(Collection<Planted> planted, Map<String, Integer> deliveries) {
    SortedSet<String> expected = new TreeSet<>();
    planted.forEach(plant -> expected.add(plant.tbsSha256().toString()));
    SortedSet<String> came = new TreeSet<>();
    SortedSet<String> repeated = new TreeSet<>();
    deliveries.forEach((webhookId, times) -> {
      String id = webhookId.substring(0, webhookId.lastIndexOf('.'));
      if (!came.add(id) || times > 1) {
        repeated.add(id);
      }
    });
    SortedSet<String> missing = new TreeSet<>(expected);
    missing.removeAll(came);
    SortedSet<String> unexpected = new TreeSet<>(came);
    unexpected.removeAll(expected);
    return new DemoSummary(expected, missing, repeated, unexpected);
  }

  boolean holds() {
    return missing.isEmpty() && repeated.isEmpty() && unexpected.isEmpty();
  }

  String text() {
    StringBuilder text =
        new StringBuilder(
            "Planted %d findings: %d delivered, %d missing, %d more than once, %d not planted."
                .formatted(
                    planted.size(),
                    planted.size() - missing.size(),
                    missing.size(),
                    repeated.size(),
                    unexpected.size()));
    name(text, "missing", missing);
    name(text, "more than once", repeated);
    name(text, "not planted", unexpected);
    return text.toString();
  }

  private static void name(StringBuilder text, String word, SortedSet<String> ids) {
    ids.stream()
        .limit(MOST_NAMED)
        .forEach(id -> text.append("\n  ").append(word).append(' ').append(id));
    if (ids.size() > MOST_NAMED) {
      text.append("\n  and ").append(ids.size() - MOST_NAMED).append(" more ").append(word);
    }
  }
}

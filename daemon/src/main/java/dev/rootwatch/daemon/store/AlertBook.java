package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Sighting;
import dev.rootwatch.alert.Sighting.Verification;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Enters sightings and verdicts into the alerts of one transaction, and puts what is news into the
 * outbox. What is news is for {@link Alert#mergedWith} to say.
 */
final class AlertBook {
  private final AlertTable alerts;
  private final SightingTable sightings;
  private final OutboxTable outbox;
  private final LogTable logs;
  private final Function<Alert, Collection<String>> route;
  private final long now;

  private final Map<String, Alert> fresh = new LinkedHashMap<>();
  private final Map<String, Alert> revised = new LinkedHashMap<>();
  private final Set<String> sinks = new TreeSet<>();
  private final Map<String, Optional<Long>> logNumbers = new LinkedHashMap<>();

  AlertBook(Handle db, Function<Alert, Collection<String>> route, long now) {
    this.alerts = new AlertTable(db);
    this.sightings = new SightingTable(db);
    this.outbox = new OutboxTable(db);
    this.logs = new LogTable(db);
    this.route = route;
    this.now = now;
  }

  /** Enters an alert as it was seen once: new, or one more sighting of a known one. */
  void enter(Alert sighting) {
    AlertTable.@Nullable Row known = alerts.byId(sighting.id()).orElse(null);
    long no;
    if (known == null) {
      no = alerts.insert(sighting);
      fresh.put(sighting.id(), sighting);
      deliver(no, sighting);
    } else {
      no = known.no();
      replace(known, known.alert().mergedWith(sighting));
    }
    for (Sighting place : sighting.sightings()) {
      logNumber(place.log().id()).ifPresent(log -> sightings.put(log, no, place));
    }
  }

  /** Enters what a signed head says of the entries of a range. */
  void settle(LogId id, long log, List<EntryRange> ranges, Verification verdict) {
    for (EntryRange range : ranges) {
      for (long no : sightings.unsettled(log, range, verdict)) {
        AlertTable.Row known = alerts.byNumber(no);
        replace(
            known,
            known.alert().withVerification(id.toString(), range.from(), range.to(), verdict));
      }
      sightings.settle(log, range, verdict);
    }
  }

  CommitResult result() {
    return new CommitResult(
        List.copyOf(fresh.values()), List.copyOf(revised.values()), Set.copyOf(sinks));
  }

  private void replace(AlertTable.Row known, Alert.Merge merge) {
    Alert merged = merge.alert();
    if (merged.equals(known.alert())) {
      return;
    }
    alerts.update(known.no(), merged);
    if (fresh.containsKey(merged.id())) {
      fresh.put(merged.id(), merged);
    } else if (merge.newRevision() || revised.containsKey(merged.id())) {
      revised.put(merged.id(), merged);
    }
    if (merge.newRevision()) {
      deliver(known.no(), merged);
    }
  }

  private void deliver(long no, Alert alert) {
    sinks.addAll(outbox.put(no, alert.revision(), route.apply(alert), now));
  }

  /** Sightings of a log that the store does not know stay in the alert alone. */
  private Optional<Long> logNumber(String base64) {
    return logNumbers.computeIfAbsent(
        base64, id -> Optional.ofNullable(logs.number(LogId.ofBase64(id))));
  }
}

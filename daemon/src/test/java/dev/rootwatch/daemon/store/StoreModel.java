package dev.rootwatch.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Outbox;
import dev.rootwatch.alert.Sighting.Verification;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.watch.Examined.TallyRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What a store should hold, in maps. */
final class StoreModel {
  private record Hour(LogId log, Hash issuer, long hour) {}

  private record Delivery(String alert, String sink) {}

  private final Map<LogId, Coverage> coverage = new HashMap<>();
  private final Map<Hour, TallyRow> tally = new HashMap<>();
  private final Map<LogId, TreeSet<Long>> malformed = new HashMap<>();
  private final Map<String, Alert> alerts = new TreeMap<>();
  private final Map<Delivery, Integer> pending = new HashMap<>();

  long position(LogId log) {
    return coverage.getOrDefault(log, Coverage.NONE).last().map(Segment::to).orElse(0L);
  }

  void apply(LogCommit step, Function<Alert, Collection<String>> route, Instant now) {
    coverage.put(step.log(), step.coverage());
    for (TallyRow row : step.tally()) {
      tally.merge(
          new Hour(step.log(), row.issuerKeyHash(), row.hour()),
          row,
          (a, b) ->
              new TallyRow(
                  a.issuerKeyHash(),
                  a.hour(),
                  a.count() + b.count(),
                  Math.min(a.firstIndex(), b.firstIndex()),
                  Math.max(a.lastIndex(), b.lastIndex()),
                  b.authority()));
    }
    step.malformed()
        .forEach(row ->
            malformed.computeIfAbsent(step.log(), log -> new TreeSet<>()).add(row.entry().index()));
    for (Alert alert : step.alerts()) {
      Alert known = alerts.get(alert.id());
      put(known == null ? new Alert.Merge(alert, true) : known.mergedWith(alert), route);
    }
    settle(step.log(), step.verified(), Verification.VERIFIED, route);
    settle(step.log(), step.contradicted(), Verification.CONTRADICTED, route);
  }

  private void settle(
      LogId log,
      List<EntryRange> ranges,
      Verification verdict,
      Function<Alert, Collection<String>> route) {
    for (EntryRange range : ranges) {
      for (Alert alert : List.copyOf(alerts.values())) {
        put(alert.withVerification(log.toString(), range.from(), range.to(), verdict), route);
      }
    }
  }

  private void put(Alert.Merge merge, Function<Alert, Collection<String>> route) {
    Alert alert = merge.alert();
    alerts.put(alert.id(), alert);
    if (merge.newRevision()) {
      pending.replaceAll((delivery, revision) ->
          delivery.alert().equals(alert.id()) ? alert.revision() : revision);
      route
          .apply(alert)
          .forEach(sink -> pending.put(new Delivery(alert.id(), sink), alert.revision()));
    }
  }

  void accepted(Outbox.Item item) {
    pending.remove(new Delivery(item.alert().id(), item.sink()));
  }

  void assertEquals(Store store) {
    for (LogId log : List.of(Samples.LOG.id(), Samples.OTHER_LOG.id())) {
      assertThat(store.coverage(log)).isEqualTo(coverage.getOrDefault(log, Coverage.NONE));
      assertThat(store.malformed(log, 0, Integer.MAX_VALUE))
          .extracting(row -> row.entry().index())
          .containsExactlyElementsOf(malformed.getOrDefault(log, new TreeSet<>()));
    }
    List<Issuance> issued = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      issued.addAll(store.issuance(Samples.hash("issuer " + i), Instant.EPOCH));
    }
    assertThat(issued)
        .containsExactlyInAnyOrderElementsOf(
            tally.entrySet().stream()
                .map(entry -> new Issuance(entry.getKey().log(), entry.getValue()))
                .toList());
    List<Alert> stored = new ArrayList<>();
    store.forEachAlert(AlertQuery.ALL, alert -> stored.add(alert.alert()));
    assertThat(stored).containsExactlyInAnyOrderElementsOf(alerts.values());
    Map<Delivery, Integer> waiting = new HashMap<>();
    for (String sink : List.of("slack", "pager")) {
      for (Outbox.Item item : store.outbox().due(sink, Samples.NOW.plusSeconds(999), 1_000)) {
        waiting.put(new Delivery(item.alert().id(), sink), item.alert().revision());
      }
    }
    assertThat(waiting).isEqualTo(pending);
  }
}

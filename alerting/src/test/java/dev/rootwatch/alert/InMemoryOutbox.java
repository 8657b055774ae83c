package dev.rootwatch.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An outbox without a store: what the contract asks, in the plainest way. */
public final class InMemoryOutbox implements Outbox {
  private final Map<Key, Row> rows = new LinkedHashMap<>();

  /** Accepted deliveries, as {@code sink alert.revision}, in their order. */
  public final List<String> accepted = new ArrayList<>();

  /** Dead letters, as {@code sink alert.revision: reason}. */
  public final List<String> rejected = new ArrayList<>();

  private int failures;

  /** Puts an alert in, due at once. */
  public synchronized void add(String sink, Alert alert, Instant now) {
    rows.put(new Key(sink, alert.id(), alert.revision()), new Row(alert, 0, now, now));
  }

  /** The next so many answers cannot be written down. */
  public synchronized void failNext(int answers) {
    failures = answers;
  }

  public synchronized Optional<Instant> nextAttempt(String sink, Alert alert) {
    return Optional.ofNullable(rows.get(new Key(sink, alert.id(), alert.revision())))
        .map(Row::next);
  }

  @Override
  public synchronized List<Item> due(String sink, Instant now, int most) {
    Map<String, Map.Entry<Key, Row>> newest = new LinkedHashMap<>();
    rows.entrySet().stream()
        .filter(e -> e.getKey().sink().equals(sink))
        .forEach(e ->
            newest.merge(
                e.getKey().alert(),
                e,
                (a, b) -> a.getKey().revision() > b.getKey().revision() ? a : b));
    return newest.values().stream()
        .map(Map.Entry::getValue)
        .filter(row -> !row.next().isAfter(now))
        .sorted(Comparator.comparing(Row::createdAt))
        .limit(most)
        .map(row -> new Item(sink, row.alert(), row.attempts(), row.createdAt()))
        .toList();
  }

  @Override
  public synchronized Optional<Instant> nextDue(String sink) {
    return rows.entrySet().stream()
        .filter(e -> e.getKey().sink().equals(sink))
        .map(e -> e.getValue().next())
        .min(Comparator.naturalOrder());
  }

  @Override
  public synchronized void accepted(Item item, Instant at) {
    failIfAsked();
    accepted.add(item.sink() + " " + item.alert().deliveryId());
    settle(item);
  }

  @Override
  public synchronized void retry(Item item, Instant next, String reason) {
    failIfAsked();
    rows.computeIfPresent(
        key(item), (_, row) -> new Row(row.alert(), row.attempts() + 1, next, row.createdAt()));
  }

  @Override
  public synchronized void rejected(Item item, Instant at, String reason) {
    failIfAsked();
    rejected.add(item.sink() + " " + item.alert().deliveryId() + ": " + reason);
    settle(item);
  }

  @Override
  public synchronized long pending(String sink) {
    return rows.keySet().stream().filter(key -> key.sink().equals(sink)).count();
  }

  private void failIfAsked() {
    if (failures > 0) {
      failures--;
      throw new IllegalStateException("disk full");
    }
  }

  private void settle(Item item) {
    rows.keySet()
        .removeIf(key ->
            key.sink().equals(item.sink())
                && key.alert().equals(item.alert().id())
                && key.revision() <= item.alert().revision());
    notifyAll();
  }

  /** Waits until nothing is pending for {@code sink}, at most {@code limit}. */
  public synchronized void awaitSettled(String sink, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (long left = limit.toNanos();
        pending(sink) > 0 && left > 0;
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private static Key key(Item item) {
    return new Key(item.sink(), item.alert().id(), item.alert().revision());
  }

  private record Key(String sink, String alert, int revision) {}

  private record Row(Alert alert, int attempts, Instant next, Instant createdAt) {}
}

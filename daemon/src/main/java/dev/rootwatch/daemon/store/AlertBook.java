package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Sighting;
import dev.rootwatch.alert.Sighting.Verification;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.daemon.store.SecondReading.Found;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Enters sightings and verdicts into the alerts of one transaction, and puts what is news into the
 * outbox. What is news is for {@link Alert#mergedWith} to say.
 *
 * <p>Alerts that the transaction sees are merged in memory and written once, at the end: most are
 * found and proven in the same step. Those that only a verdict touches can be many; each is written
 * as it comes.
 */
final class AlertBook {
  private final AlertTable alerts;
  private final SightingTable sightings;
  private final OutboxTable outbox;
  private final LogTable logs;
  private final Function<Alert, Collection<String>> route;
  private final long now;

  private final Map<String, Page> pages = new LinkedHashMap<>();
  private final Map<String, Optional<Long>> logNumbers = new LinkedHashMap<>();

  private final Map<String, Alert> fresh = new LinkedHashMap<>();
  private final Map<String, Alert> revised = new LinkedHashMap<>();
  private final Set<String> sinks = new TreeSet<>();

  /** An alert as the transaction found it and as it stands now. */
  private static final class Page {
    private final Optional<AlertTable.Row> known;
    private final List<Sighting> places = new ArrayList<>();
    private Alert alert;
    private boolean news;

    Page(Optional<AlertTable.Row> known, Alert alert) {
      this.known = known;
      this.alert = alert;
      this.news = known.isEmpty();
    }

    void become(Alert.Merge merge) {
      alert = merge.alert();
      news |= merge.newRevision();
    }
  }

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
    Page page = pages.get(sighting.id());
    if (page == null) {
      page = pageOf(sighting);
      pages.put(sighting.id(), page);
    } else {
      page.become(page.alert.mergedWith(sighting));
    }
    page.places.addAll(sighting.sightings());
  }

  private Page pageOf(Alert sighting) {
    Optional<AlertTable.Row> known = alerts.byId(sighting.id());
    if (known.isEmpty()) {
      return new Page(known, sighting);
    }
    Page page = new Page(known, known.get().alert());
    page.become(page.alert.mergedWith(sighting));
    return page;
  }

  /**
   * Enters what signed heads say of the entries of {@code ranges}. Writes what was entered before.
   *
   * @param id the log of the ranges
   * @param log its number
   */
  void settle(LogId id, long log, List<EntryRange> ranges, Verification verdict) {
    for (EntryRange range : ranges) {
      pages.values().forEach(page -> page.become(judged(page.alert, id, range, verdict)));
    }
    write();
    for (EntryRange range : ranges) {
      for (long no : sightings.unsettled(log, range, verdict)) {
        AlertTable.Row known = alerts.byNumber(no);
        Page page = new Page(Optional.of(known), known.alert());
        page.become(judged(known.alert(), id, range, verdict));
        write(page);
      }
      sightings.settle(log, range, verdict);
    }
  }

  /**
   * Enters that what a first reading told of entries, and the second one did not find in them, was
   * never in the log. Writes what was entered before.
   */
  void disown(LogId id, long log, SecondReading reading) {
    write();
    for (SightingTable.Pending pending : sightings.pending(log, reading.range())) {
      if (!reading.found().contains(new Found(pending.index(), pending.alertId()))) {
        AlertTable.Row known = alerts.byNumber(pending.alertNo());
        Page page = new Page(Optional.of(known), known.alert());
        EntryRange place = new EntryRange(pending.index(), pending.index() + 1);
        page.become(judged(known.alert(), id, place, Verification.CONTRADICTED));
        write(page);
        sightings.settle(log, pending.index(), pending.alertNo(), Verification.CONTRADICTED);
      }
    }
  }

  /** Writes what was entered. */
  void write() {
    pages.values().forEach(this::write);
    pages.clear();
  }

  CommitResult result() {
    return new CommitResult(
        List.copyOf(fresh.values()), List.copyOf(revised.values()), Set.copyOf(sinks));
  }

  private void write(Page page) {
    Alert alert = page.alert;
    long no;
    if (page.known.isEmpty()) {
      no = alerts.insert(alert);
      fresh.put(alert.id(), alert);
    } else {
      no = page.known.get().no();
      if (!alert.equals(page.known.get().alert())) {
        alerts.update(no, alert);
        tell(page);
      }
    }
    if (page.news) {
      sinks.addAll(outbox.put(no, alert.revision(), route.apply(alert), now));
    }
    for (Sighting place : page.places) {
      logNumber(place.log().id())
          .ifPresent(log -> sightings.put(log, no, place, verification(alert, place)));
    }
  }

  /** A fresh alert that one more verdict of the same step changes is still a fresh one. */
  private void tell(Page page) {
    Alert alert = page.alert;
    if (fresh.containsKey(alert.id())) {
      fresh.put(alert.id(), alert);
    } else if (page.news || revised.containsKey(alert.id())) {
      revised.put(alert.id(), alert);
    }
  }

  private static Alert.Merge judged(
      Alert alert, LogId log, EntryRange range, Verification verdict) {
    return alert.withVerification(log.toString(), range.from(), range.to(), verdict);
  }

  /** As the alert has it by now; an alert lists only so many sightings. */
  private static Verification verification(Alert alert, Sighting place) {
    return alert.sightings().stream()
        .filter(listed -> listed.index() == place.index() && listed.log().equals(place.log()))
        .map(Sighting::verification)
        .findFirst()
        .orElse(place.verification());
  }

  /** Sightings of a log that the store does not know stay in the alert alone. */
  private Optional<Long> logNumber(String base64) {
    return logNumbers.computeIfAbsent(
        base64, id -> Optional.ofNullable(logs.number(LogId.ofBase64(id))));
  }
}

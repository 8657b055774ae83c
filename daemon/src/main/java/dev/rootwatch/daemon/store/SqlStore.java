package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Outbox;
import dev.rootwatch.alert.Sighting.Verification;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.daemon.config.Config.RetentionConfig;
import dev.rootwatch.watch.Examined.MalformedRow;
import dev.rootwatch.watch.Examined.TallyRow;
import dev.rootwatch.watch.authority.AuthorityGraph;
import dev.rootwatch.watch.authority.LearnedAuthority;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The store in SQL that SQLite and PostgreSQL both understand. */
final class SqlStore implements Store {
  private static final int ALERTS_PER_PAGE = 200;
  private static final int ROWS_PER_CLEANING = 5_000;

  /** Heads are polled for every half minute; those that nothing stands on are kept this long. */
  private static final Duration UNUSED_HEADS = Duration.ofDays(1);

  private final Database database;
  private final InstantSource clock;
  private final Function<Alert, Collection<String>> route;
  private final Outbox outbox;

  /** Numbers of logs; a log is never deleted, so they stay true. */
  private final ConcurrentMap<LogId, Long> numbers = new ConcurrentHashMap<>();

  SqlStore(Database database, InstantSource clock, Function<Alert, Collection<String>> route) {
    this.database = database;
    this.clock = clock;
    this.route = route;
    this.outbox = new SqlOutbox(database);
  }

  @Override
  public CommitResult commit(LogCommit step) {
    return database.write(db -> {
      long now = clock.millis();
      long log = known(db, step.log());
      new SegmentTable(db).replace(log, step.coverage());
      new LogTable(db).startedBy(log, step.coverage());
      new HeadTable(db).put(log, step.heads(), !step.contradicted().isEmpty(), now);
      new TallyTable(db).add(log, step.tally());
      MalformedTable malformed = new MalformedTable(db);
      SecondReading again = step.secondReading();
      if (again != null) {
        malformed.forget(log, again.range());
        malformed.add(log, again.malformed(), now);
      }
      malformed.add(log, step.malformed(), now);
      ObligationTable obligations = new ObligationTable(db);
      obligations.oweMeanwhileLearned(log, step.tally(), now);
      obligations.owe(log, step.undecided(), now);
      Obligation.Fulfilled fulfilled = step.fulfilled();
      if (fulfilled != null) {
        obligations.fulfil(log, fulfilled, now);
      }
      learn(db, step.authorities(), now);
      AlertBook book = new AlertBook(db, route, now);
      step.alerts().forEach(book::enter);
      if (again != null) {
        book.disown(step.log(), log, again);
      }
      book.settle(step.log(), log, step.verified(), Verification.VERIFIED);
      book.settle(step.log(), log, step.contradicted(), Verification.CONTRADICTED);
      return book.result();
    });
  }

  @Override
  public CommitResult record(Alert alert, List<SignedTreeHead> evidence) {
    return database.write(db -> {
      long now = clock.millis();
      for (SignedTreeHead head : evidence) {
        new HeadTable(db).put(known(db, head.log()), List.of(head), true, now);
      }
      AlertBook book = new AlertBook(db, route, now);
      book.enter(alert);
      book.write();
      return book.result();
    });
  }

  // Logs

  @Override
  public void putLogs(Collection<CtLog> named, Collection<CtLog> described, Instant now) {
    database.change(db -> {
      LogTable table = new LogTable(db);
      table.put(named, now.toEpochMilli());
      Set<LogId> ids = named.stream().map(CtLog::id).collect(Collectors.toSet());
      table.describe(described.stream().filter(log -> !ids.contains(log.id())).toList());
    });
  }

  @Override
  public List<KnownLog> logs() {
    return database.read(db -> new LogTable(db).all());
  }

  @Override
  public void setStatus(LogId log, LogStatus status) {
    database.change(db -> new StatusTable(db).put(known(db, log), status));
  }

  @Override
  public Optional<LogStatus> status(LogId log) {
    return ofLog(log, Optional.empty(), (db, no) -> new StatusTable(db).of(no));
  }

  // Reading

  @Override
  public void putHead(SignedTreeHead head) {
    database.change(
        db -> new HeadTable(db).put(known(db, head.log()), List.of(head), false, clock.millis()));
  }

  @Override
  public Coverage coverage(LogId log) {
    return ofLog(log, Coverage.NONE, (db, no) -> new SegmentTable(db).of(no));
  }

  @Override
  public Optional<SignedTreeHead> newestHead(LogId log) {
    return ofLog(log, Optional.empty(), (db, no) -> new HeadTable(db).newest(log, no));
  }

  @Override
  public Optional<Instant> grownAt(LogId log) {
    return ofLog(log, Optional.empty(), (db, no) -> new HeadTable(db).largestSince(no));
  }

  @Override
  public List<SignedTreeHead> heads(LogId log, long size) {
    return ofLog(log, List.of(), (db, no) -> new HeadTable(db).ofSize(log, no, size));
  }

  @Override
  public EntryCounts counts(LogId log) {
    return ofLog(
        log,
        new EntryCounts(0, 0, 0),
        (db, no) ->
            new EntryCounts(
                new SegmentTable(db).examined(no),
                new SightingTable(db).findings(no),
                new MalformedTable(db).count(no) + new MalformedTable(db).notListed(no)));
  }

  @Override
  public List<MalformedRow> malformed(LogId log, long from, int most) {
    return ofLog(log, List.of(), (db, no) -> new MalformedTable(db).of(no, from, most));
  }

  @Override
  public List<Issuance> issuance(Hash issuerKeyHash, Instant since) {
    return database.read(db -> new TallyTable(db).ofIssuer(issuerKeyHash, since));
  }

  @Override
  public List<TallyRow> issuers(LogId log, Instant since) {
    return ofLog(log, List.of(), (db, no) -> new TallyTable(db).inLog(no, since));
  }

  // Authorities

  @Override
  public List<LearnedAuthority> authorities() {
    return database.read(db -> new AuthorityTable(db).all());
  }

  @Override
  public void learn(AuthorityGraph.Unsaved learned) {
    database.change(db -> learn(db, learned, clock.millis()));
  }

  private static void learn(Handle db, AuthorityGraph.Unsaved learned, long now) {
    new AuthorityTable(db).add(learned.edges(), now);
    new ObligationTable(db).watch(learned.watched(), now);
  }

  @Override
  public void watch(Collection<Hash> keys) {
    database.change(db -> new ObligationTable(db).watchOnly(keys, clock.millis()));
  }

  @Override
  public Optional<Obligation> obligation(LogId log) {
    return ofLog(log, Optional.empty(), (db, no) -> new ObligationTable(db).oldest(no));
  }

  @Override
  public void owe(LogId log, EntryRange range) {
    database.change(
        db -> new ObligationTable(db).owe(known(db, log), List.of(range), clock.millis()));
  }

  @Override
  public long owed() {
    return database.read(db -> new ObligationTable(db).count());
  }

  // Alerts

  @Override
  public void forEachAlert(AlertQuery query, Consumer<StoredAlert> receiver) {
    AlertTable.@Nullable Row last = null;
    long left = query.limit();
    while (left > 0) {
      AlertTable.Row after = last;
      int most = (int) Math.min(left, ALERTS_PER_PAGE);
      List<AlertTable.Row> page = database.read(db -> new AlertTable(db).page(query, after, most));
      page.forEach(row -> receiver.accept(row.stored()));
      if (page.size() < most) {
        return;
      }
      last = page.getLast();
      left -= most;
    }
  }

  @Override
  public Optional<StoredAlert> alert(String id) {
    return database.read(db -> new AlertTable(db).byId(id)).map(AlertTable.Row::stored);
  }

  @Override
  public List<StoredAlert> alertsStartingWith(String prefix, int most) {
    return database.read(db -> new AlertTable(db).startingWith(prefix, most)).stream()
        .map(AlertTable.Row::stored)
        .toList();
  }

  @Override
  public List<DeliveryRow> deliveries(String alertId) {
    return database.read(db -> new OutboxTable(db).of(alertId));
  }

  @Override
  public int retry(String alertId, Instant now) {
    return database.write(db ->
        new AlertTable(db)
            .byId(alertId)
            .map(row -> new OutboxTable(db).retryNow(row.no(), row.alert(), now.toEpochMilli()))
            .orElse(0));
  }

  @Override
  public boolean acknowledge(String alertId, Instant now) {
    return database.write(db -> new AlertTable(db).acknowledge(alertId, now.toEpochMilli()));
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public int abandon(Predicate<String> exists, Instant now) {
    return database.write(db -> {
      OutboxTable table = new OutboxTable(db);
      return table.waitingSinks().stream()
          .filter(exists.negate())
          .mapToInt(sink -> table.abandon(sink, now.toEpochMilli()))
          .sum();
    });
  }

  // The rest

  @Override
  public Optional<String> meta(String name) {
    return database.read(db -> new MetaTable(db).get(name));
  }

  @Override
  public void putMeta(String name, String value) {
    database.change(db -> new MetaTable(db).put(name, value));
  }

  @Override
  public long retain(Instant now, RetentionConfig retention) {
    long tallies = now.minus(retention.tallies()).toEpochMilli();
    long deliveries = now.minus(retention.deliveries()).toEpochMilli();
    long evidence = now.minus(retention.evidence()).toEpochMilli();
    long heads = now.minus(UNUSED_HEADS).toEpochMilli();
    return repeatedly(db -> new TallyTable(db).forget(tallies, ROWS_PER_CLEANING))
        + repeatedly(db -> new OutboxTable(db).forget(deliveries, ROWS_PER_CLEANING))
        + database.write(db -> new HeadTable(db).forget(heads, evidence))
        + database.write(db -> new MalformedTable(db).forgetBytes(evidence));
  }

  @Override
  public void close() {
    database.close();
  }

  /** In small transactions, so that commits of windows come between. */
  private long repeatedly(ToIntFunction<Handle> cleaning) {
    long total = 0;
    int deleted;
    do {
      deleted = database.write(cleaning::applyAsInt);
      total += deleted;
    } while (deleted == ROWS_PER_CLEANING);
    return total;
  }

  /** A question about one log. */
  @FunctionalInterface
  private interface Question<T> {
    T ask(Handle db, long log);
  }

  private <T> T ofLog(LogId log, T whenUnknown, Question<T> question) {
    return database.read(db -> {
      Long no = number(db, log);
      return no == null ? whenUnknown : question.ask(db, no);
    });
  }

  private long known(Handle db, LogId log) {
    Long no = number(db, log);
    if (no == null) {
      throw new IllegalArgumentException("log " + log + " was never put into the store");
    }
    return no;
  }

  private @Nullable Long number(Handle db, LogId log) {
    Long cached = numbers.get(log);
    if (cached != null) {
      return cached;
    }
    Long no = new LogTable(db).number(log);
    // Inside a transaction that may still be rolled back only what an earlier one wrote is seen:
    // putLogs is a transaction of its own.
    if (no != null) {
      numbers.put(log, no);
    }
    return no;
  }
}

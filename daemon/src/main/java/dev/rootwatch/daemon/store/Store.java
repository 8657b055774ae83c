package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Outbox;
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
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What survives a crash: how far each log was read, what was found, and what is still to be
 * delivered.
 *
 * <p>Every method is one transaction and safe to call from any thread, virtual ones too. Reads see
 * what was committed last. All throw {@link StoreException} when the store fails; a store opened
 * read-only throws {@link UnsupportedOperationException} where it would have to write.
 */
public interface Store extends AutoCloseable {

  // Logs

  /**
   * Says which logs the list and the configuration name now. New ones become known, known ones get
   * the new description, and known ones that are not named are marked as gone.
   */
  default void putLogs(Collection<CtLog> named, Instant now) {
    putLogs(named, List.of(), now);
  }

  /**
   * As above.
   *
   * @param described logs that the list names, too, but in a state that is not followed: those of
   *     them that are known get the new description. A final head that was told before stays when
   *     the log is retired or rejected, for such states carry none
   */
  void putLogs(Collection<CtLog> named, Collection<CtLog> described, Instant now);

  /** Every log that was ever put, by name. */
  List<KnownLog> logs();

  /** How reading goes. */
  void setStatus(LogId log, LogStatus status);

  /** What {@link #setStatus} said last. */
  Optional<LogStatus> status(LogId log);

  // Reading

  /** Stores one step. Repeating it changes nothing but the tally. */
  CommitResult commit(LogCommit commit);

  /** Stores a head that its log showed, whether anything comes to be read for it or not. */
  void putHead(SignedTreeHead head);

  /** What was read of {@code log}; {@link Coverage#NONE} when nothing. */
  Coverage coverage(LogId log);

  /**
   * The largest head of {@code log}, of several trees of that size the one that was known first: a
   * log only grows, and one that shows less than it did, or another tree, moves nothing back.
   */
  Optional<SignedTreeHead> newestHead(LogId log);

  /** When the largest head of {@code log} was first stored; empty when none was. */
  Optional<Instant> grownAt(LogId log);

  /**
   * Heads of {@code log} with {@code size} entries, latest timestamp first; two roots are evidence.
   */
  List<SignedTreeHead> heads(LogId log, long size);

  /** Examined, findings and malformed entries of {@code log}. */
  EntryCounts counts(LogId log);

  /** Entries of {@code log} that could not be read, in order of index, from {@code from} on. */
  List<MalformedRow> malformed(LogId log, long from, int most);

  /**
   * Issuance of one key since an instant, by log and hour. Where a key becomes known late, the
   * indexes say what to read again.
   */
  List<Issuance> issuance(Hash issuerKeyHash, Instant since);

  /**
   * All keys that issued into {@code log} since an instant, one row per key: counts and indexes.
   */
  List<TallyRow> issuers(LogId log, Instant since);

  // Authorities

  /** The edges of the graph of authorities, in the order in which they were learned. */
  List<LearnedAuthority> authorities();

  /**
   * Stores what the graph learned by other means than reading a log, and owes what is tallied of
   * keys that are watched since.
   */
  void learn(AuthorityGraph.Unsaved learned);

  /**
   * Says whose issuance is looked for from now on. What is tallied of keys that were not watched
   * before is owed.
   */
  void watch(Collection<Hash> keys);

  /** The entries of {@code log} that have waited longest to be examined again. */
  Optional<Obligation> obligation(LogId log);

  /** Owes entries of {@code log}: they are to be examined again. */
  void owe(LogId log, EntryRange range);

  /** How many ranges of entries, of all logs, are to be examined again. */
  long owed();

  // Alerts

  /**
   * Stores an alert that no entry of a log caused: about a log or about ourselves. Merged by id as
   * in {@link #commit}.
   *
   * @param evidence heads to keep with it
   */
  CommitResult record(Alert alert, List<SignedTreeHead> evidence);

  /**
   * Hands on the alerts that {@code query} asks for, in order of firstSeen, then id. They are read
   * in pages: the receiver may be slow and may call the store.
   */
  void forEachAlert(AlertQuery query, Consumer<StoredAlert> receiver);

  /** The alert with this id. */
  Optional<StoredAlert> alert(String id);

  /**
   * Alerts whose id begins with {@code prefix}, at most {@code most}, for people who do not type it
   * whole.
   */
  List<StoredAlert> alertsStartingWith(String prefix, int most);

  /** The deliveries of an alert, by sink and revision. */
  List<DeliveryRow> deliveries(String alertId);

  /**
   * Tries the newest revision's dead letters and waiting deliveries of an alert again at once.
   *
   * @return how many
   */
  int retry(String alertId, Instant now);

  /** Notes that somebody has seen to it; false when there is no such alert. */
  boolean acknowledge(String alertId, Instant now);

  /** What is still to be delivered. */
  Outbox outbox();

  /**
   * Settles as rejected whatever waits for a sink that no longer exists, so that it does not wait
   * for ever.
   *
   * @param exists whether the configuration has a sink of this id
   * @return how many
   */
  int abandon(Predicate<String> exists, Instant now);

  // The rest

  /** A small value kept under a name: that the first start is over, the list's timestamp. */
  Optional<String> meta(String name);

  /** Keeps a small value under a name. */
  void putMeta(String name, String value);

  /**
   * Deletes what is older than it has to be, in small transactions.
   *
   * @return how many rows
   */
  long retain(Instant now, RetentionConfig retention);

  @Override
  void close();
}

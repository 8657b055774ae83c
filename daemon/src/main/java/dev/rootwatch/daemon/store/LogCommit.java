package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.watch.Examined.MalformedRow;
import dev.rootwatch.watch.Examined.TallyRow;
import dev.rootwatch.watch.authority.AuthorityGraph;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one step of reading a log changes; stored in one transaction or not at all.
 *
 * <p>Alerts, malformed rows and authorities may come twice: unique keys absorb them. A tally is
 * added on, so it must count only entries that {@code coverage} newly claims; whoever reads entries
 * a second time leaves it empty. As both are in the same transaction, a replay after a crash cannot
 * count an entry twice.
 *
 * @param log whose step it is; the store must know it ({@link Store#putLogs})
 * @param coverage the log's whole coverage after this step; replaces what was stored
 * @param heads signed heads that the coverage refers to, and the newest one seen. Where {@code
 *     contradicted} is not empty they are kept as evidence
 * @param alerts what the step found, each as a first sighting; the store merges them with what it
 *     has and writes the outbox rows
 * @param tally issuance in the entries read
 * @param malformed entries that could not be read
 * @param verified ranges that a signed head confirmed in this step: their sightings become verified
 * @param contradicted ranges that a signed head contradicts: their sightings, and a new revision
 * @param authorities what the graph of authorities learned and no step has stored yet. What is
 *     tallied of keys that are watched since, in whatever log, is to be examined again
 * @param secondReading of entries in {@code verified}, which is to be believed instead of what an
 *     earlier step said of them; null when none were read again
 * @param undecided entries that are to be examined again
 * @param fulfilled what was examined again in this step; null when nothing was
 */
public record LogCommit(
    LogId log,
    Coverage coverage,
    List<SignedTreeHead> heads,
    List<Alert> alerts,
    List<TallyRow> tally,
    List<MalformedRow> malformed,
    List<EntryRange> verified,
    List<EntryRange> contradicted,
    AuthorityGraph.Unsaved authorities,
    @Nullable SecondReading secondReading,
    List<EntryRange> undecided,
    Obligation.@Nullable Fulfilled fulfilled) {

  private static final AuthorityGraph.Unsaved NOTHING =
      new AuthorityGraph.Unsaved(List.of(), Set.of());

  public LogCommit {
    heads = List.copyOf(heads);
    alerts = List.copyOf(alerts);
    tally = List.copyOf(tally);
    malformed = List.copyOf(malformed);
    verified = List.copyOf(verified);
    contradicted = List.copyOf(contradicted);
    undecided = List.copyOf(undecided);
  }

  /** A step that learned of no authority. */
  public LogCommit(
      LogId log,
      Coverage coverage,
      List<SignedTreeHead> heads,
      List<Alert> alerts,
      List<TallyRow> tally,
      List<MalformedRow> malformed,
      List<EntryRange> verified,
      List<EntryRange> contradicted) {
    this(
        log,
        coverage,
        heads,
        alerts,
        tally,
        malformed,
        verified,
        contradicted,
        NOTHING,
        null,
        List.of(),
        null);
  }

  /** A step that changes the coverage alone, with the heads it refers to. */
  public static LogCommit of(LogId log, Coverage coverage, List<SignedTreeHead> heads) {
    return new LogCommit(
        log, coverage, heads, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** The same step, in which entries were read again. */
  public LogCommit with(SecondReading reading) {
    return with(authorities, reading, undecided, fulfilled);
  }

  /** The same step, with what was learned until then and what it leaves undecided. */
  public LogCommit with(AuthorityGraph.Unsaved learned, List<EntryRange> left) {
    return with(learned, secondReading, left, fulfilled);
  }

  /** The same step, in which entries were examined again that were owed. */
  public LogCommit with(Obligation.Fulfilled done) {
    return with(authorities, secondReading, undecided, done);
  }

  private LogCommit with(
      AuthorityGraph.Unsaved learned,
      @Nullable SecondReading reading,
      List<EntryRange> left,
      Obligation.@Nullable Fulfilled done) {
    return new LogCommit(
        log,
        coverage,
        heads,
        alerts,
        tally,
        malformed,
        verified,
        contradicted,
        learned,
        reading,
        left,
        done);
  }
}

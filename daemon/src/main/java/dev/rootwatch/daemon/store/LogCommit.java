package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.watch.Examined.MalformedRow;
import dev.rootwatch.watch.Examined.TallyRow;
import java.util.List;
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
 * @param authorities CA certificates (DER) that the graph of authorities learned in this step
 * @param secondReading of entries in {@code verified}, which is to be believed instead of what an
 *     earlier step said of them; null when none were read again
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
    List<byte[]> authorities,
    @Nullable SecondReading secondReading) {

  public LogCommit {
    heads = List.copyOf(heads);
    alerts = List.copyOf(alerts);
    tally = List.copyOf(tally);
    malformed = List.copyOf(malformed);
    verified = List.copyOf(verified);
    contradicted = List.copyOf(contradicted);
    authorities = List.copyOf(authorities);
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
    this(log, coverage, heads, alerts, tally, malformed, verified, contradicted, List.of(), null);
  }

  /** A step that changes the coverage alone, with the heads it refers to. */
  public static LogCommit of(LogId log, Coverage coverage, List<SignedTreeHead> heads) {
    return new LogCommit(
        log, coverage, heads, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** The same step, in which entries were read again. */
  public LogCommit with(SecondReading reading) {
    return new LogCommit(
        log,
        coverage,
        heads,
        alerts,
        tally,
        malformed,
        verified,
        contradicted,
        authorities,
        reading);
  }
}

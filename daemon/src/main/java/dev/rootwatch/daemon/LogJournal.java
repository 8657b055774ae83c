package dev.rootwatch.daemon;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertId;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.MisplacedLeaf;
import dev.rootwatch.ct.read.ReadWindow;
import dev.rootwatch.ct.read.SegmentVerifier.Judgement;
import dev.rootwatch.daemon.store.CommitResult;
import dev.rootwatch.daemon.store.LogCommit;
import dev.rootwatch.daemon.store.Obligation;
import dev.rootwatch.daemon.store.SecondReading;
import dev.rootwatch.daemon.store.SecondReading.Found;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.watch.Examined;
import dev.rootwatch.watch.Examined.MalformedRow;
import dev.rootwatch.watch.Examined.TallyRow;
import dev.rootwatch.watch.Examined.WrongIssuer;
import dev.rootwatch.watch.authority.AuthorityGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a monitor did: each step with everything that it caused, in one transaction, and
 * what the log did wrong.
 *
 * <p>A log that misbehaves is one alert, whatever it does, until it has behaved for a day: the
 * first thing it did stands in the alert's detail, what followed in a list beside it.
 *
 * <p>Safe for several threads: whoever compares a log with the list has things to say of it, too.
 */
final class LogJournal {
  /** A log that did nothing wrong for so long begins anew. */
  static final Duration FORGIVEN_AFTER = Duration.ofHours(24);

  private static final int MOST_FURTHER = 20;

  /** Heads kept as evidence, beyond those of the first misdeed of a kind. */
  private static final int MOST_EVIDENCE_HEADS = 100;

  private final CtLog log;
  private final Store store;
  private final AlertComposer alerts;
  private final Episodes episodes;
  private final LogProgress progress;
  private final AuthorityGraph graph;
  private int evidenceHeads;

  /**
   * @param graph what it learned is stored with the next step, whichever log taught it
   */
  LogJournal(
      CtLog log,
      Store store,
      AlertComposer alerts,
      Episodes episodes,
      LogProgress progress,
      AuthorityGraph graph) {
    this.log = log;
    this.store = store;
    this.alerts = alerts;
    this.episodes = episodes;
    this.progress = progress;
    this.graph = graph;
  }

  /** The coverage changed, and nothing was read: a new place to read from, a newer proof. */
  synchronized Coverage covered(Coverage coverage, SignedTreeHead head) {
    store.commit(LogCommit.of(log.id(), coverage, List.of(head)));
    return coverage;
  }

  /** Everything that windows caused, with the judgement on them. */
  synchronized Coverage commit(
      List<ReadWindow<Examined>> windows, Judgement judgement, SignedTreeHead head) {
    return commit(windows, null, judgement, head);
  }

  /**
   * The judgement on entries that were read again. Where they fit now, what the first reading said
   * of them and the second does not was never in the log.
   */
  synchronized Coverage commit(SecondReading reading, Judgement judgement, SignedTreeHead head) {
    return commit(List.of(), reading, judgement, head);
  }

  private Coverage commit(
      List<ReadWindow<Examined>> windows,
      @Nullable SecondReading again,
      Judgement judgement,
      SignedTreeHead head) {
    List<Alert> found = new ArrayList<>();
    List<TallyRow> tally = new ArrayList<>();
    List<MalformedRow> malformed = new ArrayList<>();
    for (ReadWindow<Examined> window : windows) {
      found.addAll(alerts.of(window.examined().findings()));
      tally.addAll(window.examined().tally());
      malformed.addAll(window.examined().malformed());
    }
    List<EntryRange> verified = List.of();
    List<EntryRange> contradicted = List.of();
    switch (judgement) {
      case Judgement.Verified proven -> verified = List.of(proven.range());
      case Judgement.Contradicted lie -> {
        contradicted = List.of(lie.range());
        found.add(alert(AlertComposer.contradiction(log, lie, head)));
      }
      case Judgement.Unproven lie -> found.add(alert(AlertComposer.wrongProof(log, lie, head)));
      case Judgement.Nothing nothing -> {}
    }
    wrongInWindows(windows).map(this::alert).ifPresent(found::add);
    @Nullable SecondReading healed = judgement instanceof Judgement.Verified ? again : null;
    if (again != null && healed == null) {
      malformed.addAll(again.malformed());
    }
    Coverage coverage = judgement.coverage();
    LogCommit step =
        new LogCommit(
            log.id(), coverage, List.of(head), found, tally, malformed, verified, contradicted);
    CommitResult result = stored(healed == null ? step : step.with(healed), windows);
    progress.committed(windows, coverage, head, result);
    return coverage;
  }

  /** With what was learned up to now: told again should this not be stored. */
  private CommitResult stored(LogCommit step, List<ReadWindow<Examined>> windows) {
    List<EntryRange> undecided =
        windows.stream()
            .map(window -> window.examined().undecided())
            .filter(Objects::nonNull)
            .toList();
    AuthorityGraph.Unsaved learned = graph.unsaved();
    CommitResult result = store.commit(step.with(learned, undecided));
    graph.saved(learned);
    return result;
  }

  /**
   * Entries that were owed were examined again, and are proven to be the log's: told like any
   * finding, in one transaction with the obligation's end, not tallied twice.
   */
  synchronized void fulfilled(
      Obligation.Fulfilled done,
      List<ReadWindow<Examined>> windows,
      Coverage coverage,
      SignedTreeHead head) {
    List<Alert> found = new ArrayList<>();
    List<MalformedRow> malformed = new ArrayList<>();
    for (ReadWindow<Examined> window : windows) {
      found.addAll(alerts.of(window.examined().findings()));
      malformed.addAll(window.examined().malformed());
    }
    EntryRange range = new EntryRange(done.obligation().range().from(), done.upTo());
    LogCommit step =
        new LogCommit(
            log.id(),
            coverage,
            List.of(head),
            found,
            List.of(),
            malformed,
            range.isEmpty() ? List.of() : List.of(range),
            List.of());
    progress.raised(stored(step.with(done), windows));
  }

  /** What a second reading of the same entries found: told like any finding, not tallied twice. */
  synchronized List<Found> found(ReadWindow<Examined> window) {
    EntryRange undecided = window.examined().undecided();
    if (undecided != null) {
      store.owe(log.id(), undecided);
    }
    List<Alert> found = alerts.of(window.examined().findings());
    found.forEach(alert -> progress.raised(store.record(alert, List.of())));
    return found.stream()
        .flatMap(
            alert -> alert.sightings().stream().map(seen -> new Found(seen.index(), alert.id())))
        .toList();
  }

  /** Something that no reading showed: a head that must not be, a proof that proves nothing. */
  synchronized void misbehaved(Misbehaviour misbehaviour) {
    List<SignedTreeHead> heads =
        evidenceHeads < MOST_EVIDENCE_HEADS ? misbehaviour.heads() : List.of();
    evidenceHeads += heads.size();
    progress.raised(store.record(alert(misbehaviour), heads));
  }

  /** The alert about this log with one more misdeed in it. */
  private Alert alert(Misbehaviour misbehaviour) {
    Instant start =
        episodes.startOf(AlertType.LOG_MISBEHAVIOUR, log.id().toString(), FORGIVEN_AFTER);
    Alert first = alerts.misbehaviour(log, misbehaviour, start);
    return store
        .alert(AlertId.ofEpisode(AlertType.LOG_MISBEHAVIOUR, log.id().toString(), start))
        .map(stored -> further(stored.alert(), misbehaviour))
        .orElse(first);
  }

  private Alert further(Alert known, Misbehaviour misbehaviour) {
    List<Object> list = new ArrayList<>();
    if (known.detail().get("further") instanceof List<?> before) {
      list.addAll(before);
    }
    if (list.size() >= MOST_FURTHER) {
      return known;
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("kind", misbehaviour.kind());
    entry.put("at", alerts.now());
    entry.put("title", misbehaviour.title());
    entry.putAll(misbehaviour.detail());
    list.add(entry);
    Map<String, Object> detail = new LinkedHashMap<>(known.detail());
    detail.put("further", list);
    return known.withDetail(detail);
  }

  /** The first thing in these windows that the log should not have served. */
  private Optional<Misbehaviour> wrongInWindows(List<ReadWindow<Examined>> windows) {
    for (ReadWindow<Examined> window : windows) {
      for (MisplacedLeaf leaf : window.misplaced()) {
        return Optional.of(AlertComposer.misplaced(log, leaf));
      }
      for (WrongIssuer issuer : window.examined().wrongIssuers()) {
        return Optional.of(AlertComposer.wrongIssuer(log, issuer));
      }
    }
    return Optional.empty();
  }
}

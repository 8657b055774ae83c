package dev.rootwatch.daemon;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.ReadWindow;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.ct.read.SegmentReader;
import dev.rootwatch.ct.read.SegmentVerifier;
import dev.rootwatch.ct.read.SegmentVerifier.Judgement;
import dev.rootwatch.ct.read.WindowExaminer;
import dev.rootwatch.ct.source.LogSources;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.daemon.config.Start;
import dev.rootwatch.daemon.store.CommitResult;
import dev.rootwatch.daemon.store.LogCommit;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.watch.Examined;
import dev.rootwatch.watch.Examined.MalformedRow;
import dev.rootwatch.watch.Examined.TallyRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one log. {@link #round} is the table of contents of the whole program: ask for a signed
 * head, read what is new, examine it, prove it, store it with everything that it caused. Delivery
 * lives behind the store and is not our business here.
 */
final class LogMonitor {
  private static final Logger logger = LoggerFactory.getLogger(LogMonitor.class);

  /** A long backfill is held against the head by a proof about this often, in entries. */
  private static final long ENTRIES_BETWEEN_PROOFS = 65_536;

  /**
   * Windows are committed together up to this many entries: a commit, with its write to the disk,
   * costs as much as some hundred entries.
   */
  private static final long ENTRIES_PER_COMMIT = 4_096;

  /** How long the first window may wait for others to be committed with. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

  private final CtLog log;
  private final LogSources sources;
  private final Start start;
  private final TipPatience tip;
  private final SegmentVerifier verifier;
  private final Supplier<WindowExaminer<Examined>> examiners;
  private final SegmentReader.Settings reading;
  private final Store store;
  private final AlertComposer alerts;
  private final LogProgress progress;

  LogMonitor(
      CtLog log,
      LogSources sources,
      Start start,
      TipPatience tip,
      Supplier<WindowExaminer<Examined>> examiners,
      SegmentReader.Settings reading,
      Store store,
      AlertComposer alerts,
      LogProgress progress) {
    this.log = log;
    this.sources = sources;
    this.start = start;
    this.tip = tip;
    this.verifier = new SegmentVerifier(sources.proofs(), reading.retry());
    this.examiners = examiners;
    this.reading = reading;
    this.store = store;
    this.alerts = alerts;
    this.progress = progress;
  }

  /**
   * Brings what we know of the log up to its newest head.
   *
   * @throws SourceException when the log did not answer; everything committed until then stays, and
   *     the next round goes on from there
   */
  void round() throws SourceException, InterruptedException {
    SignedTreeHead head = newestHead();
    Coverage coverage = coverageAnchoredBy(head);
    long end = tip.readableEnd(head);
    for (EntryRange unread : coverage.toRead(end)) {
      coverage = readExamineAndCommit(unread, coverage, head);
    }
    coverage = proveWhatIsPending(coverage, head);
    coverage = goOnAfterContradiction(coverage, head);
    progress.roundDone(coverage, head, end);
  }

  /** A head whose signature was checked; it never moves us backwards. */
  private SignedTreeHead newestHead() throws SourceException, InterruptedException {
    SignedTreeHead head = reading.retry().ask(sources.heads()::latest);
    List<SignedTreeHead> known = store.heads(log.id(), head.size());
    // A tree that is stored was told of when it came: a log that keeps showing it is no news.
    if (!known.isEmpty() && known.stream().noneMatch(head::sameTree)) {
      Alert alert = alerts.twoRootsForOneSize(log, known.getFirst(), head);
      progress.raised(store.record(alert, List.of(known.getFirst(), head)));
    }
    progress.headSeen(head);
    return head;
  }

  /** What was read before; at the first meeting, a proven place to start from. */
  private Coverage coverageAnchoredBy(SignedTreeHead head)
      throws SourceException, InterruptedException {
    Coverage coverage = store.coverage(log.id());
    if (!coverage.segments().isEmpty()) {
      return coverage;
    }
    long from = Math.min(start.index(head.size()), head.size());
    Coverage opened = coverage.opened(verifier.anchor(from, head));
    store.commit(LogCommit.of(log.id(), opened, List.of(head)));
    return opened;
  }

  private Coverage readExamineAndCommit(EntryRange unread, Coverage before, SignedTreeHead head)
      throws SourceException, InterruptedException {
    Coverage coverage = before;
    try (SegmentReader<Examined> reader = reader(unread, head)) {
      for (List<ReadWindow<Examined>> windows = inOrder(reader);
          !windows.isEmpty();
          windows = inOrder(reader)) {
        Coverage folded = fold(coverage, windows);
        Judgement judgement = prove(folded, head);
        if (judgement instanceof Judgement.Contradicted doubtful) {
          // Before the log is asked again, for it may choose not to answer: what it showed is told.
          commit(windows, new Judgement.Nothing(folded), head);
          coverage = commit(List.of(), readAgain(doubtful, head), head);
        } else {
          coverage = commit(windows, judgement, head);
        }
      }
    }
    return coverage;
  }

  /**
   * What the head contradicts is read a second time, once, before it is believed: a damaged answer
   * heals so, a lying log does not. What the second reading finds is told like any finding; it is
   * not tallied twice.
   */
  private Judgement readAgain(Judgement.Contradicted doubtful, SignedTreeHead head)
      throws SourceException, InterruptedException {
    Coverage coverage = doubtful.coverage().without(doubtful.range());
    try (SegmentReader<Examined> reader = reader(doubtful.range(), head)) {
      for (List<ReadWindow<Examined>> windows = inOrder(reader);
          !windows.isEmpty();
          windows = inOrder(reader)) {
        coverage = fold(coverage, windows);
        for (ReadWindow<Examined> window : windows) {
          for (Alert alert : alerts.of(window.examined().findings())) {
            progress.raised(store.record(alert, List.of()));
          }
        }
      }
    }
    return verifier.verifyAtHead(coverage, head);
  }

  private SegmentReader<Examined> reader(EntryRange range, SignedTreeHead head) {
    return new SegmentReader<>(sources.entries(), range, head.size(), examiners, reading);
  }

  /** The next windows in order: waits for the oldest, and a moment for what comes behind it. */
  private static List<ReadWindow<Examined>> inOrder(SegmentReader<Examined> reader)
      throws SourceException, InterruptedException {
    List<ReadWindow<Examined>> windows = new ArrayList<>();
    Optional<ReadWindow<Examined>> next = reader.next();
    long began = System.nanoTime();
    long entries = 0;
    while (next.isPresent()) {
      windows.add(next.get());
      entries += next.get().range().size();
      Duration patience = LONGEST_WAIT.minusNanos(System.nanoTime() - began);
      if (entries >= ENTRIES_PER_COMMIT || !reader.hasReady(patience)) {
        break;
      }
      next = reader.next();
    }
    return windows;
  }

  private static Coverage fold(Coverage coverage, List<ReadWindow<Examined>> windows) {
    Coverage folded = coverage;
    for (ReadWindow<Examined> window : windows) {
      folded = folded.extended(window.subtree());
    }
    return folded;
  }

  /** Holds what was folded against the head: by its root at its size, by a proof on a long way. */
  private Judgement prove(Coverage coverage, SignedTreeHead head) throws InterruptedException {
    for (Segment pending : coverage.pending()) {
      if (pending.to() < head.size() && pending.range().size() >= ENTRIES_BETWEEN_PROOFS) {
        try {
          return verifier.verifyBefore(coverage, pending.to(), head);
        } catch (SourceException noProofNow) {
          // The comparison at the head's size is still to come, and needs no answer of the log.
          logger.info("{}: no proof now: {}", log.name(), noProofNow.getMessage());
        }
      }
    }
    return verifier.verifyAtHead(coverage, head);
  }

  /** Everything the windows caused, with the judgement on them, in one transaction. */
  private Coverage commit(
      List<ReadWindow<Examined>> windows, Judgement judgement, SignedTreeHead head) {
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
        found.add(alerts.contradiction(log, lie, head));
      }
      case Judgement.Nothing nothing -> {}
    }
    Coverage coverage = judgement.coverage();
    CommitResult result =
        store.commit(
            new LogCommit(
                log.id(),
                coverage,
                List.of(head),
                found,
                tally,
                malformed,
                verified,
                contradicted));
    progress.committed(windows, coverage, head, result);
    return coverage;
  }

  /**
   * What was read only to a place before the head is carried over to it by a proof. What ends at
   * the head is pending only where a second reading was broken off: it is begun again.
   */
  private Coverage proveWhatIsPending(Coverage coverage, SignedTreeHead head)
      throws SourceException, InterruptedException {
    Coverage proven = coverage;
    for (Segment pending : coverage.pending()) {
      if (pending.to() < head.size()) {
        proven = commit(List.of(), verifier.verifyBefore(proven, pending.to(), head), head);
      } else if (pending.to() == head.size()) {
        Judgement judgement = verifier.verifyAtHead(proven, head);
        if (judgement instanceof Judgement.Contradicted doubtful) {
          judgement = readAgain(doubtful, head);
        }
        proven = commit(List.of(), judgement, head);
      }
    }
    return proven;
  }

  /**
   * A contradicted segment ends there; reading goes on from the same place, as the newest head
   * proves it: not from that head's size, which may have grown since.
   */
  private Coverage goOnAfterContradiction(Coverage coverage, SignedTreeHead head)
      throws SourceException, InterruptedException {
    Optional<Segment> stuck =
        coverage
            .last()
            .filter(last -> last.state() == Segment.State.CONTRADICTED)
            .filter(last -> last.to() <= head.size());
    if (stuck.isEmpty()) {
      return coverage;
    }
    Coverage reopened = coverage.opened(verifier.anchor(stuck.get().to(), head));
    store.commit(LogCommit.of(log.id(), reopened, List.of(head)));
    return reopened;
  }
}

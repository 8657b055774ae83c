package dev.rootwatch.daemon;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.ReadWindow;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.ct.read.SegmentReader;
import dev.rootwatch.ct.read.SegmentVerifier;
import dev.rootwatch.ct.read.SegmentVerifier.Anchor;
import dev.rootwatch.ct.read.SegmentVerifier.Judgement;
import dev.rootwatch.ct.read.WindowExaminer;
import dev.rootwatch.ct.source.LogSources;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.daemon.config.Start;
import dev.rootwatch.daemon.store.Obligation;
import dev.rootwatch.daemon.store.SecondReading;
import dev.rootwatch.daemon.store.SecondReading.Found;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.watch.Examined;
import dev.rootwatch.watch.Examined.MalformedRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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

  /** A second reading has no end but its own: more than two proofs' worth is not read again. */
  private static final long MOST_READ_AGAIN = 2 * ENTRIES_BETWEEN_PROOFS;

  /** How much is read before it is known how fast. */
  private static final long FIRST_PART = 1_024;

  /** Less is not worth a request. */
  private static final long SMALLEST_PART = 256;

  /** While there is always more to read, what was read is proven this often. */
  private static final Duration BETWEEN_PROOFS = Duration.ofMinutes(2);

  /** A log that forces a new beginning upon us again and again must not fill our memory. */
  private static final int MOST_SEGMENTS = 1_000;

  /** What is owed is examined again beside what is new: so many entries a round. */
  private static final long MOST_OWED_IN_A_ROUND = 16_384;

  /** Owed entries that are proven and stored together. */
  private static final long OWED_PART = 1_024;

  private final CtLog log;
  private final LogSources sources;
  private final Start start;
  private final TipPatience tip;
  private final TipFirst tipFirst;
  private final Supplier<WindowExaminer<Examined>> examiners;
  private final SegmentReader.Settings reading;
  private final Duration slice;
  private final Store store;
  private final LogJournal journal;
  private final LogProgress progress;
  private final InstantSource clock;
  private final SegmentVerifier verifier;
  private final HeadWatch heads;
  private final ReadingSpeed speed = new ReadingSpeed();
  private Instant lastProof = Instant.MIN;

  /** Where the backfill stood when a proof was last asked for. */
  private long provenAbout;

  /** Where the segment begins that was read again because a proof did not fit it. */
  private long readAgainFrom = -1;

  /**
   * What a monitor is made of.
   *
   * @param log which one
   * @param sources what can be asked of it
   * @param start where reading begins that never began
   * @param tip how close to the head entries are read
   * @param tipFirst where to go on when it is too far away
   * @param slice how long one round reads at most before it looks at the head again
   * @param logTime what time it is according to most logs, which is what their heads are held
   *     against
   */
  record Parts(
      CtLog log,
      LogSources sources,
      Start start,
      TipPatience tip,
      TipFirst tipFirst,
      Supplier<WindowExaminer<Examined>> examiners,
      SegmentReader.Settings reading,
      Duration slice,
      Store store,
      LogJournal journal,
      LogProgress progress,
      InstantSource clock,
      InstantSource logTime) {}

  LogMonitor(Parts parts) {
    this.log = parts.log;
    this.sources = parts.sources;
    this.start = parts.start;
    this.tip = parts.tip;
    this.tipFirst = parts.tipFirst;
    this.examiners = parts.examiners;
    this.reading = parts.reading;
    this.slice = parts.slice;
    this.store = parts.store;
    this.journal = parts.journal;
    this.progress = parts.progress;
    this.clock = parts.clock;
    this.verifier = new SegmentVerifier(sources.proofs(), reading.retry());
    this.heads = new HeadWatch(log, store, verifier, parts.logTime);
  }

  /** Whether there is more to read at once. */
  enum Round {
    CAUGHT_UP,
    MORE
  }

  /**
   * Brings what we know of the log towards its newest head, for as long as a round may take.
   *
   * @throws SourceException when the log did not answer; everything committed until then stays, and
   *     the next round goes on from there
   */
  Round round() throws SourceException, InterruptedException {
    SignedTreeHead head = newestHead();
    long end = tip.readableEnd(head);
    Coverage coverage = goOnAfterContradiction(coverageAnchoredBy(head), head);
    coverage = openedAtTheTip(coverage, end, head);
    Instant until = clock.instant().plus(slice);
    for (EntryRange unread : readNow(coverage, end)) {
      coverage = readInParts(unread, coverage, head, until);
    }
    if (coverage.toRead(end).isEmpty() || isProofDue()) {
      coverage = proveWhatIsPending(coverage, head);
    }
    coverage = proveWhatIsWithheld(coverage, head, end);
    coverage = goOnAfterContradiction(coverage, head);
    readWhatIsOwed(coverage, head, until);
    progress.roundDone(coverage, head, end, speed);
    return readNow(coverage, end).isEmpty() ? Round.CAUGHT_UP : Round.MORE;
  }

  /** What a log gives that grows faster than we may read it goes to its tip, all of it. */
  private List<EntryRange> readNow(Coverage coverage, long end) {
    return coverage.toRead(end).stream()
        .filter(unread -> unread.to() == end || !speed.isLosing())
        .toList();
  }

  /** A head whose signature was checked; it never moves us backwards. */
  private SignedTreeHead newestHead() throws SourceException, InterruptedException {
    HeadWatch.Seen seen = heads.seen(reading.retry().ask(sources.heads()::latest));
    seen.misbehaviour().ifPresent(journal::misbehaved);
    progress.headSeen(seen.head());
    speed.grown(seen.head().size(), clock.instant());
    return seen.head();
  }

  /** What was read before; at the first meeting, a proven place to start from. */
  private Coverage coverageAnchoredBy(SignedTreeHead head)
      throws SourceException, InterruptedException {
    Coverage coverage = store.coverage(log.id());
    return coverage.segments().isEmpty()
        ? opened(coverage, Math.min(start.index(head.size()), head.size()), head)
        : coverage;
  }

  /** Where the log has left us behind, what is issued now comes first. */
  private Coverage openedAtTheTip(Coverage coverage, long end, SignedTreeHead head)
      throws SourceException, InterruptedException {
    OptionalLong at = tipFirst.opening(coverage, end, speed);
    if (at.isEmpty()) {
      return coverage;
    }
    logger.info("{}: too far behind, going on at entry {}", log.name(), at.getAsLong());
    try {
      return opened(coverage.bounded(MOST_SEGMENTS), at.getAsLong(), head);
    } catch (SourceException noProof) {
      // It would be better; it is not needed. What there is to read is read from where we stand.
      logger.info("{}: no place at its tip is proven: {}", log.name(), noProof.getMessage());
      return coverage;
    }
  }

  private Coverage opened(Coverage coverage, long index, SignedTreeHead head)
      throws SourceException, InterruptedException {
    return journal.covered(coverage.opened(anchored(index, head)), head);
  }

  private Segment anchored(long index, SignedTreeHead head)
      throws SourceException, InterruptedException {
    return switch (verifier.anchor(index, head)) {
      case Anchor.Proven(Segment segment) -> segment;
      case Anchor.Unproven unproven -> {
        journal.misbehaved(AlertComposer.wrongInclusion(log, unproven.given(), head));
        throw new SourceException(
            SourceException.Kind.INVALID_ANSWER,
            "the inclusion proof of entry "
                + unproven.given().proof().leafIndex()
                + " does not lead to the root of the head of "
                + head.size()
                + " entries");
      }
    };
  }

  /**
   * Reads as much as there is time for. A part is about what can be read until then: whatever is
   * asked for is waited for, and a slow log must not be busy with a hole when its tip grows.
   */
  private Coverage readInParts(
      EntryRange unread, Coverage before, SignedTreeHead head, Instant until)
      throws SourceException, InterruptedException {
    Coverage coverage = before;
    EntryRange left = unread;
    while (!left.isEmpty() && clock.instant().isBefore(until)) {
      long most = speed.readIn(Duration.between(clock.instant(), until));
      long size = Math.min(left.size(), most == 0 ? FIRST_PART : Math.max(most, SMALLEST_PART));
      EntryRange part = new EntryRange(left.from(), left.from() + size);
      coverage = readExamineAndCommit(part, coverage, head);
      left = new EntryRange(part.to(), left.to());
    }
    return coverage;
  }

  private Coverage readExamineAndCommit(EntryRange unread, Coverage before, SignedTreeHead head)
      throws SourceException, InterruptedException {
    Coverage coverage = before;
    Instant began = clock.instant();
    long entries = 0;
    try (SegmentReader<Examined> reader = reader(unread, head)) {
      for (List<ReadWindow<Examined>> windows = inOrder(reader);
          !windows.isEmpty();
          windows = inOrder(reader)) {
        Coverage folded = fold(coverage, windows);
        Judgement judgement = prove(folded, head);
        if (isDoubtful(judgement)) {
          // Before the log is asked again, for it may choose not to answer: what it showed is told.
          journal.commit(windows, new Judgement.Nothing(folded), head);
          coverage = readAgain(judgement, head);
        } else {
          coverage = journal.commit(windows, judgement, head);
        }
        entries += windows.stream().mapToLong(window -> window.range().size()).sum();
      }
    } finally {
      speed.read(entries, Duration.between(began, clock.instant()));
    }
    return coverage;
  }

  /** Whether the head does not fit what was read. */
  private static boolean isDoubtful(Judgement judgement) {
    return switch (judgement) {
      case Judgement.Contradicted _, Judgement.Unproven _ -> true;
      case Judgement.Verified _, Judgement.Nothing _ -> false;
    };
  }

  /**
   * What the head contradicts is read a second time, once, before it is believed: a damaged answer
   * heals so, a lying log does not. What the second reading finds is told like any finding; it is
   * not tallied twice. Where it heals, it is what the entries are remembered by.
   */
  private Coverage readAgain(Judgement doubtful, SignedTreeHead head)
      throws SourceException, InterruptedException {
    EntryRange range = rangeOf(doubtful);
    boolean again = doubtful instanceof Judgement.Unproven && range.from() == readAgainFrom;
    if (range.size() > MOST_READ_AGAIN || again) {
      return journal.commit(List.of(), doubtful, head);
    }
    Coverage coverage = doubtful.coverage().without(range);
    Set<Found> found = new HashSet<>();
    List<MalformedRow> malformed = new ArrayList<>();
    try (SegmentReader<Examined> reader = reader(range, head)) {
      for (List<ReadWindow<Examined>> windows = inOrder(reader);
          !windows.isEmpty();
          windows = inOrder(reader)) {
        coverage = fold(coverage, windows);
        for (ReadWindow<Examined> window : windows) {
          found.addAll(journal.found(window));
          malformed.addAll(window.examined().malformed());
        }
      }
    }
    Judgement judgement = verifier.verify(coverage, head);
    if (judgement instanceof Judgement.Nothing && range.to() < head.size()) {
      judgement = verifier.verifyBefore(coverage, range.to(), head);
    }
    readAgainFrom = range.from();
    return journal.commit(new SecondReading(range, found, malformed), judgement, head);
  }

  private static EntryRange rangeOf(Judgement doubtful) {
    return switch (doubtful) {
      case Judgement.Contradicted contradicted -> contradicted.range();
      case Judgement.Unproven unproven -> unproven.range();
      case Judgement.Verified _, Judgement.Nothing _ -> throw new IllegalArgumentException();
    };
  }

  /**
   * Examines again what is owed, a part in each round: entries whose issuer became known after they
   * were read, or was not decided then. What the log shows now has to be what it signed, which the
   * edges of the part prove; else it is kept owing, behind the others.
   */
  private void readWhatIsOwed(Coverage coverage, SignedTreeHead head, Instant until)
      throws InterruptedException {
    try {
      readOwedParts(coverage, head, until);
    } catch (SourceException notNow) {
      // What is new was read, and that is what this log's state says.
      logger.info("{}: what is owed has to wait: {}", log.name(), notNow.getMessage());
    }
  }

  private void readOwedParts(Coverage coverage, SignedTreeHead head, Instant until)
      throws SourceException, InterruptedException {
    long left = MOST_OWED_IN_A_ROUND;
    Optional<Obligation> owed = store.obligation(log.id());
    while (owed.isPresent() && left > 0 && clock.instant().isBefore(until)) {
      EntryRange all = owed.get().range();
      EntryRange part =
          new EntryRange(all.from(), Math.min(all.to(), all.from() + Math.min(left, OWED_PART)));
      if (part.to() > head.size()) {
        return; // a front end that lags
      }
      left -= part.size();
      readOwed(owed.get(), part, coverage, head);
      owed = store.obligation(log.id());
    }
  }

  private void readOwed(Obligation owed, EntryRange part, Coverage coverage, SignedTreeHead head)
      throws SourceException, InterruptedException {
    Coverage again = Coverage.NONE.opened(anchored(part.from(), head));
    List<ReadWindow<Examined>> windows = new ArrayList<>();
    try (SegmentReader<Examined> reader = reader(part, head)) {
      for (List<ReadWindow<Examined>> next = inOrder(reader);
          !next.isEmpty();
          next = inOrder(reader)) {
        again = fold(again, next);
        windows.addAll(next);
      }
    }
    Segment read = again.segments().getLast();
    boolean proven = read.right().equals(anchored(part.to(), head).left());
    if (!proven) {
      journal.misbehaved(
          AlertComposer.contradiction(
              log, new Judgement.Contradicted(again, part, read.right().root()), head));
      windows.forEach(journal::found);
    }
    long upTo = proven ? part.to() : part.from();
    journal.fulfilled(
        new Obligation.Fulfilled(owed, upTo), proven ? windows : List.of(), coverage, head);
    logger.info(
        "{}: entries {} examined again, their issuer was not known before", log.name(), part);
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

  /**
   * Holds what was folded against what is proven: at the seam with what was read later, by the
   * head's root at its size, by a proof on a long way.
   */
  private Judgement prove(Coverage coverage, SignedTreeHead head) throws InterruptedException {
    Judgement judgement = verifier.verify(coverage, head);
    if (!(judgement instanceof Judgement.Nothing)) {
      return judgement;
    }
    for (Segment pending : coverage.pending()) {
      if (pending.to() < head.size()
          && pending.range().size() >= ENTRIES_BETWEEN_PROOFS
          && Math.abs(pending.to() - provenAbout) >= ENTRIES_BETWEEN_PROOFS) {
        provenAbout = pending.to();
        try {
          return verifier.verifyBefore(coverage, pending.to(), head);
        } catch (SourceException noProofNow) {
          // The comparison at the head's size is still to come, and needs no answer of the log.
          logger.info("{}: no proof now: {}", log.name(), noProofNow.getMessage());
        }
      }
    }
    return judgement;
  }

  /**
   * What was read only to a place before the head is carried over to it by a proof. What ends at
   * the head, or at a seam, is pending only where a second reading was broken off: it is begun
   * again.
   */
  private Coverage proveWhatIsPending(Coverage coverage, SignedTreeHead head)
      throws SourceException, InterruptedException {
    Coverage proven = coverage;
    lastProof = clock.instant();
    for (Segment pending : coverage.pending()) {
      Judgement judgement = verifier.verify(proven, head);
      if (judgement instanceof Judgement.Nothing && pending.to() < head.size()) {
        judgement = verifier.verifyBefore(proven, pending.to(), head);
      }
      if (isDoubtful(judgement)) {
        proven = readAgain(judgement, head);
      } else if (!(judgement instanceof Judgement.Nothing)) {
        proven = journal.commit(List.of(), judgement, head);
      }
    }
    return proven;
  }

  /** A log that bears few requests should not spend them on proofs. */
  private boolean isProofDue() {
    return !clock.instant().isBefore(lastProof.plus(BETWEEN_PROOFS));
  }

  /**
   * A static log's young last tile is not read yet, but the head that counts it must continue the
   * tree that we know: the partial tile of hashes says so (c2sp.org/static-ct-api, "Partial
   * tiles").
   */
  private Coverage proveWhatIsWithheld(Coverage coverage, SignedTreeHead head, long end)
      throws SourceException, InterruptedException {
    Optional<Segment> last =
        coverage
            .last()
            .filter(segment -> segment.state() == Segment.State.VERIFIED)
            .filter(segment -> segment.to() > 0 && segment.headSize() < head.size());
    if (end == head.size() || last.isEmpty()) {
      return coverage;
    }
    Judgement judgement = verifier.verifyAgain(coverage, last.get(), head);
    return judgement instanceof Judgement.Verified verified
        ? journal.covered(verified.coverage(), head)
        : journal.commit(List.of(), judgement, head);
  }

  /**
   * A contradicted segment ends there; reading goes on from the same place, as the newest head
   * proves it: not from that head's size, which may have grown since. A log that lies and gives no
   * proof either is read on from what it showed before: it will not fit, but it will have been
   * seen.
   */
  private Coverage goOnAfterContradiction(Coverage coverage, SignedTreeHead head)
      throws InterruptedException {
    Coverage reopened = coverage;
    for (Segment stuck : coverage.deadEnds(head.size())) {
      // What was opened there without a proof, if nothing was read from it yet.
      Coverage cleared = reopened.without(new EntryRange(stuck.to(), stuck.to()));
      try {
        reopened = opened(cleared.bounded(MOST_SEGMENTS), stuck.to(), head);
      } catch (SourceException noProof) {
        logger.info("{}: goes on unproven: {}", log.name(), noProof.getMessage());
        Coverage unproven = cleared.opened(Segment.anchoredAt(stuck.right(), 0));
        reopened = unproven.equals(reopened) ? reopened : journal.covered(unproven, head);
      }
    }
    return reopened;
  }
}

package dev.rootwatch.daemon;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.ConsistencyProof;
import dev.rootwatch.ct.read.SegmentVerifier;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.daemon.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds each head that a log shows against those it showed before. A signature says that the log
 * made a head, not that the head is true: a log can sign two trees of one size, a smaller one after
 * a larger one, or one from the future. None of these moves reading back or stops it.
 */
final class HeadWatch {
  /** Clocks differ; what lies further ahead was not signed now (RFC 6962 section 3.5). */
  private static final Duration FUTURE = Duration.ofMinutes(10);

  private final CtLog log;
  private final Store store;
  private final SegmentVerifier verifier;
  private final InstantSource clock;
  private @Nullable SignedTreeHead judged;

  HeadWatch(CtLog log, Store store, SegmentVerifier verifier, InstantSource clock) {
    this.log = log;
    this.store = store;
    this.verifier = verifier;
    this.clock = clock;
  }

  /**
   * What to make of a head.
   *
   * @param head the head to go on with: the largest that the log ever showed
   * @param misbehaviour what the log did wrong by showing this one; empty when nothing, or nothing
   *     that was not noticed before
   */
  record Seen(SignedTreeHead head, Optional<Misbehaviour> misbehaviour) {}

  /** Judges a head whose signature holds. */
  Seen seen(SignedTreeHead shown) throws SourceException, InterruptedException {
    SignedTreeHead largest = store.newestHead(log.id()).orElse(null);
    if (largest == null || shown.equals(judged)) {
      return new Seen(larger(shown, largest), largest == null ? fromTheFuture(shown) : none());
    }
    Optional<Misbehaviour> wrong = secondTree(shown).or(() -> fromTheFuture(shown));
    if (wrong.isEmpty() && shown.size() < largest.size()) {
      wrong = shrunken(shown, largest);
    }
    judged = shown;
    return new Seen(larger(shown, largest), wrong);
  }

  /** Of two of one size the one that was known first: what was proven rests on it. */
  private static SignedTreeHead larger(SignedTreeHead shown, @Nullable SignedTreeHead known) {
    if (known == null || shown.size() > known.size() || shown.sameTree(known)) {
      return shown;
    }
    return known;
  }

  private Optional<Misbehaviour> secondTree(SignedTreeHead shown) {
    List<SignedTreeHead> known = store.heads(log.id(), shown.size());
    // A tree that is stored was told of when it came: a log that keeps showing it is no news.
    if (known.isEmpty() || known.stream().anyMatch(shown::sameTree)) {
      return none();
    }
    SignedTreeHead first = known.getLast();
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("head", Misbehaviour.head(first));
    detail.put("otherHead", Misbehaviour.head(shown));
    return Optional.of(
        new Misbehaviour(
            "two-roots",
            log.name() + " signed two different trees of " + shown.size() + " entries",
            detail,
            List.of(first, shown)));
  }

  private Optional<Misbehaviour> fromTheFuture(SignedTreeHead shown) {
    Instant signed = Instant.ofEpochMilli(shown.timestamp());
    Instant now = clock.instant();
    if (!signed.isAfter(now.plus(FUTURE))) {
      return none();
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("head", Misbehaviour.head(shown));
    detail.put("ourClock", now);
    return Optional.of(
        new Misbehaviour(
            "future-head",
            log.name() + " signed a tree head at " + signed + ", which is not yet",
            detail,
            List.of(shown)));
  }

  /**
   * A front end that lags shows what the log signed earlier: such a head is the beginning of ours.
   * A head that is signed later and has fewer entries takes entries back, whatever proof there is.
   */
  private Optional<Misbehaviour> shrunken(SignedTreeHead shown, SignedTreeHead largest)
      throws SourceException, InterruptedException {
    boolean later = shown.timestamp() > largest.timestamp();
    ConsistencyProof proof = null;
    try {
      proof =
          shown.size() == 0
              ? new ConsistencyProof(0, largest.size(), List.of())
              : verifier.consistency(shown.size(), shown.root(), largest);
    } catch (SourceException refused) {
      switch (refused.kind()) {
        // Perhaps the front end that lags: it does not know the larger tree.
        case NOT_FOUND, INVALID_ANSWER -> {}
        case UNAVAILABLE, RATE_LIMITED, INVALID_HEAD -> throw refused;
      }
    }
    boolean consistent = proof != null && proof.verifies(shown.root(), largest.root());
    if (!later && (proof == null || consistent)) {
      return none();
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("head", Misbehaviour.head(largest));
    detail.put("otherHead", Misbehaviour.head(shown));
    detail.put("consistent", consistent);
    if (proof != null) {
      detail.put("proof", Misbehaviour.proof(proof));
    }
    String title =
        later
            ? log.name()
                + " signed a tree of "
                + shown.size()
                + " entries after one of "
                + largest.size()
            : log.name()
                + " signed a tree of "
                + shown.size()
                + " entries that is no part of its tree of "
                + largest.size();
    return Optional.of(
        new Misbehaviour(
            consistent || proof == null ? "shrinking-head" : "fork",
            title,
            detail,
            List.of(largest, shown)));
  }

  private static Optional<Misbehaviour> none() {
    return Optional.empty();
  }
}

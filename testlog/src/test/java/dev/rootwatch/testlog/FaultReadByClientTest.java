package dev.rootwatch.testlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.source.IssuerAnswer;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.ct.source.SourceException.Kind;
import dev.rootwatch.ct.wire.EntryWindow;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client library makes of every fault, by every protocol that can have it. */
class FaultReadByClientTest {
  private static final int SIZE = FaultyLog.SIZE;

  /** What a reader gets of a fault. */
  record Case(String fault, ThrowingConsumer<FaultyLog> gets) {
    @Override
    public String toString() {
      return fault;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("http-429/1", log -> limited(log, null)),
        new Case("http-429:5/1", log -> limited(log, Duration.ofSeconds(5))),
        new Case("http-429:gmt+5/1", log -> limited(log, Duration.ofSeconds(5))),
        new Case("http-429:utc+5/1", log -> limited(log, Duration.ofSeconds(5))),
        new Case("http-429:999999999/1", log -> limited(log, null)),
        new Case("http-429:-5/1", log -> limited(log, null)),
        new Case("http-429:soon/1", log -> limited(log, null)),
        new Case("http-503:7/1", log -> limited(log, Duration.ofSeconds(7))),
        new Case("http-500-html/1", log -> noHead(log, Kind.UNAVAILABLE)),
        new Case("http-5xx-html:502/1", log -> noHead(log, Kind.UNAVAILABLE)),
        new Case("html-page/1", log -> noHead(log, Kind.INVALID_ANSWER)),
        new Case("redirect/1", log -> noHead(log, Kind.INVALID_ANSWER)),
        new Case("log-gone", log -> noHead(log, Kind.NOT_FOUND)),
        new Case("rate-limit:0.5", FaultReadByClientTest::rateLimit),
        new Case("connection-refused", log -> noHead(log, Kind.UNAVAILABLE)),
        new Case("connection-reset/1", log -> noHead(log, Kind.UNAVAILABLE)),
        new Case("connection-reset:9/1", log -> noHead(log, Kind.UNAVAILABLE)),
        new Case("slow-body:100/1", FaultReadByClientTest::tooSlow),
        new Case("slow-body:9000ms/1", FaultReadByClientTest::tooSlow),
        new Case("stalled-body/1", FaultReadByClientTest::tooSlow),
        new Case("truncated-body/1", log -> noHeadOrEntries(log, Kind.UNAVAILABLE)),
        new Case("oversized-body:1/1", log -> noHead(log, Kind.INVALID_ANSWER)),
        new Case("gzip-bomb:70/1", log -> noHeadOrEntries(log, Kind.INVALID_ANSWER)),
        new Case("entries-per-second:100", FaultReadByClientTest::tooSlow),
        new Case("short-answers:8", log -> assertThat(count(log)).isEqualTo(8)),
        new Case("zero-entries", log -> noEntries(log, Kind.INVALID_ANSWER)),
        new Case("more-entries", log -> noEntries(log, Kind.INVALID_ANSWER)),
        new Case("misaligned-answers", FaultReadByClientTest::misaligned),
        new Case("changed-entry", FaultReadByClientTest::changedEntry),
        new Case("changed-entry-once", FaultReadByClientTest::changedEntryOnce),
        new Case("unknown-entry-type", FaultReadByClientTest::unknownEntryType),
        new Case("wrong-leaf-index", FaultReadByClientTest::wrongLeafIndex),
        new Case("partial-tile-404", FaultReadByClientTest::partialTiles),
        new Case("partial-tile-404:once-full", FaultReadByClientTest::partialTilesOnceFull),
        new Case("data-tile-404:10", FaultReadByClientTest::dataTiles),
        new Case("wrong-hash-tile", log -> assertThat(provesConsistency(log)).isFalse()),
        new Case("wrong-issuer", FaultReadByClientTest::wrongIssuer),
        new Case("bad-consistency-proof", log -> assertThat(provesConsistency(log)).isFalse()),
        new Case("bad-inclusion-proof", log -> assertThat(provesInclusion(log)).isFalse()),
        new Case("wrong-signature", log -> noHead(log, Kind.INVALID_HEAD)),
        new Case("frozen-head", FaultReadByClientTest::frozenHead),
        new Case("stale-head", log -> assertThat(shift(log)).isEqualTo(Duration.ofHours(-25))),
        new Case("future-head:60", log -> assertThat(shift(log)).isEqualTo(Duration.ofMinutes(1))),
        new Case("shrinking-head:50", FaultReadByClientTest::shrinkingHead),
        new Case("split-view", FaultReadByClientTest::splitView),
        new Case("fork@10-", FaultReadByClientTest::fork),
        new Case("clock-skew:60", log -> assertThat(shift(log)).isEqualTo(Duration.ofMinutes(1))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fault_whereItApplies_isToldByTheClient(Case one) {
    FaultyLog.ofAllProtocols()
        .forEach(log -> {
          try (log) {
            if (Fault.parse(one.fault()).appliesTo(log.protocol())) {
              log.misbehave(one.fault());
              log.server.openOrClose();
              one.gets().accept(log);
            }
          }
        });
  }

  @Test
  void cases_together_haveEveryWord() {
    Set<String> seen = new TreeSet<>();
    cases().forEach(one -> seen.add(one.fault().split("[:/@]", 2)[0]));
    assertThat(seen)
        .containsExactlyElementsOf(FaultWords.ALL.stream().map(FaultWord::name).toList());
  }

  @Test
  void fault_whereItDoesNotApplyOrIsOver_doesNothing() {
    FaultyLog.ofAllProtocols()
        .forEach(log -> {
          try (log) {
            for (FaultWord word : FaultWords.ALL) {
              String sample = FaultTest.sample(word);
              if (!Fault.parse(sample).appliesTo(log.protocol())) {
                log.misbehave(sample);
                assertWell(log, word);
              } else if (!word.name().equals("unknown-entry-type")) {
                log.misbehave(sample + "@0-5");
                log.pass(5);
                assertWell(log, word);
              }
            }
          }
        });
  }

  private static void assertWell(FaultyLog log, FaultWord word) {
    try {
      assertThat(log.isWell()).as("%s of %s", word.name(), log).isTrue();
    } catch (SourceException | InterruptedException e) {
      throw new AssertionError(word.name() + " of " + log, e);
    }
  }

  // --- No answer

  private static SourceException noHead(FaultyLog log, Kind kind) {
    SourceException e = catchThrowableOfType(SourceException.class, log::head);
    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(kind);
    return e;
  }

  private static void noEntries(FaultyLog log, Kind kind) {
    SourceException e = catchThrowableOfType(SourceException.class, () -> log.entries(0, 256));
    assertThat(e).isNotNull();
    assertThat(e.kind()).isEqualTo(kind);
  }

  private static void noHeadOrEntries(FaultyLog log, Kind kind) {
    noHead(log, kind);
    noEntries(log, kind);
  }

  private static void tooSlow(FaultyLog log) {
    log.loseThePatience();
    noEntries(log, Kind.UNAVAILABLE);
  }

  private static void limited(FaultyLog log, @Nullable Duration wait) {
    assertThat(noHead(log, Kind.RATE_LIMITED).retryAfter()).isEqualTo(wait);
  }

  private static void rateLimit(FaultyLog log) throws Exception {
    assertThat(log.head().size()).isEqualTo(SIZE);
    assertThat(noHead(log, Kind.RATE_LIMITED).retryAfter()).isEqualTo(Duration.ofSeconds(1));
    log.pass(2);
    assertThat(log.head().size()).isEqualTo(SIZE);
  }

  // --- Entries

  private static int count(FaultyLog log) throws Exception {
    try (EntryWindow window = log.entries(0, 256)) {
      return window.count();
    }
  }

  private static void misaligned(FaultyLog log) throws Exception {
    assertThat(count(log)).isBetween(1, 255);
    long at = 0;
    while (at < SIZE) {
      try (EntryWindow window = log.entries(at, SIZE)) {
        assertThat(window.firstIndex()).isEqualTo(at);
        at += window.count();
      }
    }
    assertThat(at).isEqualTo(SIZE);
  }

  private static void changedEntry(FaultyLog log) throws Exception {
    Hash root = log.head().root();
    assertThat(log.fold(SIZE).root()).isNotEqualTo(root);
    assertThat(log.fold(SIZE).root()).isNotEqualTo(root);
    try (EntryWindow window = log.entries(256, 512)) {
      for (int i = 0; i < window.count(); i++) {
        assertThat(window.malformed(i)).isNull();
      }
    }
  }

  private static void changedEntryOnce(FaultyLog log) throws Exception {
    Hash root = log.head().root();
    assertThat(log.fold(SIZE).root()).isNotEqualTo(root);
    assertThat(log.fold(SIZE).root()).isEqualTo(root);
  }

  private static void unknownEntryType(FaultyLog log) throws Exception {
    SignedTreeHead head = log.head();
    assertThat(head.size()).isEqualTo(SIZE + 1);
    assertThat(log.fold(SIZE + 1).root()).isEqualTo(head.root());
    try (EntryWindow window = log.entries(512, SIZE + 1)) {
      int last = window.count() - 1;
      assertThat(window.firstIndex() + last).isEqualTo(SIZE);
      // In a tile nobody can tell where it ends; in get-entries it is just of another kind.
      assertThat(window.malformed(last) != null || window.type(last) == 0x1234).isTrue();
      assertThat(window.malformed(last - 1)).isNull();
    }
  }

  private static void wrongLeafIndex(FaultyLog log) throws Exception {
    assertThat(log.fold(SIZE).root()).isNotEqualTo(log.head().root());
    try (EntryWindow window = log.entries(256, 512)) {
      assertThat(window.leafIndex(7)).isEqualTo(window.firstIndex() + 8);
    }
  }

  // --- Tiles

  private static void partialTiles(FaultyLog log) throws Exception {
    assertThat(count(log)).isEqualTo(256);
    SourceException e = catchThrowableOfType(SourceException.class, () -> log.entries(512, SIZE));
    assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
  }

  private static void partialTilesOnceFull(FaultyLog log) throws Exception {
    Hash root = log.head().root();
    assertThat(log.fold(SIZE).root()).isEqualTo(root);
    log.grow(200);
    assertThat(log.http.get("tile/data/002.p/88").statusCode()).isEqualTo(404);
    assertThat(log.fold(SIZE).root()).isEqualTo(root);
  }

  private static void dataTiles(FaultyLog log) throws Exception {
    noEntries(log, Kind.NOT_FOUND);
    log.pass(10);
    assertThat(count(log)).isEqualTo(256);
  }

  private static void wrongIssuer(FaultyLog log) throws Exception {
    try (EntryWindow window = log.entries(0, 256)) {
      Hash fingerprint = window.entry(0).chainFingerprints().getFirst();
      assertThat(log.sources().issuers().issuer(fingerprint))
          .isInstanceOf(IssuerAnswer.Wrong.class);
      log.misbehave();
      assertThat(log.sources().issuers().issuer(fingerprint))
          .isInstanceOf(IssuerAnswer.Found.class);
    }
  }

  // --- Proofs

  private static boolean provesConsistency(FaultyLog log) throws Exception {
    SignedTreeHead head = log.head();
    return log.sources().proofs().consistency(500, head).verifies(log.log.root(500), head.root());
  }

  private static boolean provesInclusion(FaultyLog log) throws Exception {
    SignedTreeHead head = log.head();
    var leaf = log.sources().proofs().inclusion(42, head);
    return leaf.proof().verifies(log.log.leafHash(42), head.root());
  }

  // --- Heads; that the client gives them says that their signatures hold

  private static Duration shift(FaultyLog log) throws Exception {
    return Duration.ofMillis(log.head().timestamp() - log.log.head().timestamp());
  }

  private static void frozenHead(FaultyLog log) throws Exception {
    SignedTreeHead before = log.head();
    log.pass(3600);
    log.grow(10);
    assertThat(log.head().size()).isEqualTo(before.size());
    assertThat(log.head().timestamp()).isEqualTo(before.timestamp());
  }

  private static void shrinkingHead(FaultyLog log) throws Exception {
    assertThat(log.head().size()).isEqualTo(SIZE);
    log.pass(60);
    log.grow(10);
    SignedTreeHead smaller = log.head();
    assertThat(smaller.size()).isEqualTo(SIZE - 50);
    assertThat(smaller.timestamp()).isEqualTo(log.clock.millis());
  }

  private static void splitView(FaultyLog log) throws Exception {
    SignedTreeHead one = log.head();
    SignedTreeHead other = log.head();
    assertThat(other.size()).isEqualTo(one.size());
    assertThat(other.root()).isNotEqualTo(one.root());
    assertThat(log.head().root()).isEqualTo(one.root());
  }

  private static void fork(FaultyLog log) throws Exception {
    SignedTreeHead before = log.head();
    log.pass(10);
    SignedTreeHead forked = log.head();
    log.grow(100);
    SignedTreeHead later = log.head();
    var proof = log.sources().proofs().consistency(SIZE, later);
    var leaf = log.sources().proofs().inclusion(SIZE / 2, later);

    assertThat(proof.verifies(forked.root(), later.root())).isTrue();
    assertThat(proof.verifies(before.root(), later.root())).isFalse();
    assertThat(leaf.proof().verifies(leaf.leafHash(), later.root())).isTrue();
    assertThat(log.fold(SIZE + 100).root()).isEqualTo(later.root());
    assertThat(leaf.leafHash()).isNotEqualTo(log.log.leafHash(SIZE / 2));
  }
}

package dev.rootwatch.testlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.testlog.RawConnection.Ending;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.ThrowingConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every fault as anybody sees it who asks the running server. */
@Timeout(60)
class FaultOverHttpTest {
  private static final String ENTRIES = "ct/v1/get-entries?start=0&end=255";
  private static final String FIRST_TILE = "tile/data/000";

  /** What is to be seen of a fault. */
  record Case(String fault, LogProtocol protocol, ThrowingConsumer<FaultyLog> sees) {
    @Override
    public String toString() {
      return fault + " of " + protocol.word();
    }
  }

  private static Case rfc6962(String fault, ThrowingConsumer<FaultyLog> sees) {
    return new Case(fault, LogProtocol.RFC6962, sees);
  }

  private static Case staticCt(String fault, ThrowingConsumer<FaultyLog> sees) {
    return new Case(fault, LogProtocol.STATIC, sees);
  }

  static Stream<Case> cases() {
    return Stream.of(
        rfc6962("http-429/1", log -> refused(log, 429, null)),
        rfc6962("http-429:5/1", log -> refused(log, 429, "5")),
        rfc6962("http-429:-5/1", log -> refused(log, 429, "-5")),
        rfc6962("http-429:999999999/1", log -> refused(log, 429, "999999999")),
        rfc6962("http-429:soon/1", log -> refused(log, 429, "soon")),
        rfc6962("http-429:gmt+5/1", log -> refused(log, 429, "Tue, 24 Nov 2026 12:00:05 GMT")),
        rfc6962("http-429:utc+90/1", log -> refused(log, 429, "Tue, 24 Nov 2026 12:01:30 UTC")),
        rfc6962("http-503/1", log -> refused(log, 503, null)),
        rfc6962("http-503:7/1", log -> refused(log, 503, "7")),
        rfc6962("http-500-html/1", log -> page(log, 500)),
        rfc6962("http-5xx-html:504/1", log -> page(log, 504)),
        rfc6962("html-page/1", log -> page(log, 200)),
        rfc6962("redirect/1", FaultOverHttpTest::redirect),
        rfc6962("log-gone", log -> gone(log, 404)),
        staticCt("log-gone:410", log -> gone(log, 410)),
        rfc6962("rate-limit:2", FaultOverHttpTest::rateLimit),
        rfc6962("connection-refused", FaultOverHttpTest::connectionRefused),
        rfc6962("connection-reset/1", log -> reset(log, 0)),
        rfc6962("connection-reset:9/1", log -> reset(log, 9)),
        rfc6962("slow-body:100/1", FaultOverHttpTest::slowBody),
        rfc6962("slow-body:2000ms/1", FaultOverHttpTest::lateBody),
        rfc6962("stalled-body/1", FaultOverHttpTest::stalledBody),
        rfc6962("truncated-body/1", FaultOverHttpTest::truncatedBody),
        rfc6962("oversized-body:1/1", FaultOverHttpTest::oversizedBody),
        staticCt("gzip-bomb:1/1", FaultOverHttpTest::gzipBomb),
        rfc6962("entries-per-second:100", log -> entriesPerSecond(log, ENTRIES)),
        staticCt("entries-per-second:100", log -> entriesPerSecond(log, FIRST_TILE)),
        rfc6962("short-answers:8", log -> assertThat(count(log, 0, 255)).isEqualTo(8)),
        rfc6962("zero-entries", log -> assertThat(count(log, 0, 255)).isZero()),
        rfc6962("more-entries:3", FaultOverHttpTest::moreEntries),
        rfc6962("misaligned-answers", FaultOverHttpTest::misaligned),
        rfc6962("changed-entry:5", FaultOverHttpTest::changedEntry),
        rfc6962("changed-entry-once:5", FaultOverHttpTest::changedEntryOnce),
        staticCt("changed-entry:5", FaultOverHttpTest::changedTileLeaf),
        rfc6962("unknown-entry-type", FaultOverHttpTest::unknownEntryType),
        staticCt("wrong-leaf-index", FaultOverHttpTest::wrongLeafIndex),
        staticCt("partial-tile-404", FaultOverHttpTest::partialTiles),
        staticCt("partial-tile-404:once-full", FaultOverHttpTest::partialTilesOnceFull),
        staticCt("data-tile-404:10", FaultOverHttpTest::dataTiles),
        staticCt("wrong-hash-tile", FaultOverHttpTest::wrongHashTile),
        staticCt("wrong-issuer", FaultOverHttpTest::wrongIssuer),
        rfc6962("bad-consistency-proof", FaultOverHttpTest::badConsistencyProof),
        rfc6962("bad-inclusion-proof", FaultOverHttpTest::badInclusionProof),
        rfc6962("wrong-signature", FaultOverHttpTest::wrongSignature),
        rfc6962("frozen-head", FaultOverHttpTest::frozenHead),
        rfc6962("stale-head:30", log -> assertThat(shift(log)).isEqualTo(-30 * 3600)),
        rfc6962("future-head:60", log -> assertThat(shift(log)).isEqualTo(60)),
        rfc6962("shrinking-head:100", FaultOverHttpTest::shrinkingHead),
        rfc6962("split-view", FaultOverHttpTest::splitView),
        rfc6962("fork:100@10-", FaultOverHttpTest::fork),
        rfc6962("clock-skew:-60", FaultOverHttpTest::clockSkew));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fault_whenSet_isSeen(Case one) {
    try (FaultyLog log = new FaultyLog(one.protocol())) {
      log.misbehave(one.fault());
      one.sees().accept(log);
    }
  }

  @Test
  void cases_together_haveEveryWord() {
    Set<String> seen = new TreeSet<>();
    cases().forEach(one -> seen.add(one.fault().split("[:/@]", 2)[0]));
    assertThat(seen)
        .containsExactlyElementsOf(FaultWords.ALL.stream().map(FaultWord::name).toList());
  }

  @Test
  void schedule_everyThirdRequest_unlessToldOtherwise() {
    try (FaultyLog log = new FaultyLog(LogProtocol.RFC6962)) {
      log.misbehave("http-429");
      assertThat(statuses(log, 7)).containsExactly(200, 200, 429, 200, 200, 429, 200);
      log.misbehave("http-429/2");
      assertThat(statuses(log, 4)).containsExactly(200, 429, 200, 429);
      log.misbehave("http-429", "http-500-html");
      assertThat(statuses(log, 8)).containsExactly(200, 200, 429, 500, 200, 429, 200, 500);
    }
  }

  @Test
  void schedule_fromTo_holdsBetweenThem() {
    try (FaultyLog log = new FaultyLog(LogProtocol.RFC6962)) {
      log.misbehave("log-gone@5-20");
      assertThat(statuses(log, 1)).containsExactly(200);
      log.pass(5);
      assertThat(statuses(log, 2)).containsExactly(404, 404);
      log.pass(15);
      assertThat(statuses(log, 1)).containsExactly(200);
    }
  }

  @Test
  void clockSkew_whenItIsOver_isNowhere() {
    try (FaultyLog log = new FaultyLog(LogProtocol.RFC6962)) {
      log.misbehave("clock-skew:3600@0-5");
      log.pass(5);
      log.grow(1);
      assertThat(log.log.timestamp(FaultyLog.SIZE)).isEqualTo(log.clock.millis());
      assertThat(log.http.get("ct/v1/get-sth").headers().firstValue("Date"))
          .hasValue("Tue, 24 Nov 2026 12:00:05 GMT");
    }
  }

  // --- Instead of answers

  private static void refused(FaultyLog log, int status, @Nullable String retryAfter) {
    HttpResponse<byte[]> response = log.http.get("ct/v1/get-sth");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Retry-After").orElse(null)).isEqualTo(retryAfter);
  }

  private static void page(FaultyLog log, int status) {
    HttpResponse<byte[]> response = log.http.get("ct/v1/get-sth");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html");
    assertThat(new String(response.body(), StandardCharsets.US_ASCII)).startsWith("<html>");
  }

  private static void redirect(FaultyLog log) {
    HttpResponse<byte[]> response = log.http.get(ENTRIES);
    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location"))
        .hasValue("http://elsewhere.invalid/log/" + ENTRIES);
  }

  private static void gone(FaultyLog log, int status) {
    assertThat(log.http.get(log.headPath()).statusCode()).isEqualTo(status);
    assertThat(log.http.get(FIRST_TILE).statusCode()).isEqualTo(status);
  }

  private static void rateLimit(FaultyLog log) {
    assertThat(statuses(log, 4)).containsExactly(200, 200, 429, 429);
    log.pass(1);
    assertThat(statuses(log, 3)).containsExactly(200, 200, 429);
  }

  // --- On the way

  private static void connectionRefused(FaultyLog log) {
    log.server.openOrClose();
    assertThat(refuses(log)).isTrue();
    log.misbehave();
    log.server.openOrClose();
    assertThat(statuses(log, 1)).containsExactly(200);
  }

  private static boolean refuses(FaultyLog log) {
    try (RawConnection _ = log.connect("ct/v1/get-sth")) {
      return false;
    } catch (UncheckedIOException e) {
      return e.getCause() instanceof ConnectException;
    }
  }

  private static void reset(FaultyLog log, int bytes) {
    try (RawConnection connection = log.connect("ct/v1/get-sth")) {
      assertThat(connection.readToEnd()).isEqualTo(Ending.RESET);
      assertThat(connection.bodyLength()).isLessThanOrEqualTo(bytes);
    }
  }

  private static void slowBody(FaultyLog log) {
    try (RawConnection connection = log.connect("ct/v1/get-sth")) {
      assertThat(connection.readBody(1)).isEqualTo(1);
      log.pass(1);
      assertThat(connection.readBody(101)).isEqualTo(101);
      assertThat(connection.read()).isEqualTo(Ending.NOTHING_MORE_COMES);
      assertThat(connection.bodyLength()).isEqualTo(101);
      log.pass(10);
      assertThat(connection.readBody(connection.contentLength()))
          .isEqualTo(connection.contentLength());
    }
  }

  private static void lateBody(FaultyLog log) {
    try (RawConnection connection = log.connect("ct/v1/get-sth")) {
      assertThat(connection.readBody(1)).isEqualTo(1);
      int length = connection.contentLength();
      log.pass(1);
      assertThat(connection.readBody(length / 2)).isBetween(length / 2, length / 2 + 1);
      log.pass(1);
      assertThat(connection.readBody(length)).isEqualTo(length);
    }
  }

  private static void stalledBody(FaultyLog log) {
    try (RawConnection connection = log.connect("ct/v1/get-sth")) {
      connection.readBody(1);
      assertThat(connection.readBody(connection.contentLength() / 2))
          .isEqualTo(connection.contentLength() / 2);
      log.pass(3600);
      assertThat(connection.read()).isEqualTo(Ending.NOTHING_MORE_COMES);
    }
  }

  private static void truncatedBody(FaultyLog log) {
    try (RawConnection connection = log.connect("ct/v1/get-sth")) {
      assertThat(connection.readToEnd()).isEqualTo(Ending.CLOSED);
      assertThat(connection.bodyLength()).isEqualTo(connection.contentLength() / 2);
    }
  }

  private static void oversizedBody(FaultyLog log) {
    assertThat(log.http.body("ct/v1/get-sth")).hasSize(1 << 20);
  }

  private static void gzipBomb(FaultyLog log) throws Exception {
    byte[] body = log.http.body("checkpoint");
    assertThat(body).hasSizeLessThan(10_000);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      assertThat(in.readAllBytes()).hasSize(1 << 20);
    }
  }

  /** A hundred are there; the 156 that are missing take 1.56 seconds. */
  private static void entriesPerSecond(FaultyLog log, String path) {
    try (RawConnection connection = log.connect(path)) {
      assertThat(connection.read()).isEqualTo(Ending.NOTHING_MORE_COMES);
      assertThat(connection.bodyLength()).isZero();
      for (int i = 0; i < 100 && connection.bodyLength() == 0; i++) {
        log.pass(2);
        connection.read();
      }
      assertThat(connection.readBody(connection.contentLength()))
          .isEqualTo(connection.contentLength());
    }
  }

  // --- Entries

  private static void moreEntries(FaultyLog log) {
    assertThat(count(log, 10, 19)).isEqualTo(13);
    JsonNode last = log.http.json("ct/v1/get-entries?start=599&end=599").get("entries");
    assertThat(last).hasSize(4);
    assertThat(last.get(3)).isEqualTo(last.get(0));
  }

  private static void misaligned(FaultyLog log) {
    int at = 0;
    while (at < FaultyLog.SIZE - 1) {
      int count = count(log, at, FaultyLog.SIZE - 1);
      assertThat(count(log, at, FaultyLog.SIZE - 1)).isEqualTo(count).isBetween(1, 256);
      at += count;
      assertThat(at == FaultyLog.SIZE || at % 2 == 1).isTrue();
    }
  }

  private static void changedEntry(FaultyLog log) {
    List<byte[]> changed = log.http.leafInputs(FaultyLog.SIZE);
    assertThat(differences(log.http.leafInputs(FaultyLog.SIZE).get(5), changed.get(5))).isZero();
    log.misbehave();
    List<byte[]> truth = log.http.leafInputs(FaultyLog.SIZE);
    assertThat(differences(truth.get(5), changed.get(5))).isEqualTo(1);
    changed.set(5, truth.get(5));
    assertThat(changed.stream().map(Hash::sha256).toList())
        .isEqualTo(truth.stream().map(Hash::sha256).toList());
  }

  private static void changedEntryOnce(FaultyLog log) {
    Hash truth = log.log.leafHash(5);
    assertThat(NaiveTree.leaf(log.http.leafInputs(256).get(5))).isNotEqualTo(truth);
    assertThat(NaiveTree.leaf(log.http.leafInputs(256).get(5))).isEqualTo(truth);
  }

  private static void changedTileLeaf(FaultyLog log) {
    FetchedLog.TileLeaf changed = log.http.tileLeaves(256).get(5);
    log.misbehave();
    FetchedLog.TileLeaf truth = log.http.tileLeaves(256).get(5);
    assertThat(differences(truth.timestampedEntry(), changed.timestampedEntry())).isEqualTo(1);
    assertThat(changed.precertificate()).isEqualTo(truth.precertificate());
  }

  private static void unknownEntryType(FaultyLog log) {
    List<byte[]> leaves = log.http.leafInputs(FaultyLog.SIZE + 1);
    assertThat(leaves.getLast()).startsWith(0, 0).containsSequence(0x12, 0x34);
    assertThat(NaiveTree.root(leaves.stream().map(NaiveTree::leaf).toList()))
        .isEqualTo(root(log.http.json("ct/v1/get-sth")));
    log.grow(1);
    assertThat(log.http.json("ct/v1/get-sth").get("tree_size").asInt()).isEqualTo(602);
  }

  private static void wrongLeafIndex(FaultyLog log) {
    byte[] leaf = log.http.tileLeaves(512).get(300).timestampedEntry();
    assertThat(Arrays.copyOfRange(leaf, leaf.length - 10, leaf.length))
        .containsExactly(0, 8, 0, 0, 5, 0, 0, 0, 1, 45);
  }

  // --- Tiles

  private static void partialTiles(FaultyLog log) {
    assertThat(log.http.get("tile/data/002.p/88").statusCode()).isEqualTo(404);
    assertThat(log.http.get("tile/0/002.p/88").statusCode()).isEqualTo(404);
    assertThat(log.http.get("tile/data/001").statusCode()).isEqualTo(200);
  }

  private static void partialTilesOnceFull(FaultyLog log) {
    assertThat(log.http.get("tile/data/002.p/88").statusCode()).isEqualTo(200);
    assertThat(log.http.get("tile/0/002.p/88").statusCode()).isEqualTo(200);
    log.grow(168);
    assertThat(log.http.get("tile/data/002.p/88").statusCode()).isEqualTo(404);
    assertThat(log.http.get("tile/0/002.p/88").statusCode()).isEqualTo(404);
    assertThat(log.http.get("tile/data/002").statusCode()).isEqualTo(200);
  }

  private static void dataTiles(FaultyLog log) {
    assertThat(log.http.get(FIRST_TILE).statusCode()).isEqualTo(404);
    assertThat(log.http.get("tile/0/000").statusCode()).isEqualTo(200);
    log.pass(10);
    assertThat(log.http.get(FIRST_TILE).statusCode()).isEqualTo(200);
  }

  private static void wrongHashTile(FaultyLog log) {
    byte[] served = log.http.body("tile/0/001");
    assertThat(Hash.copyOf(served, 0)).isNotEqualTo(log.log.leafHash(256));
    log.misbehave();
    assertThat(Hash.copyOf(log.http.body("tile/0/001"), 0)).isEqualTo(log.log.leafHash(256));
  }

  private static void wrongIssuer(FaultyLog log) {
    Hash fingerprint = log.http.tileLeaves(256).getFirst().chain().getFirst();
    assertThat(Hash.sha256(log.http.body("issuer/" + fingerprint))).isNotEqualTo(fingerprint);
  }

  // --- Proofs

  private static void badConsistencyProof(FaultyLog log) {
    JsonNode proof = log.http.json("ct/v1/get-sth-consistency?first=500&second=600");
    assertThat(
            NaiveTree.consistent(
                500,
                log.log.root(500),
                600,
                log.log.root(600),
                FetchedLog.hashes(proof.get("consistency"))))
        .isFalse();
  }

  private static void badInclusionProof(FaultyLog log) {
    JsonNode proof = log.http.json("ct/v1/get-entry-and-proof?leaf_index=42&tree_size=600");
    assertThat(
            NaiveTree.includes(
                log.log.leafHash(42),
                42,
                600,
                FetchedLog.hashes(proof.get("audit_path")),
                log.log.root(600)))
        .isFalse();
  }

  // --- Heads

  private static void wrongSignature(FaultyLog log) {
    assertThat(isSigned(log, log.http.json("ct/v1/get-sth"))).isFalse();
    log.misbehave();
    assertThat(isSigned(log, log.http.json("ct/v1/get-sth"))).isTrue();
  }

  private static void frozenHead(FaultyLog log) {
    JsonNode before = log.http.json("ct/v1/get-sth");
    log.pass(60);
    log.grow(10);
    assertThat(log.http.json("ct/v1/get-sth")).isEqualTo(before);
    log.misbehave();
    assertThat(log.http.json("ct/v1/get-sth").get("tree_size").asInt()).isEqualTo(610);
  }

  /** By how many seconds the head's timestamp differs, when it is signed. */
  private static long shift(FaultyLog log) {
    JsonNode head = log.http.json("ct/v1/get-sth");
    assertThat(isSigned(log, head)).isTrue();
    return (head.get("timestamp").asLong() - log.log.head().timestamp()) / 1000;
  }

  private static void shrinkingHead(FaultyLog log) {
    assertThat(log.http.json("ct/v1/get-sth").get("tree_size").asInt()).isEqualTo(600);
    log.grow(10);
    JsonNode smaller = log.http.json("ct/v1/get-sth");
    assertThat(smaller.get("tree_size").asInt()).isEqualTo(500);
    assertThat(root(smaller)).isEqualTo(log.log.root(500));
    assertThat(isSigned(log, smaller)).isTrue();
  }

  private static void splitView(FaultyLog log) {
    for (int size = 600; size < 602; size++) {
      JsonNode one = log.http.json("ct/v1/get-sth");
      log.grow(1);
      JsonNode other = log.http.json("ct/v1/get-sth");
      assertThat(one.get("tree_size").asInt()).isEqualTo(size);
      assertThat(other.get("tree_size").asInt()).isEqualTo(size);
      assertThat(root(one)).isEqualTo(log.log.root(size));
      assertThat(root(other)).isNotEqualTo(root(one));
      assertThat(isSigned(log, one) && isSigned(log, other)).isTrue();
    }
  }

  private static void fork(FaultyLog log) {
    Hash before = root(log.http.json("ct/v1/get-sth"));
    log.pass(10);
    Hash forked = root(log.http.json("ct/v1/get-sth"));
    log.grow(23);
    JsonNode later = log.http.json("ct/v1/get-sth");
    List<Hash> proof =
        FetchedLog.hashes(
            log.http.json("ct/v1/get-sth-consistency?first=600&second=623").get("consistency"));

    assertThat(isSigned(log, later)).isTrue();
    assertThat(forked).isNotEqualTo(before);
    assertThat(NaiveTree.consistent(600, forked, 623, root(later), proof)).isTrue();
    assertThat(NaiveTree.consistent(600, before, 623, root(later), proof)).isFalse();
    assertThat(NaiveTree.root(log.http.leafInputs(623).stream().map(NaiveTree::leaf).toList()))
        .isEqualTo(root(later));
  }

  private static void clockSkew(FaultyLog log) {
    assertThat(shift(log)).isEqualTo(-60);
    assertThat(log.http.get("ct/v1/get-sth").headers().firstValue("Date"))
        .hasValue("Tue, 24 Nov 2026 11:59:00 GMT");
    log.grow(1);
    assertThat(log.log.timestamp(600)).isEqualTo(log.clock.millis() - 60_000);
    assertThat(log.http.json("ct/v1/get-sth").get("timestamp").asLong())
        .isEqualTo(log.clock.millis() - 60_000);
  }

  // ---

  private static List<Integer> statuses(FaultyLog log, int count) {
    return Stream.generate(() -> log.http.get(log.headPath()).statusCode()).limit(count).toList();
  }

  private static int count(FaultyLog log, int start, int end) {
    return log.http.json("ct/v1/get-entries?start=" + start + "&end=" + end).get("entries").size();
  }

  private static int differences(byte[] one, byte[] other) {
    assertThat(other).hasSameSizeAs(one);
    int differences = 0;
    for (int i = 0; i < one.length; i++) {
      differences += one[i] == other[i] ? 0 : 1;
    }
    return differences;
  }

  private static Hash root(JsonNode sth) {
    return Hash.ofBase64(sth.get("sha256_root_hash").asString());
  }

  private static boolean isSigned(FaultyLog log, JsonNode sth) {
    byte[] signature = Base64.getDecoder().decode(sth.get("tree_head_signature").asString());
    byte[] message =
        PublishedHead.signedBytes(
            sth.get("timestamp").asLong(), sth.get("tree_size").asLong(), root(sth));
    return log.log.key().verifies(message, Arrays.copyOfRange(signature, 4, signature.length));
  }
}

package dev.rootwatch.testlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import dev.rootwatch.ct.LogProtocol;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TestLogServerTest {
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));
  private static final Seed SEED = new Seed(7);
  private static final OrdinaryAuthorities AUTHORITIES = OrdinaryAuthorities.of(SEED);
  private static final byte[] V1_TIMESTAMPED = {0, 0};
  private static final int SIZE = 600;

  private final TestLog rfc6962 = log("r", LogProtocol.RFC6962);
  private final TestLog staticCt = log("s", LogProtocol.STATIC);
  private final TestLog hybrid = log("h", LogProtocol.HYBRID);
  private final TestLogServer server = TestLogServer.start(0, rfc6962, staticCt, hybrid);
  private final FetchedLog fetched6962 = new FetchedLog(server.url(rfc6962));
  private final FetchedLog fetchedStatic = new FetchedLog(server.url(staticCt));
  private final FetchedLog fetchedHybrid = new FetchedLog(server.url(hybrid));

  private static TestLog log(String name, LogProtocol protocol) {
    TestLog log =
        TestLog.named(name)
            .seed(SEED)
            .authorities(AUTHORITIES)
            .protocol(protocol)
            .clock(NOON)
            .build();
    log.fill(SIZE);
    log.publish();
    return log;
  }

  @AfterEach
  void close() {
    fetched6962.close();
    fetchedStatic.close();
    fetchedHybrid.close();
    server.close();
  }

  @Test
  void getSth_signedHead_verifiesUnderKeyAndIsRootOfEntries() {
    JsonNode sth = fetched6962.json("ct/v1/get-sth");
    byte[] signature = Base64.getDecoder().decode(sth.get("tree_head_signature").asString());
    byte[] message = headInput(sth.get("timestamp").asLong(), SIZE, root(sth));

    assertThat(sth.get("tree_size").asLong()).isEqualTo(SIZE);
    assertThat(sth.get("timestamp").asLong()).isEqualTo(NOON.millis());
    assertThat(signature).startsWith(4, 3);
    assertThat(rfc6962.key().verifies(message, tail(signature, 4))).isTrue();
    assertThat(leafHashes(fetched6962.leafInputs(SIZE))).hasSize(SIZE);
    assertThat(NaiveTree.root(leafHashes(fetched6962.leafInputs(SIZE)))).isEqualTo(root(sth));
  }

  @Test
  void getEntries_moreThanMaximumAsked_endsAlignedLikeCtfe() {
    assertThat(fetched6962.json("ct/v1/get-entries?start=5&end=599").get("entries")).hasSize(251);
    assertThat(fetched6962.json("ct/v1/get-entries?start=256&end=599").get("entries")).hasSize(256);
    assertThat(fetched6962.json("ct/v1/get-entries?start=590&end=9999").get("entries")).hasSize(10);
    assertThat(fetched6962.get("ct/v1/get-entries?start=600&end=700").statusCode()).isEqualTo(400);
    assertThat(fetched6962.get("ct/v1/get-entries?start=x&end=7").statusCode()).isEqualTo(400);
  }

  @Test
  void getSthConsistency_afterGrowth_verifies() {
    Hash before = root(fetched6962.json("ct/v1/get-sth"));
    rfc6962.fill(123);
    assertThat(root(fetched6962.json("ct/v1/get-sth"))).isEqualTo(before);
    rfc6962.publish();
    JsonNode after = fetched6962.json("ct/v1/get-sth");
    JsonNode proof = fetched6962.json("ct/v1/get-sth-consistency?first=600&second=723");

    assertThat(after.get("tree_size").asLong()).isEqualTo(723);
    assertThat(
            NaiveTree.consistent(
                600, before, 723, root(after), FetchedLog.hashes(proof.get("consistency"))))
        .isTrue();
  }

  @Test
  void proofs_byHashAndByIndex_verify() {
    Hash root = root(fetched6962.json("ct/v1/get-sth"));
    Hash leaf = leafHashes(fetched6962.leafInputs(SIZE)).get(421);
    String hash = URLEncoder.encode(leaf.base64(), StandardCharsets.UTF_8);
    JsonNode byHash = fetched6962.json("ct/v1/get-proof-by-hash?tree_size=600&hash=" + hash);
    JsonNode byIndex = fetched6962.json("ct/v1/get-entry-and-proof?leaf_index=421&tree_size=600");

    assertThat(byHash.get("leaf_index").asLong()).isEqualTo(421);
    for (JsonNode proof : List.of(byHash, byIndex)) {
      List<Hash> path = FetchedLog.hashes(proof.get("audit_path"));
      assertThat(NaiveTree.includes(leaf, 421, SIZE, path, root)).isTrue();
    }
    byte[] input = Base64.getDecoder().decode(byIndex.get("leaf_input").asString());
    assertThat(NaiveTree.leaf(input)).isEqualTo(leaf);
  }

  @Test
  void checkpoint_severalLines_logsLineVerifiesAndIsNotFirst() {
    String note = new String(fetchedStatic.body("checkpoint"), StandardCharsets.UTF_8);
    String[] lines = note.split("\n", -1);
    String origin = "127.0.0.1:" + server.port() + "/s";
    Hash root = Hash.ofBase64(lines[2]);

    assertThat(lines[0]).isEqualTo(origin);
    assertThat(lines[1]).isEqualTo("600");
    assertThat(lines[3]).isEmpty();
    assertThat(lines[4]).startsWith("\u2014 grease.invalid ");
    assertThat(lines[5]).startsWith("\u2014 " + origin + " ");
    byte[] signed = Base64.getDecoder().decode(lines[5].substring(lines[5].lastIndexOf(' ') + 1));
    byte[] keyId =
        Hash.sha256(
                NaiveTree.concat(
                    (origin + "\n").getBytes(StandardCharsets.UTF_8),
                    new byte[] {5},
                    staticCt.id().keyHash().toBytes()))
            .toBytes();
    assertThat(signed).startsWith(Arrays.copyOf(keyId, 4));
    byte[] message = headInput(ByteBuffer.wrap(signed, 4, 8).getLong(), SIZE, root);
    assertThat(staticCt.key().verifies(message, tail(signed, 16))).isTrue();
    assertThat(leafHashes(fetchedStatic, SIZE).size()).isEqualTo(SIZE);
    assertThat(NaiveTree.root(leafHashes(fetchedStatic, SIZE))).isEqualTo(root);
  }

  @Test
  void hashTiles_fullPartialAndSecondLevel_areHashesOfDataTiles() {
    List<Hash> leaves = leafHashes(fetchedStatic, SIZE);

    assertThat(hashes(fetchedStatic.body("tile/0/001"))).isEqualTo(leaves.subList(256, 512));
    assertThat(hashes(fetchedStatic.body("tile/0/002.p/88"))).isEqualTo(leaves.subList(512, 600));
    assertThat(hashes(fetchedStatic.body("tile/1/000.p/2")))
        .containsExactly(
            NaiveTree.root(leaves.subList(0, 256)), NaiveTree.root(leaves.subList(256, 512)));
  }

  @Test
  void partialTile_notTheEdgeOfAPublishedHead_notFound() {
    staticCt.fill(10);
    assertThat(fetchedStatic.get("tile/data/002.p/98").statusCode()).isEqualTo(404);
    staticCt.publish();
    assertThat(fetchedStatic.get("tile/data/002.p/98").statusCode()).isEqualTo(200);
    assertThat(fetchedStatic.get("tile/data/002.p/88").statusCode()).isEqualTo(200);
    assertThat(fetchedStatic.get("tile/data/002.p/87").statusCode()).isEqualTo(404);
    assertThat(fetchedStatic.get("tile/data/002").statusCode()).isEqualTo(404);
    assertThat(fetchedStatic.get("tile/0/001.p/256").statusCode()).isEqualTo(404);
    assertThat(fetchedStatic.get("tile/data/003").statusCode()).isEqualTo(404);
  }

  @Test
  void tileLeaf_staticLog_numberedAndChainServedAsIssuers() {
    FetchedLog.TileLeaf leaf = fetchedStatic.tileLeaves(SIZE).get(300);

    assertThat(tail(leaf.timestampedEntry(), leaf.timestampedEntry().length - 10))
        .containsExactly(0, 8, 0, 0, 5, 0, 0, 0, 1, 44);
    assertThat(leaf.chain()).hasSize(2);
    for (Hash fingerprint : leaf.chain()) {
      assertThat(Hash.sha256(fetchedStatic.body("issuer/" + fingerprint))).isEqualTo(fingerprint);
    }
  }

  @Test
  void hybrid_dataTiles_areTheEntriesOfGetEntries() {
    List<Hash> fromTiles = leafHashes(fetchedHybrid, SIZE);

    assertThat(fromTiles).isEqualTo(leafHashes(fetchedHybrid.leafInputs(SIZE)));
    assertThat(NaiveTree.root(fromTiles)).isEqualTo(root(fetchedHybrid.json("ct/v1/get-sth")));
    assertThat(fetchedHybrid.get("checkpoint").statusCode()).isEqualTo(404);
  }

  @Test
  void protocols_pathsOfTheOther_notFound() {
    assertThat(fetched6962.get("checkpoint").statusCode()).isEqualTo(404);
    assertThat(fetched6962.get("tile/data/000").statusCode()).isEqualTo(404);
    assertThat(fetchedStatic.get("ct/v1/get-sth").statusCode()).isEqualTo(404);
  }

  @Test
  void filler_precertificates_commitToTheirOwnTbs() {
    List<FetchedLog.TileLeaf> leaves = fetchedStatic.tileLeaves(SIZE);

    assertThat(leaves.stream().filter(leaf -> leaf.type() == LogEntry.PRECERT).count())
        .isBetween(470L, 550L);
    assertThat(leaves.stream().filter(leaf -> leaf.type() == LogEntry.PRECERT))
        .allSatisfy(
            leaf -> assertThat(CanonicalForm.of(leaf.precertificate())).isEqualTo(leaf.signed()));
  }

  @Test
  void filler_neighbours_shareNoRandomBytes() {
    List<FetchedLog.TileLeaf> leaves = fetchedStatic.tileLeaves(SIZE);

    assertThat(leaves.stream().map(leaf -> Hash.sha256(tail(leaf.signed(), 200))).distinct())
        .hasSize(SIZE);
    // Real tiles are about as long, and compress to a quarter of it.
    int raw =
        leaves.stream()
                .mapToInt(leaf -> leaf.timestampedEntry().length + leaf.precertificate().length)
                .sum()
            / SIZE;
    int compressed =
        (fetchedStatic.body("tile/data/000").length + fetchedStatic.body("tile/data/001").length)
            / 512;
    assertThat(raw).isBetween(1400, 2200);
    assertThat(compressed).isBetween(300, 600);
  }

  @Test
  void logList_asServed_hasEveryLogUnderItsKind() {
    try (FetchedLog top = new FetchedLog(server.base())) {
      JsonNode operator = top.json("log_list.json").get("operators").get(0);
      assertThat(operator.get("logs")).hasSize(2);
      assertThat(operator.get("tiled_logs").get(0).get("monitoring_url").asString())
          .isEqualTo(server.url(staticCt).toString());
      assertThat(operator.get("tiled_logs").get(0).get("log_id").asString())
          .isEqualTo(staticCt.id().toString());
    }
  }

  @Test
  void build_sameSeed_sameKeysAndRoots() {
    TestLog again = TestLog.named("s").seed(SEED).protocol(LogProtocol.STATIC).clock(NOON).build();
    again.fill(SIZE);
    again.publish();
    assertThat(again.id()).isEqualTo(staticCt.id());
    assertThat(again.head().root()).isEqualTo(staticCt.head().root());
    assertThat(again.head().signature()).isEqualTo(staticCt.head().signature());
  }

  @Test
  void rsaKey_signedHead_verifies() {
    TestLog rsa = TestLog.named("rsa").clock(NOON).rsaKey().build();
    PublishedHead head = rsa.publish();
    assertThat(rsa.key().signatureAlgorithm()).isEqualTo(1);
    assertThat(rsa.key().verifies(headInput(NOON.millis(), 0, head.root()), head.signature()))
        .isTrue();
  }

  private static byte[] headInput(long timestamp, long size, Hash root) {
    return NaiveTree.concat(
        new byte[] {0, 1},
        ByteBuffer.allocate(16).putLong(timestamp).putLong(size).array(),
        root.toBytes());
  }

  private static Hash root(JsonNode sth) {
    return Hash.ofBase64(sth.get("sha256_root_hash").asString());
  }

  private static List<Hash> leafHashes(List<byte[]> leafInputs) {
    return leafInputs.stream().map(NaiveTree::leaf).toList();
  }

  private static List<Hash> leafHashes(FetchedLog log, long size) {
    return log.tileLeaves(size).stream()
        .map(leaf -> NaiveTree.leaf(NaiveTree.concat(V1_TIMESTAMPED, leaf.timestampedEntry())))
        .toList();
  }

  private static List<Hash> hashes(byte[] tile) {
    return java.util.stream.IntStream.range(0, tile.length / 32)
        .mapToObj(i -> Hash.copyOf(tile, 32 * i))
        .toList();
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }
}

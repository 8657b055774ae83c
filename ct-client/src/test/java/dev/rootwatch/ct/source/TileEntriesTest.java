package dev.rootwatch.ct.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.source.SourceException.Kind;
import dev.rootwatch.ct.wire.EntryWindow;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only tiles have: partial ones, broken framing, leaf_index, fingerprints. */
@Timeout(30)
class TileEntriesTest {
  private static final int SIZE = 600;

  private final BufferPool buffers = new BufferPool(16 << 20);
  private final TestLogServer server = start(TestEntry.synthetic(SIZE, 2));

  private static TestLogServer start(List<TestEntry> entries) {
    try {
      return new TestLogServer(entries);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private LogSources sources(TestLogServer of) {
    LogHttp http =
        new LogHttp(
            LogHttp.newClient(Map.of()).build(),
            "rootwatch/0 (+soc@corp.tld)",
            InstantSource.system(),
            buffers);
    return LogSources.of(of.log(LogProtocol.STATIC), http);
  }

  private EntryWindow read(long from, long to, long treeSize) throws Exception {
    return sources(server).entries().read(new EntryRange(from, to), treeSize);
  }

  private SourceException failure(long from, long to, long treeSize) {
    return catchThrowableOfType(SourceException.class, () -> read(from, to, treeSize).close());
  }

  @Test
  void read_rangeBeyondItsTile_endsWithTheTile() throws Exception {
    try (EntryWindow window = read(250, 600, SIZE)) {
      assertThat(window.range()).isEqualTo(new EntryRange(250, 256));
    }
    assertThat(server.asked).containsExactly("tile/data/000");
  }

  @Test
  void read_lastTile_partial() throws Exception {
    try (EntryWindow window = read(512, 600, SIZE)) {
      assertThat(window.range()).isEqualTo(new EntryRange(512, 600));
    }
    assertThat(server.asked).containsExactly("tile/data/002.p/88");
  }

  @Test
  void read_partialTileGone_fullOneTruncated() throws Exception {
    // The head that was seen had 300 entries; the log has grown since and dropped tile 1's part.
    try (EntryWindow window = read(256, 300, 300)) {
      assertThat(window.range()).isEqualTo(new EntryRange(256, 300));
      byte[] hash = new byte[32];
      window.leafHash(43, Hash.newSha256(), hash, 0);
      assertThat(server.tree.leaf(299).matches(hash, 0)).isTrue();
      assertThat(window.trailingBytes()).isZero();
    }
    assertThat(server.asked).containsExactly("tile/data/001.p/44", "tile/data/001");
  }

  @Test
  void read_partialTileGoneAndNoFullOne_notFound() {
    server.wrong.put("tile/data/002.p/88", TestLogServer.status(404));
    SourceException e = failure(512, 600, SIZE);
    assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(e).hasMessageContaining("tile/data/002:");
    assertThat(e.getSuppressed()).hasSize(1);
  }

  @Test
  void read_fullTileGone_notFound() {
    server.wrong.put("tile/data/000", TestLogServer.status(404));
    assertThat(failure(0, 256, SIZE).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(server.asked).containsExactly("tile/data/000");
  }

  @Test
  void read_partialTileFailsOtherwise_fullOneNotAskedFor() {
    server.wrong.put("tile/data/002.p/88", TestLogServer.status(500));
    assertThat(failure(512, 600, SIZE).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(server.asked).containsExactly("tile/data/002.p/88");
  }

  @Test
  void read_leafIndexOfAnotherEntry_isReadAsItStands() throws Exception {
    List<TestEntry> entries = new ArrayList<>(server.entries);
    TestEntry swapped = entries.get(77);
    entries.set(77, entries.get(78));
    entries.set(78, swapped);
    try (TestLogServer wrong = start(entries)) {
      try (EntryWindow window = sources(wrong).entries().read(new EntryRange(0, 256), SIZE)) {
        assertThat(window.leafIndex(76)).isEqualTo(76);
        assertThat(window.leafIndex(77)).isEqualTo(78);
        assertThat(window.leafIndex(78)).isEqualTo(77);
      }
    }
  }

  @Test
  void read_noLeafIndex_fine() throws Exception {
    List<TestEntry> entries = new ArrayList<>(server.entries);
    byte[] archived =
        TestEntry.timestampedEntry(0, 0, new byte[0], new byte[] {0x30, 0}, new byte[0]);
    entries.set(5, new TestEntry(archived, null, List.of(), List.of()));
    try (TestLogServer archive = start(entries);
        EntryWindow window = sources(archive).entries().read(new EntryRange(0, 256), SIZE)) {
      assertThat(window.count()).isEqualTo(256);
    }
  }

  @Test
  void read_unknownEntryType_othersAreFoundByTheHashTile() throws Exception {
    byte[] tile = server.dataTile(1, 256);
    int entry20 = 0;
    for (int i = 256; i < 276; i++) {
      entry20 += server.entries.get(i).tileLeaf().length;
    }
    server.wrong.put("tile/data/001", server.ok(TestLogServer.with(tile, entry20 + 8, 0, 9)));
    try (EntryWindow window = read(260, 512, SIZE)) {
      assertThat(window.count()).isEqualTo(252);
      assertThat(window.malformed(15)).isNull();
      assertThat(window.malformed(16)).isNotNull();
      for (int i = 17; i < window.count(); i++) {
        assertThat(window.malformed(i)).isNull();
        assertThat(window.hasCertificate(i)).isTrue();
      }
      byte[] hash = new byte[32];
      for (int i = 0; i < window.count(); i++) {
        window.leafHash(i, Hash.newSha256(), hash, 0);
        assertThat(server.tree.leaf(260 + i).matches(hash, 0)).isTrue();
      }
    }
    assertThat(server.asked).containsExactly("tile/data/001", "tile/data/001", "tile/0/001");
  }

  @Test
  void read_brokenTileAndNoHashTile_failsAndKeepsNoMemory() throws Exception {
    read(0, 256, SIZE).close();
    long idle = buffers.idleBytes();
    server.wrong.put("tile/data/000", server.ok(Arrays.copyOf(server.dataTile(0, 256), 100_000)));
    server.wrong.put("tile/0/000", TestLogServer.status(404));
    assertThat(failure(0, 256, SIZE).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(buffers.idleBytes()).isGreaterThanOrEqualTo(idle);
  }

  @Test
  void read_hashTileOfAnotherLength_invalidAnswer() {
    server.wrong.put("tile/data/000", server.ok(Arrays.copyOf(server.dataTile(0, 256), 100_000)));
    server.wrong.put("tile/0/000", server.ok(new byte[8160]));
    SourceException e = failure(0, 256, SIZE);
    assertThat(e.kind()).isEqualTo(Kind.INVALID_ANSWER);
    assertThat(e).hasMessageContaining("8160 bytes, not 8192");
  }

  @Test
  void read_bytesBehindTheLastEntry_entriesReadAndTheRestCounted() throws Exception {
    byte[] tile = server.dataTile(0, 256);
    server.wrong.put("tile/data/000", server.ok(Arrays.copyOf(tile, tile.length + 5)));
    try (EntryWindow window = read(0, 256, SIZE)) {
      assertThat(window.count()).isEqualTo(256);
      assertThat(window.trailingBytes()).isEqualTo(5);
    }
  }

  @Test
  void proofs_partialHashTileGone_fullOneUsed() throws Exception {
    LogSources sources = sources(server);
    server.wrong.put("tile/1/000.p/1", server.ok(server.hashTile(1, 0, 1)));
    server.wrong.put(
        "checkpoint", server.ok(server.checkpoint(server.log(LogProtocol.STATIC).origin(), 300)));
    var head = sources.heads().latest();
    var leaf = sources.proofs().inclusion(299, head);
    assertThat(leaf.proof().verifies(leaf.leafHash(), head.root())).isTrue();
    assertThat(server.asked).contains("tile/0/001.p/44", "tile/0/001");
  }

  @Test
  void proofs_again_tilesNotFetchedAgain() throws Exception {
    LogSources sources = sources(server);
    var head = sources.heads().latest();
    sources.proofs().inclusion(3, head);
    server.asked.clear();
    sources.proofs().inclusion(4, head);
    sources.proofs().consistency(300, head);
    assertThat(server.asked).containsOnly("tile/0/001");
  }

  @Test
  void issuer_known_givenAndRemembered() throws Exception {
    IssuerSource issuers = sources(server).issuers();
    byte[] der = someIssuer();
    for (int i = 0; i < 2; i++) {
      assertThat(issuers.issuer(Hash.sha256(der)))
          .isInstanceOfSatisfying(
              IssuerAnswer.Found.class, found -> assertThat(found.der()).isEqualTo(der));
    }
    assertThat(server.asked).containsExactly("issuer/" + Hash.sha256(der));
  }

  @Test
  void issuer_unknownOrOtherBytes_areToldApart() throws Exception {
    IssuerSource issuers = sources(server).issuers();
    Hash unknown = Hash.sha256(new byte[] {1});
    assertThat(issuers.issuer(unknown)).isEqualTo(new IssuerAnswer.Missing());
    server.wrong.put("issuer/" + unknown, server.ok(new byte[] {2}));
    assertThat(issuers.issuer(unknown))
        .isInstanceOfSatisfying(
            IssuerAnswer.Wrong.class, wrong -> assertThat(wrong.given()).containsExactly(2));
  }

  @Test
  void issuer_logFails_saysSo() {
    Hash any = Hash.sha256(new byte[] {1});
    server.wrong.put("issuer/" + any, TestLogServer.status(429));
    SourceException e =
        catchThrowableOfType(SourceException.class, () -> sources(server).issuers().issuer(any));
    assertThat(e.kind()).isEqualTo(Kind.RATE_LIMITED);
  }

  private byte[] someIssuer() {
    return server.entries.stream()
        .filter(entry -> !entry.issuers().isEmpty())
        .findFirst()
        .orElseThrow()
        .issuers()
        .getFirst();
  }
}

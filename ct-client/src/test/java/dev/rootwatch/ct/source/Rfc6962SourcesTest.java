package dev.rootwatch.ct.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.source.ProofSource.ProvenLeaf;
import dev.rootwatch.ct.source.SourceException.Kind;
import dev.rootwatch.ct.wire.EntryWindow;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only get-entries and the log's own proofs have. */
@Timeout(30)
class Rfc6962SourcesTest {
  private static final int SIZE = 200;

  private final TestLogServer server = start();
  private final LogSources sources =
      LogSources.of(
          server.log(LogProtocol.RFC6962),
          new LogHttp(
              LogHttp.newClient(Map.of()).build(),
              "rootwatch/0 (+soc@corp.tld)",
              InstantSource.system(),
              new BufferPool(16 << 20)));

  private static TestLogServer start() {
    try {
      return new TestLogServer(TestEntry.synthetic(SIZE, 3));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void answer(String path, String body) {
    server.wrong.put(path, server.ok(body.getBytes(UTF_8)));
  }

  @Test
  void read_logGivesLess_windowEndsThere() throws Exception {
    try (EntryWindow window = sources.entries().read(new EntryRange(10, 200), SIZE)) {
      assertThat(window.range()).isEqualTo(new EntryRange(10, TestLogServer.MAX_ENTRIES));
    }
    assertThat(server.asked).containsExactly("ct/v1/get-entries?start=10&end=199");
  }

  @Test
  void read_noEntries_invalidAnswer() {
    answer("ct/v1/get-entries?start=10&end=19", "{\"entries\":[]}");
    SourceException e =
        catchThrowableOfType(
            SourceException.class,
            () -> sources.entries().read(new EntryRange(10, 20), SIZE).close());
    assertThat(e.kind()).isEqualTo(Kind.INVALID_ANSWER);
    assertThat(e).hasMessageContaining("[10, 20): no entry");
  }

  @Test
  void inclusion_logWithoutGetEntryAndProof_provenByHash() throws Exception {
    SignedTreeHead head = sources.heads().latest();
    server.wrong.put(
        "ct/v1/get-entry-and-proof?leaf_index=7&tree_size=200", TestLogServer.status(404));
    ProvenLeaf leaf = sources.proofs().inclusion(7, head);
    assertThat(leaf.proof().verifies(leaf.leafHash(), head.root())).isTrue();
    assertThat(server.asked).hasSize(4);
  }

  @Test
  void inclusion_proofByHashOfAnotherIndex_invalidAnswer() throws Exception {
    SignedTreeHead head = sources.heads().latest();
    server.wrong.put(
        "ct/v1/get-entry-and-proof?leaf_index=7&tree_size=200", TestLogServer.status(404));
    // Base64 has characters that mean something in a query.
    sources.proofs().inclusion(7, head);
    String asked = server.asked.getLast();
    assertThat(asked).startsWith("ct/v1/get-proof-by-hash?hash=");
    answer(asked, "{\"leaf_index\":8,\"audit_path\":[]}");
    SourceException e =
        catchThrowableOfType(SourceException.class, () -> sources.proofs().inclusion(7, head));
    assertThat(e.kind()).isEqualTo(Kind.INVALID_ANSWER);
    assertThat(e).hasMessageContaining("proves entry 8, asked for 7");
  }

  @Test
  void inclusion_logOverloaded_notAskedInAnotherWay() throws Exception {
    SignedTreeHead head = sources.heads().latest();
    server.asked.clear();
    server.wrong.put(
        "ct/v1/get-entry-and-proof?leaf_index=7&tree_size=200", TestLogServer.status(429));
    SourceException e =
        catchThrowableOfType(SourceException.class, () -> sources.proofs().inclusion(7, head));
    assertThat(e.kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(server.asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{\"consistency\":7}",
        "{\"consistency\":[7]}",
        "{\"consistency\":[[]]}",
        "{\"consistency\":[\"!\"]}",
        "{\"consistency\":[\"AAAA\"]}",
        "{\"consistency\":[\"\"],\"consistency\":[]}",
        "{\"consistency\":[}",
      })
  void consistency_noProof_invalidAnswer(String body) throws Exception {
    SignedTreeHead head = sources.heads().latest();
    answer("ct/v1/get-sth-consistency?first=3&second=200", body);
    SourceException e =
        catchThrowableOfType(SourceException.class, () -> sources.proofs().consistency(3, head));
    assertThat(e.kind()).isEqualTo(Kind.INVALID_ANSWER);
    assertThat(e).hasMessageContaining("get-sth-consistency");
  }

  @Test
  void consistency_nullOrMissing_emptyPathThatProvesNothing() throws Exception {
    SignedTreeHead head = sources.heads().latest();
    for (String body : new String[] {"{}", "{\"consistency\":null}"}) {
      answer("ct/v1/get-sth-consistency?first=3&second=200", body);
      var proof = sources.proofs().consistency(3, head);
      assertThat(proof.path()).isEmpty();
      assertThat(proof.verifies(server.tree.root(0, 3), head.root())).isFalse();
    }
  }

  @Test
  void consistency_endlessList_refused() throws Exception {
    SignedTreeHead head = sources.heads().latest();
    answer(
        "ct/v1/get-sth-consistency?first=3&second=200",
        "{\"consistency\":[" + "\"\",".repeat(300) + "\"\"]}");
    SourceException e =
        catchThrowableOfType(SourceException.class, () -> sources.proofs().consistency(3, head));
    assertThat(e.kind()).isEqualTo(Kind.INVALID_ANSWER);
  }
}

package dev.rootwatch.ct.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.merkle.ConsistencyProof;
import dev.rootwatch.ct.merkle.TreeHasher;
import dev.rootwatch.ct.source.ProofSource.ProvenLeaf;
import dev.rootwatch.ct.source.SourceException.Kind;
import dev.rootwatch.ct.wire.EntryWindow;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every protocol's sources must do, over the same log. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LogSourcesContract {
  private final BufferPool buffers = new BufferPool(64 << 20);
  private final LogHttp http =
      new LogHttp(
          LogHttp.newClient(Map.of()).build(),
          "rootwatch/0 (+soc@corp.tld)",
          InstantSource.system(),
          buffers);
  private @Nullable TestLogServer server;

  abstract TestLogServer start() throws IOException;

  @BeforeAll
  void open() throws IOException {
    server = start();
  }

  @AfterAll
  void close() {
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void healed() {
    if (server != null) {
      server.wrong.clear();
      server.asked.clear();
      server.gzip = true;
    }
  }

  TestLogServer server() {
    return Objects.requireNonNull(server);
  }

  LogSources sources(LogProtocol protocol) {
    return LogSources.of(server().log(protocol), http);
  }

  @ParameterizedTest
  @EnumSource(LogProtocol.class)
  void latest_goodHead_givenWithItsBytes(LogProtocol protocol) throws Exception {
    SignedTreeHead head = sources(protocol).heads().latest();
    assertThat(head.size()).isEqualTo(server().size());
    assertThat(head.root()).isEqualTo(server().tree.root(0, server().size()));
    assertThat(head.timestamp()).isEqualTo(1_790_000_000_000L);
    assertThat(head.log()).isEqualTo(server().keys.logKey().id());
    assertThat(head.raw()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(LogProtocol.class)
  void latest_signatureBroken_invalidHead(LogProtocol protocol) throws Exception {
    boolean checkpoint = protocol == LogProtocol.STATIC;
    byte[] raw = sources(protocol).heads().latest().raw();
    byte[] other = raw.clone();
    // Another size under the same signature.
    int digit = checkpoint ? new String(raw, UTF_8).indexOf('\n') + 1 : "{\"tree_size\":".length();
    other[digit] = (byte) (other[digit] == '9' ? '8' : other[digit] + 1);
    server().wrong.put(checkpoint ? "checkpoint" : "ct/v1/get-sth", server().ok(other));
    SourceException e =
        catchThrowableOfType(SourceException.class, () -> sources(protocol).heads().latest());
    assertThat(e.kind()).isEqualTo(Kind.INVALID_HEAD);
  }

  @ParameterizedTest
  @EnumSource(LogProtocol.class)
  void latest_noHeadAtAll_invalidAnswer(LogProtocol protocol) {
    server().wrong.put("checkpoint", server().ok("maintenance\n".getBytes(UTF_8)));
    server().wrong.put("ct/v1/get-sth", server().ok("{\"error\":1}".getBytes(UTF_8)));
    SourceException e =
        catchThrowableOfType(SourceException.class, () -> sources(protocol).heads().latest());
    assertThat(e.kind()).isEqualTo(Kind.INVALID_ANSWER);
  }

  @Test
  void latest_checkpointOfAnotherOrigin_invalidHead() {
    server().wrong.put("checkpoint", server().ok(server().checkpoint("other.example/log", 7)));
    SourceException e =
        catchThrowableOfType(
            SourceException.class, () -> sources(LogProtocol.STATIC).heads().latest());
    assertThat(e.kind()).isEqualTo(Kind.INVALID_HEAD);
    assertThat(e).hasMessageContaining("other.example/log");
  }

  @ParameterizedTest
  @EnumSource(LogProtocol.class)
  void read_wholeLog_foldsToTheSignedRoot(LogProtocol protocol) throws Exception {
    for (boolean gzip : new boolean[] {true, false}) {
      server().gzip = gzip;
      LogSources sources = sources(protocol);
      SignedTreeHead head = sources.heads().latest();
      TreeHasher hasher = new TreeHasher();
      CompactRange read = CompactRange.EMPTY;
      while (read.to() < head.size()) {
        long to = Math.min(read.to() + sources.entries().initialWindow(), head.size());
        EntryRange wanted = new EntryRange(read.to(), to);
        try (EntryWindow window = sources.entries().read(wanted, head.size())) {
          assertThat(window.firstIndex()).isEqualTo(wanted.from());
          assertThat(window.count()).isPositive();
          assertThat(window.range().to()).isLessThanOrEqualTo(wanted.to());
          assertThat(window.transferredBytes()).isPositive();
          check(window);
          read = read.append(hasher.hash(window));
        }
      }
      assertThat(read.root()).isEqualTo(head.root());
    }
  }

  private void check(EntryWindow window) {
    MessageDigest sha256 = Hash.newSha256();
    byte[] hash = new byte[Hash.BYTES];
    for (int i = 0; i < window.count(); i++) {
      TestEntry entry = server().entries.get((int) window.firstIndex() + i);
      assertThat(window.malformed(i)).isNull();
      assertThat(window.malformedExtra(i)).isNull();
      window.leafHash(i, sha256, hash, 0);
      assertThat(entry.leafHash().matches(hash, 0)).isTrue();
      byte[] precertificate = entry.precertificate();
      if (precertificate != null) {
        int at = window.precertificateOffset(i);
        assertThat(
                Arrays.equals(
                    window.bytes(),
                    at,
                    at + window.precertificateLength(i),
                    precertificate,
                    0,
                    precertificate.length))
            .isTrue();
      }
      assertThat(window.chainLength(i))
          .isEqualTo(
              window.chainIsFingerprints() ? entry.fingerprints().size() : entry.issuers().size());
    }
  }

  @ParameterizedTest
  @EnumSource(LogProtocol.class)
  void read_anyRange_beginsExactlyThere(LogProtocol protocol) throws Exception {
    EntrySource entries = sources(protocol).entries();
    int size = server().size();
    for (long from : new long[] {0, 1, 63, 64, 255, 256, 257, 300, size - 1}) {
      for (long count : new long[] {1, 2, 10, 64}) {
        EntryRange wanted = new EntryRange(from, Math.min(size, from + count));
        try (EntryWindow window = entries.read(wanted, size)) {
          assertThat(window.firstIndex()).isEqualTo(from);
          assertThat(window.count()).isBetween(1, (int) wanted.size());
          check(window);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(LogProtocol.class)
  void read_nothingOrBeyondTheTree_refused(LogProtocol protocol) {
    EntrySource entries = sources(protocol).entries();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> entries.read(new EntryRange(5, 5), 10).close());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> entries.read(new EntryRange(5, 11), 10).close());
    assertThat(server().asked).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(LogProtocol.class)
  void close_window_givesItsMemoryBack(LogProtocol protocol) throws Exception {
    EntrySource entries = sources(protocol).entries();
    EntryRange some = new EntryRange(0, 40);
    entries.read(some, server().size()).close();
    long idle = buffers.idleBytes();
    assertThat(idle).isPositive();
    for (int i = 0; i < 5; i++) {
      try (EntryWindow window = entries.read(some, server().size())) {
        assertThat(window.bytes()).isNotEmpty();
        assertThat(buffers.idleBytes()).isLessThan(idle);
      }
      assertThat(buffers.idleBytes()).isEqualTo(idle);
    }
  }

  @ParameterizedTest
  @EnumSource(LogProtocol.class)
  void read_logThatFails_saysHowAndKeepsNoMemory(LogProtocol protocol) throws Exception {
    EntrySource entries = sources(protocol).entries();
    EntryRange some = new EntryRange(0, 40);
    entries.read(some, server().size()).close();
    long idle = buffers.idleBytes();
    String path =
        protocol == LogProtocol.RFC6962 ? "ct/v1/get-entries?start=0&end=39" : "tile/data/000";
    server().wrong.put(path, TestLogServer.status(500));
    SourceException e =
        catchThrowableOfType(
            SourceException.class, () -> entries.read(some, server().size()).close());
    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
    server().wrong.put(path, server().ok(new byte[0]));
    e =
        catchThrowableOfType(
            SourceException.class, () -> entries.read(some, server().size()).close());
    assertThat(e.kind()).isEqualTo(Kind.INVALID_ANSWER);
    assertThat(buffers.idleBytes()).isEqualTo(idle);
  }

  @ParameterizedTest
  @EnumSource(LogProtocol.class)
  void inclusion_anyLeaf_provesItself(LogProtocol protocol) throws Exception {
    LogSources sources = sources(protocol);
    SignedTreeHead head = sources.heads().latest();
    for (int index : new int[] {0, 1, 254, 255, 256, 300, 511, 512, (int) head.size() - 1}) {
      ProvenLeaf leaf = sources.proofs().inclusion(index, head);
      assertThat(leaf.leafHash()).isEqualTo(server().tree.leaf(index));
      assertThat(leaf.proof().path()).isEqualTo(server().tree.path(index, 0, (int) head.size()));
      assertThat(leaf.proof().verifies(leaf.leafHash(), head.root())).isTrue();
      assertThat(leaf.proof().left().to()).isEqualTo(index);
    }
  }

  @ParameterizedTest
  @EnumSource(LogProtocol.class)
  void consistency_anySize_provesGrowth(LogProtocol protocol) throws Exception {
    LogSources sources = sources(protocol);
    SignedTreeHead head = sources.heads().latest();
    for (int first : new int[] {1, 2, 255, 256, 257, 300, 512, 513, (int) head.size()}) {
      ConsistencyProof proof = sources.proofs().consistency(first, head);
      assertThat(proof.first()).isEqualTo(first);
      assertThat(proof.second()).isEqualTo(head.size());
      assertThat(proof.path()).isEqualTo(server().tree.proof(first, (int) head.size()));
      assertThat(proof.verifies(server().tree.root(0, first), head.root())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(LogProtocol.class)
  void proofs_ofNothing_refused(LogProtocol protocol) throws Exception {
    LogSources sources = sources(protocol);
    SignedTreeHead head = sources.heads().latest();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sources.proofs().inclusion(head.size(), head));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sources.proofs().consistency(head.size() + 1, head));
    assertThatIllegalArgumentException().isThrownBy(() -> sources.proofs().consistency(0, head));
  }
}

package dev.rootwatch.testlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.merkle.TreeHasher;
import dev.rootwatch.ct.source.BufferPool;
import dev.rootwatch.ct.source.IssuerAnswer;
import dev.rootwatch.ct.source.LogHttp;
import dev.rootwatch.ct.source.LogSources;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.x509.CanonicalTbs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The two that share no Merkle tree, over HTTP: what the log says, the client must be able to
 * prove.
 */
class ReadByClientTest {
  private static final HeldClock CLOCK = new HeldClock();
  private static Scenario scenario;

  @BeforeAll
  static void begin() {
    scenario =
        Scenario.still(
            ServeOptions.of(0, 5)
                .withProtocols(ServeOptions.protocols("all"), 1)
                .withSize(900)
                .withRate(10)
                .withPlant(60),
            CLOCK);
  }

  @AfterAll
  static void end() {
    scenario.close();
  }

  @ParameterizedTest
  @EnumSource
  void entries_readToTheHead_foldToItsRootAndHoldWhatWasPlanted(LogProtocol protocol)
      throws Exception {
    LogSources sources = sources(protocol);
    SignedTreeHead head = sources.heads().latest();
    Map<Long, Planted> planted = planted(protocol);

    CompactRange tree = CompactRange.EMPTY;
    while (tree.to() < head.size()) {
      EntryRange wanted = new EntryRange(tree.to(), Math.min(head.size(), tree.to() + 256));
      try (EntryWindow window = sources.entries().read(wanted, head.size())) {
        tree = tree.append(new TreeHasher().hash(window));
        for (int i = 0; i < window.count(); i++) {
          assertThat(window.malformed(i)).isNull();
          assertThat(window.malformedExtra(i)).isNull();
          Planted one = planted.remove(window.firstIndex() + i);
          if (one != null) {
            assertThat(tbsSha256(window.entry(i))).isEqualTo(one.tbsSha256());
          }
        }
      }
    }
    assertThat(tree.root()).isEqualTo(head.root());
    assertThat(planted).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void proofs_fromTheLog_verify(LogProtocol protocol) throws Exception {
    LogSources sources = sources(protocol);
    SignedTreeHead before = sources.heads().latest();
    CLOCK.pass(Duration.ofSeconds(13));
    scenario.grow();
    SignedTreeHead after = sources.heads().latest();
    var leaf = sources.proofs().inclusion(417, after);

    assertThat(after.size()).isGreaterThan(before.size());
    assertThat(
            sources
                .proofs()
                .consistency(before.size(), after)
                .verifies(before.root(), after.root()))
        .isTrue();
    assertThat(leaf.proof().verifies(leaf.leafHash(), after.root())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"STATIC", "HYBRID"})
  void issuers_namedInTiles_areServed(LogProtocol protocol) throws Exception {
    LogSources sources = sources(protocol);
    try (EntryWindow window = sources.entries().read(new EntryRange(0, 256), 900)) {
      for (int i = 0; i < window.count(); i += 16) {
        for (Hash fingerprint : window.entry(i).chainFingerprints()) {
          assertThat(sources.issuers().issuer(fingerprint)).isInstanceOf(IssuerAnswer.Found.class);
        }
      }
    }
  }

  private static Hash tbsSha256(LogEntry entry) {
    byte[] der = entry.signedCertificate();
    return (entry.type() == LogEntry.PRECERT
            ? CanonicalTbs.hashOfTbs(der, 0, der.length)
            : CanonicalTbs.hashOfCertificate(der, 0, der.length))
        .orElseThrow();
  }

  private static Map<Long, Planted> planted(LogProtocol protocol) {
    Map<Long, Planted> byIndex = new HashMap<>();
    for (Planted planted : scenario.planted()) {
      if (planted.log().equals(log(protocol).id())) {
        byIndex.put(planted.index(), planted);
      }
    }
    assertThat(byIndex).isNotEmpty();
    return byIndex;
  }

  private static LogSources sources(LogProtocol protocol) {
    LogHttp http =
        new LogHttp(
            LogHttp.newClient(Map.of()).build(),
            "rootwatch-test",
            InstantSource.system(),
            new BufferPool(1 << 24));
    return LogSources.of(log(protocol), http);
  }

  private static CtLog log(LogProtocol protocol) {
    return scenario.ctLogs().stream()
        .filter(log -> log.protocol() == protocol)
        .findFirst()
        .orElseThrow();
  }
}

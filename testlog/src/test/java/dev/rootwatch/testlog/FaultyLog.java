package dev.rootwatch.testlog;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.merkle.TreeHasher;
import dev.rootwatch.ct.source.BufferPool;
import dev.rootwatch.ct.source.LogHttp;
import dev.rootwatch.ct.source.LogSources;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.ct.wire.EntryWindow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/**
 * A served log that can be told to misbehave, with a clock that is held, and two ways to read it.
 */
final class FaultyLog implements AutoCloseable {
  static final int SIZE = 600;
  private static final Seed SEED = new Seed(11);
  private static final OrdinaryAuthorities AUTHORITIES = OrdinaryAuthorities.of(SEED);

  private OkHttpClient client =
      LogHttp.newClient(Map.of())
          .readTimeout(20, TimeUnit.SECONDS)
          .retryOnConnectionFailure(false)
          .build();
  final HeldClock clock = new HeldClock();
  final TestLog log;
  final TestLogServer server;

  /** As an outsider reads it. */
  final FetchedLog http;

  FaultyLog(LogProtocol protocol) {
    log =
        TestLog.named("log")
            .seed(SEED)
            .authorities(AUTHORITIES)
            .protocol(protocol)
            .clock(clock)
            .build();
    log.fill(SIZE);
    log.publish();
    server = TestLogServer.start(0, log);
    http = new FetchedLog(server.url(log));
  }

  LogProtocol protocol() {
    return log.protocol();
  }

  void misbehave(String... faults) {
    log.misbehave(Fault.parse(List.of(faults)));
  }

  void grow(int entries) {
    log.fill(entries);
    log.publish();
  }

  void pass(int seconds) {
    clock.pass(Duration.ofSeconds(seconds));
  }

  /** From now on the client waits no longer than needed to see that nothing comes. */
  void loseThePatience() {
    client = client.newBuilder().readTimeout(300, TimeUnit.MILLISECONDS).build();
  }

  String headPath() {
    return protocol() == LogProtocol.STATIC ? "checkpoint" : "ct/v1/get-sth";
  }

  RawConnection connect(String path) {
    return new RawConnection(server.url(log).resolve(path));
  }

  /** The log as the client library sees it: every source new, with nothing in its caches. */
  LogSources sources() {
    LogHttp logHttp = new LogHttp(client, "rootwatch-test", clock, new BufferPool(1 << 24));
    return LogSources.of(server.ctLog(log), logHttp);
  }

  SignedTreeHead head() throws SourceException, InterruptedException {
    return sources().heads().latest();
  }

  /** The entries {@code [from, to)} or as many of them as come. */
  EntryWindow entries(long from, long to) throws SourceException, InterruptedException {
    return sources().entries().read(new EntryRange(from, to), log.head().size());
  }

  /** The tree of what is served. */
  CompactRange fold(long size) throws SourceException, InterruptedException {
    CompactRange tree = CompactRange.EMPTY;
    while (tree.to() < size) {
      EntryRange wanted = new EntryRange(tree.to(), Math.min(size, tree.to() + 256));
      try (EntryWindow window = sources().entries().read(wanted, size)) {
        tree = tree.append(new TreeHasher().hash(window));
      }
    }
    return tree;
  }

  /** Whether all that the client asks for comes and fits together. */
  boolean isWell() throws SourceException, InterruptedException {
    SignedTreeHead head = head();
    var leaf = sources().proofs().inclusion(17, head);
    return fold(head.size()).root().equals(head.root())
        && head.root().equals(log.head().root())
        && head.timestamp() == log.head().timestamp()
        && leaf.proof().verifies(leaf.leafHash(), head.root())
        && sources().proofs().consistency(500, head).verifies(log.root(500), head.root());
  }

  static Stream<FaultyLog> ofAllProtocols() {
    return Stream.of(LogProtocol.values()).map(FaultyLog::new);
  }

  @Override
  public void close() {
    http.close();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
    server.close();
  }

  @Override
  public String toString() {
    return protocol().word();
  }
}

package dev.rootwatch.testlog;

import dev.rootwatch.ct.CtLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Test logs on a loopback port, each below {@code http://127.0.0.1:<port>/<name>/}. Beside them
 * {@code /log_list.json}, a log list in Google's version 3 that has them all.
 */
public final class TestLogServer implements AutoCloseable {
  private static final long LOOK_MS = 50;

  private final LoopbackHttp http;
  private final InstantSource clock = InstantSource.system();
  private final Map<String, LogSite> sites = new LinkedHashMap<>();
  private final Map<String, Answer> files = new ConcurrentHashMap<>();
  private final ScheduledExecutorService porter =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("testlog-porter").factory());

  private TestLogServer(int port, List<TestLog> logs) throws IOException {
    this.http = new LoopbackHttp(port, this::reply);
    for (TestLog log : logs) {
      String origin = base().getAuthority() + "/" + log.name();
      if (sites.put(log.name(), new LogSite(log, origin)) != null) {
        throw new IllegalArgumentException("two logs have the name " + log.name());
      }
    }
    files.put("log_list.json", Answer.json(LogListJson.of(ctLogs())));
  }

  /** Serves logs on a port; 0 takes a free one. */
  public static TestLogServer start(int port, TestLog... logs) {
    return start(port, Arrays.asList(logs));
  }

  /**
   * Serves logs on a port; 0 takes a free one.
   *
   * @throws UncheckedIOException when the port is taken
   */
  public static TestLogServer start(int port, List<TestLog> logs) {
    try {
      TestLogServer server = new TestLogServer(port, logs);
      server.http.answer();
      var _ =
          server.porter.scheduleWithFixedDelay(
              server::openOrClose, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, e);
    }
  }

  public int port() {
    return http.port();
  }

  /** {@code http://127.0.0.1:<port>/}. */
  public URI base() {
    return URI.create("http://127.0.0.1:" + port() + "/");
  }

  /** Where a log is served, with a trailing slash. */
  public URI url(TestLog log) {
    return base().resolve(log.name() + "/");
  }

  /** A log as a client would be told of it. */
  public CtLog ctLog(TestLog log) {
    return CtLog.custom(log.name(), url(log), log.protocol(), log.key());
  }

  /** All logs, in the order in which they were given. */
  public List<CtLog> ctLogs() {
    return logs().stream().map(this::ctLog).toList();
  }

  /** All logs, in the order in which they were given. */
  public List<TestLog> logs() {
    return sites.values().stream().map(LogSite::log).toList();
  }

  /** Makes what can be made ahead of the questions: the compressed data tiles. */
  public void prepare() {
    sites.values().forEach(LogSite::prepare);
  }

  /** Serves a text beside the logs at {@code /<name>}. */
  void publishFile(String name, String contentType, String text) {
    files.put(name, Answer.text(contentType, text));
  }

  /**
   * Refuses connections while a log is to be gone in that way. Looked at again and again; one at a
   * time, or an older look could undo a newer one.
   */
  synchronized void openOrClose() {
    try {
      boolean refused =
          sites.values().stream()
              .anyMatch(site -> site.log().faults().transport().refusesConnections());
      http.listen(!refused);
    } catch (UncheckedIOException e) {
      System.err.println("testlog: cannot listen again, but goes on trying: " + e.getCause());
    }
  }

  @Override
  public void close() {
    porter.shutdownNow();
    http.close();
    sites.values().forEach(LogSite::close);
  }

  private Reply reply(HttpRequest request) {
    try {
      return answered(request);
    } catch (RuntimeException e) {
      return plain(Answer.error(500, "the test log itself failed: " + e));
    }
  }

  private Reply answered(HttpRequest request) {
    if (!request.method().equals("GET")) {
      return plain(Answer.error(405, "only GET"));
    }
    String path = request.path();
    Answer file = files.get(path);
    int slash = path.indexOf('/');
    LogSite site = slash < 0 ? null : sites.get(path.substring(0, slash));
    if (file != null || site == null) {
      return plain(file == null ? Answer.notFound() : file);
    }
    return site.reply(path.substring(slash + 1), request);
  }

  private Reply plain(Answer answer) {
    return new Reply(answer, Instant.ofEpochMilli(clock.millis()), Delivery.WHOLE);
  }
}

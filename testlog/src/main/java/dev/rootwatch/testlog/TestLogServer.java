package dev.rootwatch.testlog;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rootwatch.ct.CtLog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Test logs on a loopback port, each below {@code http://127.0.0.1:<port>/<name>/}. Beside them
 * {@code /log_list.json}, a log list in Google's version 3 that has them all.
 */
public final class TestLogServer implements AutoCloseable {
  private static final int BACKLOG = 256;

  private final HttpServer http;
  private final ExecutorService threads;
  private final Map<String, LogSite> sites = new LinkedHashMap<>();
  private final Map<String, Answer> files = new HashMap<>();

  private TestLogServer(HttpServer http, List<TestLog> logs) {
    this.http = http;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
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
    // Read once, when the JDK's server is first used. Without it small answers wait for a delayed
    // acknowledgement, 40 ms each.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer http = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
      TestLogServer server = new TestLogServer(http, logs);
      http.setExecutor(server.threads);
      http.createContext("/", server::handle);
      http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, e);
    }
  }

  public int port() {
    return http.getAddress().getPort();
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

  /** Serves a text beside the logs at {@code /<name>}. Call it before anybody asks. */
  void publishFile(String name, String contentType, String text) {
    files.put(name, Answer.text(contentType, text));
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
    sites.values().forEach(LogSite::close);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private Answer answer(HttpExchange exchange) {
    if (!exchange.getRequestMethod().equals("GET")) {
      return Answer.error(405, "only GET");
    }
    String path = exchange.getRequestURI().getPath().substring(1);
    Answer file = files.get(path);
    if (file != null) {
      return file;
    }
    int slash = path.indexOf('/');
    LogSite site = slash < 0 ? null : sites.get(path.substring(0, slash));
    if (site == null) {
      return Answer.notFound();
    }
    try {
      return site.answer(path.substring(slash + 1), query(exchange.getRequestURI()));
    } catch (RuntimeException e) {
      return Answer.error(500, "the test log itself failed: " + e);
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getRequestBody().close();
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    int length = answer.body().length;
    exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
    if (length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(answer.body());
      }
    }
  }

  private static Map<String, String> query(URI uri) {
    @Nullable String raw = uri.getRawQuery();
    Map<String, String> query = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          query.put(
              pair.substring(0, equals),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    }
    return query;
  }
}

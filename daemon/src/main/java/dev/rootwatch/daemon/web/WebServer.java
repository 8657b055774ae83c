package dev.rootwatch.daemon.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * What the daemon serves: {@code /metrics}, {@code /healthz}, {@code /readyz} for everybody who
 * reaches the address (loopback unless configured otherwise), and {@code /api/} for commands that
 * hold the token of {@link ApiAccess}.
 */
public final class WebServer implements AutoCloseable {
  /** Scrapes and probes are few; Jetty itself needs a handful. */
  private static final int MOST_THREADS = 16;

  /** Where the address comes from. */
  public static final String SETTING = "server.listen";

  private final Javalin javalin;
  private final int port;
  private final Path apiFile;

  private WebServer(Javalin javalin, Path apiFile) {
    this.javalin = javalin;
    this.port = javalin.port();
    this.apiFile = apiFile;
  }

  /**
   * Begins to listen.
   *
   * @param store the store's file; beside it the address and a token are left for commands
   * @throws IOException when the address cannot be listened on; says which and what to do
   */
  public static WebServer start(
      ListenAddress address,
      PrometheusMeterRegistry registry,
      Health health,
      Control control,
      Path store)
      throws IOException {
    String token = ApiAccess.newToken();
    Javalin javalin =
        Javalin.create(config -> {
          quiet(config);
          config.routes.get("/metrics", context -> metrics(context, registry));
          config.routes.get(
              "/healthz", context -> answer(context, health.ailment(), "ok", "failing"));
          config.routes.get(
              "/readyz", context -> answer(context, readiness(health), "ready", "not-ready"));
          new ControlRoutes(control, token).addTo(config.routes);
        });
    try {
      javalin.start(address.host(), address.port());
    } catch (JavalinException e) {
      javalin.stop();
      throw address.refused(e, SETTING);
    }
    WebServer server = new WebServer(javalin, ApiAccess.fileOf(store));
    try {
      new ApiAccess(server.base(address.host()), token).write(server.apiFile);
    } catch (IOException e) {
      server.close();
      throw new IOException("cannot write " + server.apiFile + " beside the store: " + e, e);
    }
    return server;
  }

  /** The port listened on, never 0. */
  public int port() {
    return port;
  }

  /** Stops listening; Jetty's threads end. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(apiFile);
    } catch (IOException stays) {
      // Commands find out that nobody listens there.
    }
    javalin.stop();
  }

  private URI base(String host) {
    String reachable =
        switch (host) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::", "::0" -> "::1";
          default -> host;
        };
    String bracketed = reachable.indexOf(':') < 0 ? reachable : "[" + reachable + "]";
    return URI.create("http://" + bracketed + ":" + port() + "/");
  }

  private static void quiet(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.maxRequestSize = 64 * 1024L;
    config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, 2, 30_000);
    // Nobody waits for idle connections of scrapers.
    config.jetty.modifyServer(server -> server.setStopTimeout(0));
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
  }

  private static void metrics(Context context, PrometheusMeterRegistry registry) {
    @Nullable String accepted = context.header("Accept");
    boolean open = accepted != null && accepted.contains("application/openmetrics-text");
    String type =
        open
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
            : "text/plain; version=0.0.4; charset=utf-8";
    context.contentType(type).result(registry.scrape(type));
  }

  private static Optional<String> readiness(Health health) {
    Optional<String> ailment = health.ailment();
    return ailment.isPresent() ? ailment : health.notReadyBecause();
  }

  private static void answer(
      Context context, Optional<String> reason, String well, String otherwise) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("status", reason.isEmpty() ? well : otherwise);
    reason.ifPresent(text -> body.put("reason", text));
    context.status(reason.isEmpty() ? 200 : 503);
    Answers.json(context, body);
  }
}

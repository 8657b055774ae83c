package dev.rootwatch.daemon;

import dev.rootwatch.alert.ConfiguredSink;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.ct.source.LogHttp;
import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.config.Draft;
import dev.rootwatch.daemon.metrics.HttpMeters;
import dev.rootwatch.daemon.metrics.LabelValues;
import dev.rootwatch.daemon.metrics.ProcessMeters;
import dev.rootwatch.daemon.store.SqliteStore;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StorePlace;
import dev.rootwatch.daemon.web.ListenAddress;
import dev.rootwatch.daemon.web.WebServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;

/**
 * The running program: what it stands on from its start to its end, and the {@link Shift} that a
 * configuration makes.
 */
public final class Daemon implements AutoCloseable {
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Config config;
  private final Ground ground;
  private final WebServer web;
  private volatile Shift shift;
  private Draft present;
  private boolean closed;

  private Daemon(Draft draft, DaemonOptions options, Deque<AutoCloseable> opened)
      throws ConfigException, IOException {
    InstantSource clock = options.clock();
    OkHttpClient client = LogHttp.newClient(options.environment()).build();
    opened.push(() -> shutDown(client));
    Watchers watchers = Watchers.of(draft);
    checkStore(draft);
    List<ConfiguredSink> sinks =
        SinkAssembly.create(
            draft, new SinkEnvironment(options.out(), options.colour(), client, clock));
    config = draft.checked();
    present = draft;

    // Before the store is opened: who cannot be reached should leave nothing behind.
    ListenAddress address = new ListenAddress(config.server().host(), config.server().port());
    address.check(WebServer.SETTING);
    Path file = Objects.requireNonNull(config.store().file()).toAbsolutePath();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(new LabelValues());
    opened.push(new ProcessMeters(registry));
    LogLabels labels = new LogLabels();
    ServerClocks clocks = new ServerClocks(clock);
    var routes = new AtomicReference<>(Ground.NOWHERE);
    Store store = SqliteStore.open(file, clock, alert -> routes.get().apply(alert));
    opened.push(store);
    ExecutorService downloads = Executors.newVirtualThreadPerTaskExecutor();
    opened.push(downloads::shutdownNow);
    OkHttpClient logClient =
        client
            .newBuilder()
            .addInterceptor(new HttpMeters(registry, labels::of))
            .addInterceptor(clocks)
            .build();
    ground =
        new Ground(
            options, registry, labels, client, logClient, clocks, file, store, downloads, routes);
    shift = new Shift(ground, config, watchers, sinks);
    opened.push(() -> shift.close());
    web =
        WebServer.start(
            address,
            registry,
            new DaemonHealth(store, this::notReadyBecause, clock),
            new DaemonControl(store, () -> shift.dispatcher(), clock),
            file);
    opened.push(web);
    running.addAll(opened);
  }

  /**
   * Starts to watch.
   *
   * @param draft what was read; is told what is wrong with rules, catalog, sinks and the store
   * @throws ConfigException when anything is wrong with the configuration: then nothing was begun
   * @throws IOException when the address cannot be listened on
   * @throws dev.rootwatch.daemon.store.StoreException when the store cannot be opened
   */
  public static Daemon start(Draft draft, DaemonOptions options)
      throws ConfigException, IOException {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      return new Daemon(draft, options, opened);
    } catch (ConfigException | IOException | RuntimeException e) {
      Shift.closeAll(opened);
      throw e;
    }
  }

  /**
   * Goes on by another configuration: rules, sinks, routes, log settings, catalog, retention. All
   * of it or, when anything is wrong with it, nothing.
   *
   * @throws ConfigException what is wrong; the present configuration then stays in force
   */
  public synchronized void reload(Draft draft) throws ConfigException {
    if (closed) {
      return;
    }
    Config next = draft.config();
    if (!next.store().equals(config.store())) {
      draft.problem("store.url", "cannot change while the daemon runs: restart it");
    }
    if (!next.server().equals(config.server())) {
      draft.problem("server.listen", "cannot change while the daemon runs: restart it");
    }
    Watchers watchers = Watchers.of(draft);
    List<ConfiguredSink> sinks = sinksOf(draft);
    draft.checked();
    shift.close();
    try {
      shift = new Shift(ground, next, watchers, sinks);
      present = draft;
    } catch (RuntimeException e) {
      // Somebody must watch: the one before goes on.
      shift = new Shift(ground, present.config(), Watchers.of(present), sinksOf(present));
      throw e;
    }
  }

  private List<ConfiguredSink> sinksOf(Draft draft) {
    DaemonOptions options = ground.options();
    return SinkAssembly.create(
        draft,
        new SinkEnvironment(options.out(), options.colour(), ground.client(), options.clock()));
  }

  /** The port of metrics and health, never 0. */
  public int webPort() {
    return web.port();
  }

  /** Ends within seconds; what was not committed is read again, what was not sent is sent later. */
  @Override
  public synchronized void close() {
    closed = true;
    Shift.closeAll(running);
  }

  private Optional<String> notReadyBecause() {
    return shift.fleet().notReadyBecause();
  }

  /** Tells the draft what stands in the way of its store, which is not created. */
  public static void checkStore(Draft draft) {
    Path file = draft.config().store().file();
    if (file != null) {
      StorePlace.obstacle(file)
          .ifPresent(obstacle ->
              draft.problem("store.url", "names " + file + ", which cannot be used: " + obstacle));
    }
  }

  private static void shutDown(OkHttpClient client) {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}

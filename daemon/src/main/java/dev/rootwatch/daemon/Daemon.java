package dev.rootwatch.daemon;

import dev.rootwatch.alert.ConfiguredSink;
import dev.rootwatch.alert.Dispatcher;
import dev.rootwatch.alert.Route;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.ct.list.LogListLoader;
import dev.rootwatch.ct.read.ReadBudget;
import dev.rootwatch.ct.source.BufferPool;
import dev.rootwatch.ct.source.LogHttp;
import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.metrics.DeliveryMeters;
import dev.rootwatch.daemon.metrics.FindingMetrics;
import dev.rootwatch.daemon.metrics.HttpMeters;
import dev.rootwatch.daemon.metrics.ProcessMeters;
import dev.rootwatch.daemon.store.SqliteStore;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.web.WebServer;
import dev.rootwatch.watch.RuleException;
import dev.rootwatch.watch.RuleSpec;
import dev.rootwatch.watch.distrust.CatalogException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running program: everything a configuration asks for, put together, started, and taken apart
 * again in the reverse order.
 */
public final class Daemon implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Daemon.class);

  /** Longest that log threads may take to end before they are left to themselves. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final WebServer web;
  private final Fleet fleet;

  private Daemon(WebServer web, Fleet fleet) {
    this.web = web;
    this.fleet = fleet;
  }

  /**
   * Starts to watch.
   *
   * @throws ConfigException when rules, catalog or sinks of the configuration cannot be used
   * @throws IOException when the address cannot be listened on
   * @throws dev.rootwatch.daemon.store.StoreException when the store cannot be opened
   */
  public static Daemon start(Config config, DaemonOptions options)
      throws ConfigException, IOException {
    Deque<AutoCloseable> running = new ArrayDeque<>();
    try {
      Daemon daemon = assemble(config, options, running);
      daemon.running.addAll(running);
      daemon.fleet.start();
      return daemon;
    } catch (ConfigException | IOException | RuntimeException e) {
      closeAll(running);
      throw e;
    }
  }

  /** The port of metrics and health, never 0. */
  public int webPort() {
    return web.port();
  }

  /** Ends within seconds; what was not committed is read again, what was not sent is sent later. */
  @Override
  public void close() {
    closeAll(running);
  }

  private static Daemon assemble(Config config, DaemonOptions options, Deque<AutoCloseable> running)
      throws ConfigException, IOException {
    var clock = options.clock();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Watchers watchers = watchers(config);
    LogLabels labels = new LogLabels();
    AlertComposer alerts = new AlertComposer(clock);
    OkHttpClient client = LogHttp.newClient(options.environment()).build();
    running.push(() -> shutDown(client));
    List<ConfiguredSink> sinks =
        SinkAssembly.create(
            config, new SinkEnvironment(options.out(), options.colour(), client, clock));
    List<String> sinkIds = sinks.stream().map(ConfiguredSink::id).toList();

    Path file = storeFile(config);
    Store store =
        SqliteStore.open(file, clock, alert -> Route.sinksOf(alert, config.routes(), sinkIds));
    running.push(store);
    store.abandon(sinkIds::contains, clock.instant());

    ToLongFunction<String> pending = sink -> store.outbox().pending(sink);
    Dispatcher dispatcher =
        new Dispatcher(
            store.outbox(), sinks, new DeliveryMeters(registry, sinkIds, pending), clock, random());
    running.push(dispatcher);
    ProcessMeters process =
        new ProcessMeters(
            registry,
            options.version(),
            watchers.catalog().version(),
            Map.of(
                "catalog",
                () ->
                    watchers.catalog().families().stream()
                        .mapToLong(family -> family.keys().size())
                        .sum()));
    running.push(process);

    String userAgent = userAgent(config, options);
    ServerClocks clocks = new ServerClocks(clock);
    OkHttpClient counted =
        client
            .newBuilder()
            .addInterceptor(new HttpMeters(registry, labels::of))
            .addInterceptor(clocks)
            .build();
    LogHttp http = new LogHttp(counted, userAgent, clock, new BufferPool(config.logs().memory()));
    FindingMetrics findings =
        new FindingMetrics(registry, config.rules().stream().map(RuleSpec::id).toList());
    Episodes episodes =
        new Episodes(
            store,
            clock,
            result -> {
              result.fresh().forEach(findings::raised);
              result.revised().forEach(findings::raised);
              dispatcher.wake();
            });
    LogRoster roster =
        new LogRoster(
            config.logs(),
            new LogListLoader(client, userAgent),
            store,
            new KeptList(file.resolveSibling(file.getFileName() + ".loglist.zip")),
            episodes,
            new ListTrouble(store, clock));
    ExecutorService downloads = Executors.newVirtualThreadPerTaskExecutor();
    running.push(downloads::shutdownNow);
    Fleet fleet =
        new Fleet(
            new Fleet.Parts(
                config.logs(),
                roster,
                http,
                watchers.setup(clock),
                store,
                registry,
                findings,
                labels,
                new ReadBudget(config.logs().memory()),
                downloads,
                clock,
                clocks::logTime,
                alerts,
                episodes,
                dispatcher::wake),
            GRACE);
    running.push(fleet);
    DaemonHealth health = new DaemonHealth(store, fleet, clock);
    WebServer web =
        WebServer.start(
            config.server().host(),
            config.server().port(),
            registry,
            health,
            new DaemonControl(store, dispatcher, clock),
            file);
    running.push(web);
    Housekeeping housekeeping = new Housekeeping(store, config.retention(), clock);
    running.push(housekeeping);
    SelfWatch self = new SelfWatch(dispatcher, sinkIds, episodes, clocks, health, clock);
    running.push(self);
    dispatcher.start();
    self.start();
    housekeeping.start();
    return new Daemon(web, fleet);
  }

  private static Watchers watchers(Config config) throws ConfigException {
    try {
      return Watchers.of(config);
    } catch (CatalogException | RuleException | IOException e) {
      throw new ConfigException(List.of(String.valueOf(e.getMessage())));
    }
  }

  private static Path storeFile(Config config) throws ConfigException {
    Path file = config.store().file();
    if (file == null) {
      throw new ConfigException(
          List.of("store.url " + config.store().url() + " is no store that can be opened"));
    }
    return file.toAbsolutePath();
  }

  private static String userAgent(Config config, DaemonOptions options) {
    String product = "rootwatch/" + options.version().replaceAll("[^0-9A-Za-z.+-]", "-");
    return config.contact() == null ? product : product + " (+" + config.contact() + ")";
  }

  private static SplittableGenerator random() {
    return RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom").create();
  }

  private static void shutDown(OkHttpClient client) {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  private static void closeAll(Deque<AutoCloseable> running) {
    while (!running.isEmpty()) {
      AutoCloseable part = running.pop();
      try {
        part.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        logger.warn("while stopping: {}", e.toString());
      }
    }
  }
}

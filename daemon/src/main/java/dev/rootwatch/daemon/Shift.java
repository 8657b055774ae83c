package dev.rootwatch.daemon;

import dev.rootwatch.alert.ConfiguredSink;
import dev.rootwatch.alert.Dispatcher;
import dev.rootwatch.alert.Route;
import dev.rootwatch.ct.list.LogListLoader;
import dev.rootwatch.ct.read.ReadBudget;
import dev.rootwatch.ct.source.BufferPool;
import dev.rootwatch.ct.source.LogHttp;
import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.metrics.CatalogMeters;
import dev.rootwatch.daemon.metrics.DeliveryMeters;
import dev.rootwatch.daemon.metrics.FindingMetrics;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoreException;
import dev.rootwatch.watch.ExaminerSetup;
import dev.rootwatch.watch.RuleSpec;
import dev.rootwatch.watch.authority.AuthorityGraph;
import dev.rootwatch.watch.authority.AuthorityGraph.Refused;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shift of the watch: everything that one configuration makes. It says who is told, what is
 * looked for and which logs are read; a reload relieves it by another one.
 *
 * <p>What is read goes on where it stopped and what waits is delivered by the next shift: both are
 * in the store.
 */
final class Shift implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Shift.class);

  /** Longest that log threads may take to end before they are left to themselves. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Dispatcher dispatcher;
  private final ExaminerSetup setup;
  private final Fleet fleet;

  /**
   * Begins the shift; there must be no other one over this ground.
   *
   * @param watchers what is looked for
   * @param sinks who is told; closed with the shift
   */
  Shift(Ground ground, Config config, Watchers watchers, List<ConfiguredSink> sinks) {
    InstantSource clock = ground.options().clock();
    Store store = ground.store();
    List<String> sinkIds = sinks.stream().map(ConfiguredSink::id).toList();
    ground.routes().set(alert -> Route.sinksOf(alert, config.routes(), sinkIds));
    try {
      store.abandon(sinkIds::contains, clock.instant());
    } catch (StoreException later) {
      logger.warn("what waits for sinks that are gone stays: {}", later.getMessage());
    }
    DeliveryMeters deliveries =
        new DeliveryMeters(ground.registry(), sinkIds, sink -> store.outbox().pending(sink));
    running.push(deliveries);
    dispatcher = new Dispatcher(store.outbox(), sinks, deliveries, clock, random());
    running.push(dispatcher);
    FindingMetrics findings =
        new FindingMetrics(
            ground.registry(),
            config.rules().stream().map(RuleSpec::id).toList(),
            watchers.rules().canaries());
    running.push(findings);
    Episodes episodes =
        new Episodes(
            store,
            clock,
            result -> {
              result.fresh().forEach(findings::raised);
              result.revised().forEach(findings::raised);
              dispatcher.wake();
            });
    setup = watchers.setup(clock);
    setup.graph().load(store.authorities());
    // Before anything is read with these in mind: what was tallied without them is owed.
    store.watch(setup.watchedKeys());
    running.push(
        new CatalogMeters(
            ground.registry(),
            ground.options().version(),
            watchers.catalog().version(),
            authorities(watchers, store)));
    fleet = fleet(ground, config, findings, episodes);
    running.push(fleet);
    Housekeeping housekeeping = new Housekeeping(store, config.retention(), clock);
    running.push(housekeeping);
    SelfWatch self =
        new SelfWatch(
            dispatcher,
            sinkIds,
            episodes,
            ground.clocks(),
            new CanaryWatch(
                watchers.rules().canaries(), findings::lastMatch, fleet::follows, episodes, clock),
            setup.graph()::refused,
            new DaemonHealth(store, fleet::notReadyBecause, clock),
            clock);
    running.push(self);
    dispatcher.start();
    self.start();
    housekeeping.start();
    fleet.start();
  }

  private Fleet fleet(Ground ground, Config config, FindingMetrics findings, Episodes episodes) {
    InstantSource clock = ground.options().clock();
    String userAgent = userAgent(config, ground.options());
    Path file = ground.storeFile();
    long memory = BodyMemory.of(config.logs().memory(), Runtime.getRuntime().maxMemory());
    LogRoster roster =
        new LogRoster(
            config.logs(),
            new LogListLoader(ground.client(), userAgent),
            ground.store(),
            new KeptList(file.resolveSibling(file.getFileName() + ".loglist.zip")),
            episodes,
            new ListTrouble(ground.store(), clock));
    return new Fleet(
        new Fleet.Parts(
            config.logs(),
            roster,
            new LogHttp(ground.logClient(), userAgent, clock, new BufferPool(memory / 4)),
            setup,
            ground.store(),
            ground.registry(),
            findings,
            ground.labels(),
            new ReadBudget(memory),
            ground.downloads(),
            clock,
            ground.clocks()::logTime,
            new AlertComposer(clock),
            episodes,
            dispatcher::wake),
        GRACE);
  }

  /** Keys of the catalog; keys learned; edges kept out; ranges of entries to be read again. */
  private Map<String, LongSupplier> authorities(Watchers watchers, Store store) {
    AuthorityGraph graph = setup.graph();
    Map<String, LongSupplier> states = new TreeMap<>();
    states.put(
        "catalog",
        () ->
            watchers.catalog().families().stream().mapToLong(family -> family.keys().size()).sum());
    states.put("learned", graph::size);
    states.put("refused", () -> graph.refused().map(Refused::count).orElse(0L));
    states.put("deferred", store::owed);
    return states;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  Fleet fleet() {
    return fleet;
  }

  /** Ends within seconds; what was not committed is read again, what was not sent is sent later. */
  @Override
  public void close() {
    closeAll(running);
  }

  /** In the reverse order; one that fails does not keep the others. */
  static void closeAll(Deque<AutoCloseable> running) {
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

  private static String userAgent(Config config, DaemonOptions options) {
    String product = "rootwatch/" + options.version().replaceAll("[^0-9A-Za-z.+-]", "-");
    return config.contact() == null ? product : product + " (+" + config.contact() + ")";
  }

  private static SplittableGenerator random() {
    return RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom").create();
  }
}

package dev.rootwatch.testlog;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogProtocol;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A small world: test logs on a loopback port with findings planted in them, growing as asked.
 * Begun with a seed, it begins the same every time: the entries of the beginning have timestamps of
 * their own from {@link #EPOCH} on, only those that come later carry the clock's time.
 */
public final class Scenario implements AutoCloseable {
  /** Timestamp of the first entry. */
  public static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private static final long BEGINNING_STEP_MS = 50;
  private static final long TICK_MS = 250;
  private static final long REFRESH_HEADS_MS = 10_000;

  private final ServeOptions options;
  private final InstantSource clock;
  private final AtlantisFamily family;
  private final Planting planting;
  private final SplittableRandom growth;
  private final List<TestLog> logs = new ArrayList<>();
  private final Manifest manifest;
  private final TestLogServer server;
  private final ScheduledExecutorService grower =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("testlog-grower").factory());
  private boolean growing = true;
  private long grownUntil;

  private Scenario(ServeOptions options, InstantSource clock) {
    this.options = options;
    this.clock = clock;
    Seed seed = new Seed(options.seed());
    OrdinaryAuthorities ordinary = OrdinaryAuthorities.of(seed);
    this.family = AtlantisFamily.of(seed);
    this.planting = new Planting(seed, options.logCount(), family, ordinary);
    this.growth = seed.random("growth");
    for (LogProtocol protocol : options.protocols()) {
      for (int i = 1; i <= options.logsPerProtocol(); i++) {
        logs.add(
            TestLog.named(protocol.word() + "-" + i)
                .seed(seed)
                .protocol(protocol)
                .clock(clock)
                .entriesPerAnswer(options.entriesPerAnswer())
                .authorities(ordinary)
                .build());
      }
    }
    this.manifest = new Manifest(options.manifest());
    begin(
        options.hostileNames()
            ? HostilePlanting.of(seed, logs.size(), family, ordinary, EPOCH)
            : List.of(),
        seed.random("places"));
    this.server = TestLogServer.start(options.port(), logs);
    server.publishFile("overlay.yaml", "application/yaml", family.overlay());
    server.publishFile("rootwatch.yaml", "application/yaml", configuration());
    server.prepare();
    logs.forEach(log -> log.misbehave(options.faults()));
    this.grownUntil = clock.millis();
  }

  /** Fills the logs, plants, serves, and lets the logs grow. */
  public static Scenario start(ServeOptions options) {
    Scenario scenario = new Scenario(options, InstantSource.system());
    var _ =
        scenario.grower.scheduleAtFixedRate(
            scenario::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    return scenario;
  }

  /** As {@link #start}, but the logs grow only when {@link #grow} is called. */
  static Scenario still(ServeOptions options, InstantSource clock) {
    return new Scenario(options, clock);
  }

  public TestLogServer server() {
    return server;
  }

  public List<CtLog> ctLogs() {
    return server.ctLogs();
  }

  /** The distrusted authority that was made up, with its catalog overlay. */
  public AtlantisFamily family() {
    return family;
  }

  /** All that was planted so far, and may be about to be published. */
  public List<Planted> planted() {
    return manifest.planted();
  }

  /** A configuration for a monitor of these logs; its overlay is {@link AtlantisFamily#overlay}. */
  public String configuration() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("catalog: {overlay: overlay.yaml}   # beside this file: /overlay.yaml\n");
    yaml.append("logs:\n  list: none\n  poll: 1s\n  partialTileAge: 1s\n  custom:\n");
    for (CtLog log : ctLogs()) {
      yaml.append(
          "  - {name: %s, url: \"%s\", protocol: %s, key: \"%s\", start: zero}%n"
              .formatted(log.name(), log.url(), log.protocol().word(), log.key().base64()));
    }
    yaml.append("rules:\n  - {id: ")
        .append(Planted.DISTRUSTED)
        .append(", authority: \"catalog:*\"}\n  - {id: ")
        .append(Planted.OURS)
        .append(", domain: ")
        .append(Planting.DOMAIN)
        .append("}\n");
    return yaml.toString();
  }

  /**
   * Ends the growth; what was planted is published, and {@link #planted} is complete. The logs go
   * on answering.
   */
  public synchronized void stopGrowing() {
    growing = false;
  }

  @Override
  public void close() {
    grower.shutdownNow();
    try {
      if (!grower.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the logs do not stop growing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
    manifest.close();
  }

  /** Lets the logs grow by what is due since the last time, and publishes it. */
  synchronized void grow() {
    long now = clock.millis();
    long due = growing ? (long) (options.rate() * (now - grownUntil) / 1000) : 0;
    if (due > 0) {
      grownUntil += (long) (due * 1000 / options.rate());
      List<Planted> planted = new ArrayList<>();
      for (int log = 0; log < logs.size(); log++) {
        growOne(log, due, planted);
      }
      manifest.add(planted);
      logs.forEach(TestLog::publish);
    } else if (now - logs.getFirst().head().timestamp() >= REFRESH_HEADS_MS
        || logs.stream().anyMatch(log -> log.faults().entries().owesUnknownEntry())) {
      logs.forEach(TestLog::publish);
    }
  }

  private void tick() {
    try {
      grow();
    } catch (RuntimeException e) {
      // A scheduled task that throws is never run again, without a word.
      System.err.println("testlog: cannot grow: " + e);
      throw e;
    }
  }

  private void growOne(int number, long count, List<Planted> planted) {
    double density = (double) options.plant() / Math.max(1, options.sizePerLog() * logs.size());
    TestLog log = logs.get(number);
    for (long i = 0; i < count; i++) {
      if (growth.nextDouble() < density) {
        for (Sighting sighting : planting.next(clock.instant())) {
          TestLog seenIn = logs.get(sighting.log());
          plant(sighting, seenIn, seenIn.faults().now().toEpochMilli(), planted);
        }
      } else {
        log.fill(1);
      }
    }
  }

  /** The beginning: every finding gets a log and a place in it. */
  private void begin(List<Sighting> further, SplittableRandom places) {
    List<List<Sighting>> perLog = new ArrayList<>();
    logs.forEach(_ -> perLog.add(new ArrayList<>()));
    List<Sighting> all = new ArrayList<>();
    for (int i = 0; i < options.plant(); i++) {
      all.addAll(planting.next(EPOCH));
    }
    all.addAll(planting.leftOver());
    all.addAll(further);
    all.forEach(sighting -> perLog.get(sighting.log()).add(sighting));
    List<Submission> submitted = SubmittedFiles.read(options.addChains());
    for (int i = 0; i < logs.size(); i++) {
      manifest.add(begin(logs.get(i), perLog.get(i), submitted, places));
      logs.get(i).publish();
    }
  }

  private List<Planted> begin(
      TestLog log, List<Sighting> sightings, List<Submission> submitted, SplittableRandom places) {
    long size = options.sizePerLog() + submitted.size();
    if (sightings.size() > options.sizePerLog()) {
      throw new IllegalArgumentException(
          "%d findings and decoys do not fit into a log of %d entries: raise --size or lower --plant"
              .formatted(sightings.size(), options.sizePerLog()));
    }
    List<Planted> planted = new ArrayList<>();
    List<Long> indexes = distinct(places, sightings.size(), options.sizePerLog());
    int files = 0;
    for (int i = 0; i < sightings.size(); i++) {
      // The files stand between the findings, as evenly as there are.
      int due = (int) ((long) submitted.size() * (i + 1) / (sightings.size() + 1));
      fillUpTo(log, indexes.get(i) + files);
      for (; files < due; files++) {
        log.append(submitted.get(files), timestampOf(log.appended()));
      }
      long index = log.appended();
      plant(sightings.get(i), log, timestampOf(index), planted);
    }
    for (; files < submitted.size(); files++) {
      log.append(submitted.get(files), timestampOf(log.appended()));
    }
    fillUpTo(log, size);
    return planted;
  }

  private static void plant(Sighting sighting, TestLog log, long timestamp, List<Planted> planted) {
    long index = log.append(sighting.submission(), timestamp);
    if (!sighting.isDecoy()) {
      planted.add(sighting.at(log, index));
    }
  }

  private static void fillUpTo(TestLog log, long size) {
    long from = log.appended();
    log.fill(size - from, timestampOf(from), BEGINNING_STEP_MS);
  }

  private static long timestampOf(long index) {
    return EPOCH.toEpochMilli() + index * BEGINNING_STEP_MS;
  }

  private static List<Long> distinct(SplittableRandom random, int count, long bound) {
    Set<Long> chosen = new HashSet<>();
    while (chosen.size() < count) {
      chosen.add(random.nextLong(bound));
    }
    List<Long> sorted = new ArrayList<>(chosen);
    Collections.sort(sorted);
    return sorted;
  }
}

package dev.rootwatch.daemon;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.daemon.store.AlertQuery;
import dev.rootwatch.daemon.store.SqliteStore;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.testlog.IssuerChain;
import dev.rootwatch.testlog.LeafRequest;
import dev.rootwatch.testlog.MintedCa;
import dev.rootwatch.testlog.Seed;
import dev.rootwatch.testlog.Submission;
import dev.rootwatch.testlog.TestLog;
import dev.rootwatch.watch.ExaminerSetup;
import dev.rootwatch.watch.RuleSet;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.Inclusion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Leaves are logged while nobody knows their issuer; an hour later, on the clock that is held,
 * another log shows the issuer's certificate. Then all of them have to be found, and only what they
 * lie among read again. In one process, over real HTTP and a real store.
 *
 * <pre>--entries N --leaves N --protocol rfc6962|static</pre>
 */
public final class LateEdge {
  private final Path folder;
  private final HeldTime clock = new HeldTime();
  private final Seed seed = new Seed(7);
  private final MintedCa root = MintedCa.root(seed, "C=XX, O=Late, CN=Late Root");
  private final MintedCa issuing = root.intermediate("C=XX, O=Late, CN=Late Issuing");

  LateEdge(Path folder) {
    this.folder = folder;
  }

  /**
   * What came of it.
   *
   * @param missing leaves without a finding
   * @param tooSoon findings before the issuer was known
   * @param repeated alerts that were revised although nothing about them was news
   * @param reread entries read again
   * @param entries in the log of the leaves
   * @param owed ranges still to be read again
   */
  record Result(int missing, int tooSoon, long repeated, long reread, long entries, long owed) {
    boolean isGood() {
      return missing == 0 && tooSoon == 0 && repeated == 0 && owed == 0 && reread < entries;
    }
  }

  Result run(LogProtocol protocol, long entries, int leaves) throws Exception {
    ExaminerSetup setup = setup();
    try (Store store = SqliteStore.open(folder.resolve("rw.db"), clock, alert -> List.of());
        WatchedLog early = new WatchedLog(named("early", protocol), store, setup, clock);
        WatchedLog late = new WatchedLog(named("late", LogProtocol.RFC6962), store, setup, clock)) {
      store.watch(setup.watchedKeys());
      Set<String> planted = plant(early.log, entries, leaves);
      WatchedLog.Watch early1 = early.watch(3);
      WatchedLog.Watch late1 = late.watch(3);
      early.run(early1, Duration.ofMinutes(2));
      late.run(late1, Duration.ofMinutes(2));
      int tooSoon = findings(store, planted).size();

      clock.pass(Duration.ofHours(1));
      late.log.append(
          Submission.certificate(
              issuing.certificate(), IssuerChain.of(List.of(root.certificate()))));
      late.log.publish();
      late.run(late1, Duration.ofMinutes(2));
      long before = early.examined.get();
      early.run(early1, Duration.ofMinutes(10));

      List<Alert> found = findings(store, planted);
      return new Result(
          planted.size() - found.size(),
          tooSoon,
          found.stream().filter(alert -> alert.revision() > 1).count(),
          early.examined.get() - before,
          early.log.appended(),
          store.owed());
    }
  }

  private TestLog named(String name, LogProtocol protocol) {
    return TestLog.named(name).seed(seed).protocol(protocol).clock(clock).build();
  }

  /** Leaves in the second quarter of the log, with nothing but themselves beside them. */
  private Set<String> plant(TestLog log, long entries, int leaves) {
    Set<String> ids = new HashSet<>();
    Instant notBefore = clock.instant().minus(Duration.ofHours(1));
    log.fill(entries / 4);
    for (int i = 0; i < leaves; i++) {
      LeafRequest request =
          new LeafRequest(
              List.of("leaf" + i + ".late.test"),
              notBefore,
              notBefore.plus(Duration.ofDays(90)),
              "late " + i);
      Submission whole = issuing.precertificate(request);
      Submission bare =
          new Submission(
              whole.type(),
              whole.issuerKeyHash(),
              whole.signedCertificate(),
              whole.precertificate(),
              IssuerChain.of(List.of()));
      ids.add(whole.tbsSha256().toString());
      log.append(bare);
      log.fill(entries / 4 / leaves);
    }
    log.fill(Math.max(0, entries - log.appended()));
    log.publish();
    return ids;
  }

  private static List<Alert> findings(Store store, Set<String> planted) {
    List<Alert> found = new ArrayList<>();
    store.forEachAlert(
        AlertQuery.ALL,
        stored -> {
          if (planted.contains(stored.alert().id())) {
            found.add(stored.alert());
          }
        });
    return found;
  }

  private ExaminerSetup setup() throws Exception {
    Catalog catalog =
        Catalog.bundled()
            .withOverlay(
                "late.yaml",
                """
                schema: rootwatch.catalog/v1
                families:
                - id: late
                  owner: Late CA
                  category: mis-issuance
                  keys: [{spkiSha256: %s}]
                  events:
                  - {program: mozilla, kind: removed, effective: 2026-01-01, citation: "made up"}
                """
                    .formatted(root.spkiSha256())
                    .getBytes(StandardCharsets.UTF_8),
                name -> {
                  throw new IOException("no file is needed: " + name);
                });
    OwnerTable owners = OwnerTable.bundled();
    return new ExaminerSetup(
        catalog, RuleSet.standard(catalog, owners), owners, Inclusion.unknown(), clock);
  }

  public static void main(String[] arguments) throws Exception {
    long entries = number(arguments, "--entries", 20_000);
    int leaves = (int) number(arguments, "--leaves", 100);
    boolean good = true;
    StringBuilder line = new StringBuilder();
    for (LogProtocol protocol : List.of(LogProtocol.RFC6962, LogProtocol.STATIC)) {
      Path folder = Files.createTempDirectory("late-edge");
      try {
        Result result = new LateEdge(folder).run(protocol, entries, leaves);
        good &= result.isGood();
        line.append(
            "%sprotocol=%s missing=%d early=%d repeated=%d reread=%d entries=%d owed=%d"
                .formatted(
                    line.isEmpty() ? "" : " ",
                    protocol.name().toLowerCase(java.util.Locale.ROOT),
                    result.missing(),
                    result.tooSoon(),
                    result.repeated(),
                    result.reread(),
                    result.entries(),
                    result.owed()));
      } finally {
        delete(folder);
      }
    }
    System.out.println(line);
    System.exit(good ? 0 : 1);
  }

  private static long number(String[] arguments, String option, long otherwise) {
    int at = Arrays.asList(arguments).indexOf(option);
    return at < 0 ? otherwise : Long.parseLong(arguments[at + 1]);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}

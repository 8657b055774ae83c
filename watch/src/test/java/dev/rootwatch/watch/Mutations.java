package dev.rootwatch.watch;

import com.sun.management.ThreadMXBean;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.source.IssuerAnswer;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.Inclusion;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Damaged copies of real entries through the whole examiner, from the bytes that a log serves to
 * findings, in both protocols, and {@linkplain BlownUp made-up ones} that grow until a cost that is
 * not linear shows.
 *
 * <p>What must hold: nothing is thrown; the examiner is not tripped and saved by its last resort
 * ({@code not examined}); every entry is counted once; an entry whose committed key is watched is a
 * finding whatever the rest of it says; what stands before and behind a damaged entry is found; no
 * single entry takes long or much memory.
 *
 * <pre>Mutations --seed S --n N</pre>
 *
 * Prints {@code key=value} pairs; the exit code is 1 when one of them falls short.
 */
public final class Mutations {
  /** Most processor time that one damaged real entry may take, the best of several runs. */
  private static final long MOST_MICROS = 20_000;

  /** Most bytes that one damaged real entry may allocate. */
  private static final long MOST_BYTES = 4 << 20;

  /** Mutants between two sound entries in one window. */
  private static final int BETWEEN = 64;

  /** So many of the costliest entries are measured again. */
  private static final int SUSPECTS = 64;

  /** Runs of which the best counts, as the machine does other things as well. */
  private static final int RUNS = 7;

  private static final String TRIPPED = "not examined";

  private final SplittableRandom random;
  private final Mutator mutator;
  private final List<EntryParts> entries;
  private final List<byte[]> certificates;
  private final Map<Hash, byte[]> issuers = new HashMap<>();
  private final Hash watchedKey;
  private final EntryParts sound;
  private final ExaminerSetup setup;
  private final CtLog log;
  private Examiner examiner;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What an entry cost when it was first examined: nanoseconds or bytes. */
  private record Measured(long cost, Supplier<EntryWindow> window) implements Comparable<Measured> {
    @Override
    public int compareTo(Measured other) {
      return Long.compare(cost, other.cost);
    }
  }

  private final PriorityQueue<Measured> slow = new PriorityQueue<>();
  private final PriorityQueue<Measured> large = new PriorityQueue<>();
  private final List<byte[]> waiting = new ArrayList<>();
  private final List<byte[]> waitingLeaves = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private long examined;
  private long findings;
  private long malformed;
  private long escaped;
  private long tripped;
  private long hidden;
  private long miscounted;
  private long neighboursLost;
  private long slowestNanos;
  private long bytes;
  private long mostBytes;

  private Mutations(long seed, List<EntryParts> entries) throws Exception {
    this.random = new SplittableRandom(seed);
    this.mutator = new Mutator(random);
    this.entries = entries;
    this.certificates = entries.stream().map(EntryParts::certificate).toList();
    for (EntryParts entry : entries) {
      entry.chain().forEach(der -> issuers.put(Hash.sha256(der), der));
    }
    this.watchedKey = mostFrequentIssuer(entries);
    this.sound =
        entries.stream().filter(entry -> isOf(entry, watchedKey)).findFirst().orElseThrow();
    this.setup = setup(watchedKey);
    this.examiner = setup.newExaminer();
    this.log = TestWindow.log();
  }

  /** So that many entries go the whole way. */
  private static Hash mostFrequentIssuer(List<EntryParts> entries) {
    Map<Hash, Integer> counts = new HashMap<>();
    for (EntryParts entry : entries) {
      if (entry.issuerKeyHash() != null) {
        counts.merge(Hash.of(entry.issuerKeyHash()), 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .max(Map.Entry.<Hash, Integer>comparingByValue().thenComparing(e -> e.getKey().toString()))
        .orElseThrow()
        .getKey();
  }

  private static boolean isOf(EntryParts entry, Hash key) {
    return entry.issuerKeyHash() != null && Hash.of(entry.issuerKeyHash()).equals(key);
  }

  static ExaminerSetup setup(Hash watchedKey) throws Exception {
    Catalog catalog = Catalog.bundled();
    OwnerTable owners = OwnerTable.bundled();
    RuleSet rules =
        RuleSet.parse(
            List.of(
                RuleSpec.ofAuthority("distrusted", "catalog:*"),
                RuleSpec.ofAuthority("frequent", "key:" + watchedKey),
                new RuleSpec("ours", null, "example.com", List.of(), null),
                new RuleSpec("idn", null, "b\u00fccher.example", List.of(), null)),
            catalog,
            owners,
            _ -> new byte[0]);
    return new ExaminerSetup(
        catalog,
        rules,
        owners,
        Inclusion.unknown(),
        InstantSource.fixed(Instant.parse("2026-11-24T00:00:00Z")));
  }

  // --- one mutant

  private void next() throws InterruptedException {
    EntryParts parts = damagedParts(entries.get(random.nextInt(entries.size())));
    byte[] leaf = parts.leafInput();
    byte[] extra = parts.extraData();
    byte[] tileLeaf = parts.tileLeaf();
    if (random.nextInt(4) == 0) { // the frame, too
      switch (random.nextInt(3)) {
        case 0 -> leaf = mutator.mutant(leaf, certificates);
        case 1 -> extra = mutator.mutant(extra, certificates);
        default -> tileLeaf = mutator.mutant(tileLeaf, certificates);
      }
    }
    if (random.nextBoolean()) {
      List<byte[]> one = List.of(leaf, extra);
      alone(() -> EntryParts.getEntries(one), one);
    } else {
      List<byte[]> one = List.of(tileLeaf);
      alone(() -> EntryParts.tile(one), one);
    }
    waiting.add(leaf);
    waiting.add(extra);
    waitingLeaves.add(tileLeaf);
    if (waitingLeaves.size() == BETWEEN) {
      between();
    }
  }

  private EntryParts damagedParts(EntryParts parts) {
    return switch (random.nextInt(6)) {
      case 0, 1, 2 -> parts.withCertificate(mutator.mutant(parts.certificate(), certificates));
      case 3 -> parts.withPrecertificate(mutator.mutant(parts.precertificate(), certificates));
      case 4 ->
          parts.chain().isEmpty()
              ? parts.withCertificate(mutator.mutant(parts.certificate(), certificates))
              : parts.withIssuer(mutator.mutant(parts.chain().getFirst(), certificates));
      default -> parts;
    };
  }

  /** Gives what is known, and nothing for a damaged fingerprint. */
  private final IssuerSource source =
      fingerprint -> {
        byte[] der = knownIssuer(fingerprint);
        return der == null ? new IssuerAnswer.Missing() : new IssuerAnswer.Found(der);
      };

  private byte @Nullable [] knownIssuer(Hash fingerprint) {
    return issuers.get(fingerprint);
  }

  private void alone(Supplier<EntryWindow> window, List<byte[]> input) throws InterruptedException {
    long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
    long began = threads.getCurrentThreadCpuTime();
    try (EntryWindow one = window.get()) {
      Examined result = examiner.examine(log, one, source);
      long nanos = threads.getCurrentThreadCpuTime() - began;
      long allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
      bytes += allocated;
      examined++;
      check(one, result, input);
      slow.add(new Measured(nanos, window));
      large.add(new Measured(allocated, window));
      if (slow.size() > SUSPECTS) {
        slow.remove();
        large.remove();
      }
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError thrown) {
      escaped++;
      complain("escaped " + thrown, input);
      examiner = setup.newExaminer();
    }
  }

  /**
   * A slow one is not believed at once: what was compiled or loaded meanwhile is not its fault. The
   * suspects run again at the end, and the best of several runs counts.
   */
  private void measureSuspects() throws InterruptedException {
    for (Measured suspect : slow) {
      slowestNanos =
          Math.max(slowestNanos, best(suspect.window(), threads::getCurrentThreadCpuTime));
    }
    for (Measured suspect : large) {
      mostBytes =
          Math.max(mostBytes, best(suspect.window(), threads::getCurrentThreadAllocatedBytes));
    }
  }

  private long best(Supplier<EntryWindow> window, LongSupplier gauge) throws InterruptedException {
    long best = Long.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      Examiner fresh = setup.newExaminer(); // which remembers no chain
      long before = gauge.getAsLong();
      try (EntryWindow one = window.get()) {
        fresh.examine(log, one, source);
      }
      best = Math.min(best, gauge.getAsLong() - before);
    }
    return best;
  }

  private void check(EntryWindow window, Examined result, List<byte[]> input) {
    findings += result.findings().size();
    malformed += result.malformed().size();
    if (result.precertificates() + result.certificates() + result.unknown() != window.count()) {
      miscounted++;
      complain("counted otherwise than once", input);
    }
    if (result.malformed().stream().anyMatch(row -> row.entry().reason().startsWith(TRIPPED))) {
      tripped++;
      complain(result.malformed().getFirst().entry().reason(), input);
    }
    int key = window.issuerKeyHashOffset(0);
    if (key >= 0
        && window.hasCertificate(0)
        && Hash.copyOf(window.bytes(), key).equals(watchedKey)
        && result.findings().isEmpty()) {
      hidden++;
      complain("committed to a watched key and not found", input);
    }
  }

  private void complain(String what, List<byte[]> input) {
    if (complaints.size() < 20) {
      StringBuilder text = new StringBuilder(what);
      for (byte[] part : input) {
        text.append('\n').append(HexFormat.of().formatHex(part));
      }
      complaints.add(text.toString());
    }
  }

  // --- and its neighbours

  private void between() throws InterruptedException {
    List<byte[]> answer = new ArrayList<>(List.of(sound.leafInput(), sound.extraData()));
    answer.addAll(waiting);
    answer.addAll(List.of(sound.leafInput(), sound.extraData()));
    neighbours(() -> EntryParts.getEntries(answer), true);
    List<byte[]> tile = new ArrayList<>(List.of(sound.tileLeaf()));
    tile.addAll(waitingLeaves);
    tile.add(sound.tileLeaf());
    neighbours(() -> EntryParts.tile(tile), false);
    waiting.clear();
    waitingLeaves.clear();
  }

  /** In a tile whose framing is broken the last entry is found by its hash tile, not here. */
  private void neighbours(Supplier<EntryWindow> source, boolean lastToo)
      throws InterruptedException {
    try (EntryWindow window = source.get()) {
      Examined result = examiner.examine(log, window, this.source);
      long last = window.firstIndex() + BETWEEN + 1;
      boolean first = result.findings().stream().anyMatch(f -> f.index() == window.firstIndex());
      boolean second = result.findings().stream().anyMatch(f -> f.index() == last);
      boolean framed = lastToo || window.hasCertificate(BETWEEN + 1);
      int counted = result.precertificates() + result.certificates() + result.unknown();
      if (!first || (framed && !second) || counted != window.count()) {
        neighboursLost++;
        complaints.add("a neighbour was lost");
      }
    } catch (RuntimeException | StackOverflowError thrown) {
      escaped++;
      complaints.add("escaped from a window: " + thrown);
    }
  }

  private boolean isGood() {
    return examined > 0
        && escaped + tripped + hidden + miscounted + neighboursLost == 0
        && slowestNanos / 1000 <= MOST_MICROS
        && mostBytes <= MOST_BYTES;
  }

  @Override
  public String toString() {
    return ("n=%d escaped=%d tripped=%d hidden=%d miscounted=%d neighbours_lost=%d slowest_us=%d"
            + " bytes_per_entry=%d most_bytes=%d findings=%d malformed=%d")
        .formatted(
            examined,
            escaped,
            tripped,
            hidden,
            miscounted,
            neighboursLost,
            slowestNanos / 1000,
            bytes / Math.max(1, examined),
            mostBytes,
            findings,
            malformed);
  }

  public static void main(String[] args) throws Exception {
    long seed = 1;
    long n = 1_000_000;
    for (int i = 0; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--seed" -> seed = Long.parseLong(args[i + 1]);
        case "--n" -> n = Long.parseLong(args[i + 1]);
        default -> throw new IllegalArgumentException("no option " + args[i]);
      }
    }
    Optional<RealEntries> real = RealEntries.find();
    if (real.isEmpty()) {
      System.out.println("SKIPPED: no shared data beside the project");
      return;
    }
    Mutations mutations = new Mutations(seed, real.get().all());
    for (long i = 0; i < n; i++) {
      mutations.next();
    }
    mutations.measureSuspects();
    BlownUp blownUp = BlownUp.run();
    mutations.complaints.forEach(System.err::println);
    blownUp.complaints().forEach(System.err::println);
    System.out.println("seed=" + seed + " " + mutations + " " + blownUp);
    if (!mutations.isGood() || !blownUp.complaints().isEmpty()) {
      System.exit(1);
    }
  }
}

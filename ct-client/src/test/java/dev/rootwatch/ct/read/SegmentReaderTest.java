package dev.rootwatch.ct.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.read.SegmentReader.Settings;
import dev.rootwatch.ct.source.EntrySource;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.ct.source.SourceException.Kind;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.GetEntriesBuilder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real windows from a source in memory: what is tested is order, budget, pieces and failures. */
@Timeout(30)
class SegmentReaderTest {
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Duration> slept = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void next_severalDownloadsAtOnce_handsThemOnInOrderAndWhole() throws Exception {
    List<ReadWindow<Integer>> windows =
        readAll(new MemoryLog(64), new EntryRange(5, 1_000), 1 << 20);

    assertThat(windows.getFirst().range().from()).isEqualTo(5);
    assertThat(windows.getLast().range().to()).isEqualTo(1_000);
    for (int i = 1; i < windows.size(); i++) {
      assertThat(windows.get(i).range().from()).isEqualTo(windows.get(i - 1).range().to());
    }
    assertThat(windows.stream().mapToInt(ReadWindow::examined).sum()).isEqualTo(995);
  }

  @Test
  void next_logAnswersShort_asksForTheRestAndLearnsTheSize() throws Exception {
    MemoryLog log = new MemoryLog(10);
    List<ReadWindow<Integer>> windows = readAll(log, new EntryRange(0, 300), 1 << 20);

    assertThat(
            windows.stream()
                .map(ReadWindow::subtree)
                .reduce(CompactRange.EMPTY, CompactRange::append)
                .range())
        .isEqualTo(new EntryRange(0, 300));
    assertThat(log.asked)
        .last()
        .satisfies(range -> assertThat(range.size()).isLessThanOrEqualTo(10));
  }

  @Test
  void next_budgetExhaustedByOthers_stillAdvancesByLittle() throws Exception {
    ReadBudget budget = new ReadBudget(1_024_000);
    assertThat(budget.tryReserve(1_024_000)).isTrue();
    MemoryLog log = new MemoryLog(50);

    try (SegmentReader<Integer> reader = reader(log, new EntryRange(0, 200), budget, 1)) {
      while (reader.next().isPresent()) {
        assertThat(log.atOnce.get()).isLessThanOrEqualTo(1);
        assertThat(log.largestAsked()).isLessThanOrEqualTo(32);
      }
    }
    assertThat(budget.inFlight()).isEqualTo(1_024_000);
  }

  @Test
  void next_logFailsForAWhile_asksAgainAfterGrowingPauses() throws Exception {
    MemoryLog log = new MemoryLog(1_000);
    log.failures.set(2);

    try (SegmentReader<Integer> reader =
        reader(log, new EntryRange(0, 100), new ReadBudget(1 << 20), 3)) {
      assertThat(reader.next()).isPresent();
    }
    assertThat(slept).hasSize(2);
    assertThat(slept)
        .allSatisfy(
            pause -> assertThat(pause).isBetween(Duration.ofMillis(50), Duration.ofMillis(200)));
  }

  @Test
  void next_logFailsForGood_saysSoAndReturnsTheBudget() {
    MemoryLog log = new MemoryLog(1_000);
    log.failures.set(1_000);
    ReadBudget budget = new ReadBudget(1 << 20);

    try (SegmentReader<Integer> reader = reader(log, new EntryRange(0, 100), budget, 2)) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("down");
    }
    assertThat(budget.inFlight()).isZero();
  }

  @Test
  void close_downloadsThatNeverBegan_returnTheirBudget() throws Exception {
    Semaphore one = new Semaphore(1);
    MemoryLog log =
        new MemoryLog(1_000) {
          @Override
          public EntryWindow read(EntryRange range, long treeSize)
              throws SourceException, InterruptedException {
            one.acquire();
            return super.read(range, treeSize);
          }
        };
    ReadBudget budget = new ReadBudget(10 << 20);
    ExecutorService oneAtATime = Executors.newSingleThreadExecutor();
    Settings settings = settings(log, budget, 1);
    Settings queueing =
        new Settings(
            oneAtATime, 4, settings.operator(), budget, settings.windows(), settings.retry());

    try (SegmentReader<Integer> reader =
        new SegmentReader<>(log, new EntryRange(0, 400), 400, () -> EntryWindow::count, queueing)) {
      assertThat(reader.next()).isPresent();
    }
    oneAtATime.shutdown();

    assertThat(oneAtATime.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(budget.inFlight()).isZero();
  }

  @Test
  void next_logAsksToWaitLongerThanARound_failsTheRound() {
    MemoryLog log = new MemoryLog(1_000);
    log.failures.set(1_000);
    log.retryAfter = Duration.ofHours(1);

    try (SegmentReader<Integer> reader =
        reader(log, new EntryRange(0, 100), new ReadBudget(1 << 20), 5)) {
      assertThatThrownBy(reader::next).isInstanceOf(SourceException.class);
    }
    assertThat(slept).isEmpty();
  }

  @Test
  void next_examinerHasADefect_isNotSwallowed() {
    try (SegmentReader<Integer> reader =
        new SegmentReader<>(
            new MemoryLog(10),
            new EntryRange(0, 10),
            10,
            () ->
                window -> {
                  throw new IllegalStateException("defect");
                },
            settings(new MemoryLog(10), new ReadBudget(1 << 20), 1))) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("defect");
    }
  }

  private List<ReadWindow<Integer>> readAll(MemoryLog log, EntryRange range, long budget)
      throws Exception {
    List<ReadWindow<Integer>> windows = new ArrayList<>();
    try (SegmentReader<Integer> reader = reader(log, range, new ReadBudget(budget), 1)) {
      for (Optional<ReadWindow<Integer>> next = reader.next();
          next.isPresent();
          next = reader.next()) {
        windows.add(next.get());
      }
    }
    return windows;
  }

  private SegmentReader<Integer> reader(
      MemoryLog log, EntryRange range, ReadBudget budget, int attempts) {
    return new SegmentReader<>(
        log, range, range.to(), () -> EntryWindow::count, settings(log, budget, attempts));
  }

  private Settings settings(MemoryLog log, ReadBudget budget, int attempts) {
    Retry retry =
        new Retry(
            attempts,
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            slept::add,
            new SplittableRandom(1));
    return new Settings(
        executor, 4, new AdaptiveConcurrency(4), budget, new WindowSize(log, 1 << 20), retry);
  }

  /** Gives the entries that it is asked for, at most so many at once. */
  private static class MemoryLog implements EntrySource {
    private final int most;
    private final Queue<EntryRange> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private Duration retryAfter = Duration.ZERO;

    MemoryLog(int most) {
      this.most = most;
    }

    long largestAsked() {
      return asked.stream().mapToLong(EntryRange::size).max().orElse(0);
    }

    @Override
    public EntryWindow read(EntryRange range, long treeSize)
        throws SourceException, InterruptedException {
      asked.add(range);
      if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new SourceException(
            Kind.UNAVAILABLE, "down", retryAfter.isZero() ? null : retryAfter, null);
      }
      atOnce.incrementAndGet();
      int count = (int) Math.min(most, range.size());
      GetEntriesBuilder builder =
          new GetEntriesBuilder(range.from(), count, new byte[count * 32], buffer -> {});
      for (int i = 0; i < count; i++) {
        ByteBuffer leaf = ByteBuffer.wrap(builder.reserve(32));
        leaf.position(builder.position());
        leaf.putShort((short) 0).putLong(1).putShort((short) 9).putLong(range.from() + i);
        builder.leafInput(20);
        builder.endEntry();
      }
      EntryWindow window = builder.build(count * 20L);
      atOnce.decrementAndGet();
      return window;
    }

    @Override
    public int alignment() {
      return 1;
    }

    @Override
    public int smallestWindow() {
      return 1;
    }

    @Override
    public int initialWindow() {
      return 100;
    }
  }
}

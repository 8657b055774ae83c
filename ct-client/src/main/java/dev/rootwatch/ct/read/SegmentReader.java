package dev.rootwatch.ct.read;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.merkle.TreeHasher;
import dev.rootwatch.ct.source.EntrySource;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.ct.wire.EntryWindow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Reads a range of a log in windows: several downloads at once, handed on in order.
 *
 * <p>Each download is a task of its own on a virtual thread, and does everything that needs the
 * window's bytes there: hash the leaves, examine the entries, give the buffer back. What waits in
 * order behind the oldest is therefore small. How many tasks run is bounded by {@code concurrency},
 * by what the log's operator bears and by the process-wide {@link ReadBudget}; the oldest is always
 * admitted, if need be as a small one.
 *
 * <p>Used by one thread. {@link #close} cancels what is under way and waits for nothing.
 */
public final class SegmentReader<T> implements AutoCloseable {
  /**
   * What readers of one log share over its rounds.
   *
   * @param executor runs the downloads; a virtual thread per task
   * @param concurrency downloads at once, at least 1
   * @param operator what the operator of the log bears, all of its logs together
   * @param budget bytes in flight, all logs together
   * @param windows the window size learned so far
   * @param retry for each download
   */
  public record Settings(
      ExecutorService executor,
      int concurrency,
      AdaptiveConcurrency operator,
      ReadBudget budget,
      WindowSize windows,
      Retry retry) {}

  private final EntrySource source;
  private final long limit;
  private final long treeSize;
  private final Settings settings;
  private final Supplier<WindowExaminer<T>> examiners;
  private final ConcurrentLinkedQueue<Workbench<T>> idle = new ConcurrentLinkedQueue<>();
  private final Deque<Running<T>> downloads = new ArrayDeque<>();
  private final Deque<ReadWindow<T>> ready = new ArrayDeque<>();
  private long planned;

  /**
   * @param range what to read, inside the tree of {@code treeSize}
   * @param treeSize size of a head that was seen
   * @param examiners a new examiner for each concurrent download
   */
  public SegmentReader(
      EntrySource source,
      EntryRange range,
      long treeSize,
      Supplier<WindowExaminer<T>> examiners,
      Settings settings) {
    this.source = source;
    this.planned = range.from();
    this.limit = range.to();
    this.treeSize = treeSize;
    this.examiners = examiners;
    this.settings = settings;
  }

  /**
   * The next window in order of index; empty after the last one.
   *
   * @throws SourceException when the log did not give it; the reader is then of no further use
   */
  public Optional<ReadWindow<T>> next() throws SourceException, InterruptedException {
    if (ready.isEmpty()) {
      if (downloads.isEmpty() && planned < limit) {
        startOldest();
      }
      startFurther();
      if (downloads.isEmpty()) {
        return Optional.empty();
      }
      ready.addAll(arrived(downloads.removeFirst().windows()));
    }
    return Optional.of(ready.removeFirst());
  }

  /** Whether {@link #next} has a window now, or will after at most {@code patience}. */
  public boolean hasReady(Duration patience) throws InterruptedException {
    if (!ready.isEmpty()) {
      return true;
    }
    startFurther();
    if (downloads.isEmpty()) {
      return false;
    }
    try {
      downloads.getFirst().windows().get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException failed) {
      return false; // next() tells, when what came before it is safe
    }
  }

  @Override
  public void close() {
    for (Running<T> running : downloads) {
      running.windows().cancel(true);
      running.reserved().giveBackUnlessStarted();
    }
    downloads.clear();
  }

  /** The window that everything behind it waits for: read in any case, if need be a small one. */
  private void startOldest() {
    ReadBudget budget = settings.budget();
    EntryRange range = settings.windows().next(planned, limit);
    long whole = settings.windows().estimate(range.size());
    long bytes = whole;
    if (!budget.tryReserve(whole)) {
      range = settings.windows().smallest(planned, limit);
      bytes = settings.windows().estimate(range.size());
      budget.reserveOldest(bytes);
    }
    planned = range.to();
    downloads.addLast(start(range, new Reserved(budget, bytes, settings.operator().startOldest())));
  }

  /** What can be read besides, as far as the budget and the operator allow it now. */
  private void startFurther() {
    ReadBudget budget = settings.budget();
    while (planned < limit && downloads.size() < settings.concurrency()) {
      EntryRange range = settings.windows().next(planned, limit);
      long bytes = settings.windows().estimate(range.size());
      AdaptiveConcurrency.Slot slot = settings.operator().tryStart();
      if (slot == null) {
        return;
      }
      if (!budget.tryReserve(bytes)) {
        slot.end();
        return;
      }
      planned = range.to();
      downloads.addLast(start(range, new Reserved(budget, bytes, slot)));
    }
  }

  private Running<T> start(EntryRange range, Reserved reserved) {
    try {
      return new Running<>(settings.executor().submit(() -> download(range, reserved)), reserved);
    } catch (RuntimeException notStarted) {
      reserved.giveBackUnlessStarted();
      throw notStarted;
    }
  }

  private List<ReadWindow<T>> download(EntryRange range, Reserved reserved)
      throws SourceException, InterruptedException {
    if (!reserved.start()) {
      throw new CancellationException();
    }
    try {
      return readWhole(range, reserved.slot);
    } finally {
      reserved.giveBack();
    }
  }

  /** A download is asked for whole; a log that answers in pieces is asked for the rest. */
  private List<ReadWindow<T>> readWhole(EntryRange range, AdaptiveConcurrency.Slot slot)
      throws SourceException, InterruptedException {
    List<ReadWindow<T>> pieces = new ArrayList<>(1);
    Workbench<T> bench = takeBench();
    long position = range.from();
    while (position < range.to()) {
      EntryRange rest = new EntryRange(position, range.to());
      ReadWindow<T> piece = settings.retry().ask(() -> readPiece(rest, bench, slot));
      pieces.add(piece);
      position = piece.range().to();
    }
    idle.add(bench);
    return pieces;
  }

  private ReadWindow<T> readPiece(
      EntryRange asked, Workbench<T> bench, AdaptiveConcurrency.Slot slot)
      throws SourceException, InterruptedException {
    try (EntryWindow window = source.read(asked, treeSize)) {
      slot.answered();
      settings.windows().answered(asked.size(), window.count(), window.bytes().length);
      CompactRange subtree = bench.hasher.hash(window);
      return new ReadWindow<>(
          subtree,
          bench.examiner.examine(window),
          window.transferredBytes(),
          MisplacedLeaf.of(window));
    } catch (SourceException failure) {
      switch (failure.kind()) {
        case RATE_LIMITED, UNAVAILABLE -> slot.refused();
        case NOT_FOUND, INVALID_ANSWER, INVALID_HEAD -> {}
      }
      throw failure;
    }
  }

  private Workbench<T> takeBench() {
    Workbench<T> bench = idle.poll();
    return bench != null ? bench : new Workbench<>(new TreeHasher(), examiners.get());
  }

  private static <T> List<ReadWindow<T>> arrived(Future<List<ReadWindow<T>>> download)
      throws SourceException, InterruptedException {
    try {
      return download.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case SourceException failure -> throw failure;
        case InterruptedException interrupted -> throw interrupted;
        case RuntimeException defect -> throw defect;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Scratch that belongs to one download at a time. */
  private record Workbench<T>(TreeHasher hasher, WindowExaminer<T> examiner) {}

  /** A download under way and what it holds of the budget. */
  private record Running<T>(Future<List<ReadWindow<T>>> windows, Reserved reserved) {}

  /**
   * Bytes of the budget and a place among the operator's downloads, given back once: by the
   * download when it ends, or, as a task that is cancelled before its thread began never runs, by
   * whoever cancelled it.
   */
  private static final class Reserved {
    private final ReadBudget budget;
    private final long bytes;
    private final AdaptiveConcurrency.Slot slot;
    private final AtomicBoolean taken = new AtomicBoolean();

    Reserved(ReadBudget budget, long bytes, AdaptiveConcurrency.Slot slot) {
      this.budget = budget;
      this.bytes = bytes;
      this.slot = slot;
    }

    /** Whether the download may go on; it then gives the bytes back. */
    boolean start() {
      return taken.compareAndSet(false, true);
    }

    void giveBack() {
      budget.release(bytes);
      slot.end();
    }

    void giveBackUnlessStarted() {
      if (start()) {
        giveBack();
      }
    }
  }
}

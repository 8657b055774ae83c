package dev.rootwatch.alert;

import dev.rootwatch.alert.spi.Delivery;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is in the outbox, one worker for each sink on a thread of its own: a sink that
 * hangs holds up nobody else. Delivery is at least once, with stable ids ({@link
 * Alert#deliveryId}); a crash between the receiver's answer and our note may repeat one.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /** A delivery that is under way may take so long to end by itself. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** After an interrupt. */
  private static final Duration LAST_GRACE = Duration.ofSeconds(1);

  /** A test of a sink waits so long for the delivery under way. */
  private static final Duration TEST_PATIENCE = Duration.ofSeconds(45);

  private final List<Line> lines = new ArrayList<>();
  private volatile boolean stopping;

  /**
   * Takes over the sinks: {@link #close} closes them.
   *
   * @param random for the jitter; one is split off for each worker
   */
  public Dispatcher(
      Outbox outbox,
      List<ConfiguredSink> sinks,
      DeliveryMetrics metrics,
      InstantSource clock,
      RandomGenerator.SplittableGenerator random) {
    for (ConfiguredSink sink : sinks) {
      lines.add(new Line(sink, new SinkWorker(sink, outbox, metrics, clock, random.split())));
    }
  }

  /** Begins to deliver. To be called once. */
  public void start() {
    lines.forEach(line -> line.thread.start());
  }

  /** Something new is in the outbox. Cheap, from any thread. */
  public void wake() {
    lines.forEach(Line::wake);
  }

  /**
   * Delivers {@code alert} to a sink at once, beside the outbox: to see whether it works, or
   * because the outbox does not.
   *
   * @return empty when there is no such sink
   */
  public Optional<Delivery> direct(String sink, Alert alert) throws InterruptedException {
    for (Line line : lines) {
      if (line.sink.id().equals(sink)) {
        return Optional.of(line.worker.test(alert, TEST_PATIENCE));
      }
    }
    return Optional.empty();
  }

  /** How each sink is doing, in the order of the configuration. */
  public List<SinkHealth> health() {
    return lines.stream().map(line -> line.worker.health()).toList();
  }

  /**
   * Stops within five seconds. Deliveries under way may end; after a grace they are interrupted and
   * stay in the outbox.
   */
  @Override
  public void close() {
    stopping = true;
    lines.forEach(line -> line.worker.stop());
    wake();
    boolean interrupted = !join(GRACE);
    lines.forEach(line -> line.thread.interrupt());
    interrupted |= !join(LAST_GRACE);
    lines.forEach(line -> line.sink.sink().close());
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** False when we were interrupted ourselves. */
  private boolean join(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    try {
      for (Line line : lines) {
        long left = end - System.nanoTime();
        if (line.thread.getState() != Thread.State.NEW && left > 0) {
          line.thread.join(Duration.ofNanos(left));
        }
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** A sink, its worker, and the thread that makes it step. */
  private final class Line {
    private static final Duration LONGEST_TROUBLE = Duration.ofMinutes(1);

    final ConfiguredSink sink;
    final SinkWorker worker;
    final Thread thread;
    private final Semaphore signal = new Semaphore(0);

    Line(ConfiguredSink sink, SinkWorker worker) {
      this.sink = sink;
      this.worker = worker;
      this.thread = Thread.ofVirtual().name("deliver-" + sink.id()).unstarted(this::run);
    }

    void wake() {
      if (signal.availablePermits() == 0) {
        signal.release();
      }
    }

    private void run() {
      Duration trouble = Duration.ZERO;
      try {
        while (!stopping) {
          try {
            SinkWorker.Pause pause = worker.step();
            trouble = Duration.ZERO;
            await(pause);
          } catch (RuntimeException | Error e) {
            // The outbox failed, or worse: nothing is lost, and a sink must not die silently.
            trouble = longer(trouble);
            log.error("deliveries to sink {} fail, trying again in {}", sink.id(), trouble, e);
            await(new SinkWorker.Pause(trouble, false));
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Waits for the pause to end, for something new, or for the end of everything. */
    private void await(SinkWorker.Pause pause) throws InterruptedException {
      long end = System.nanoTime() + pause.longest().toNanos();
      while (!stopping) {
        long left = end - System.nanoTime();
        boolean signalled = signal.tryAcquire(Math.max(0, left), TimeUnit.NANOSECONDS);
        if (!signalled || pause.wakeable()) {
          return;
        }
      }
    }

    private static Duration longer(Duration trouble) {
      Duration next = trouble.isZero() ? Duration.ofSeconds(1) : trouble.multipliedBy(2);
      return next.compareTo(LONGEST_TROUBLE) > 0 ? LONGEST_TROUBLE : next;
    }
  }
}

package dev.rootwatch.daemon;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.daemon.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a monitor's rounds until it is stopped. No failure ends it: what one log, one answer or
 * the disk does wrong is told, and the next round tries again.
 */
final class LogRunner implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(LogRunner.class);

  private final CtLog log;
  private final LogMonitor monitor;
  private final LogProgress progress;
  private final Duration poll;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean positioned;

  LogRunner(CtLog log, LogMonitor monitor, LogProgress progress, Duration poll) {
    this.log = log;
    this.monitor = monitor;
    this.progress = progress;
    this.poll = poll;
    this.thread = Thread.ofVirtual().name("log " + log.label()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  CtLog log() {
    return log;
  }

  /** Whether a round went well, so that the log has a position. */
  boolean positioned() {
    return positioned;
  }

  /** Asks the round under way to end; what it has not committed it will read again. */
  void stop() {
    stopping.countDown();
    thread.interrupt();
  }

  /** Waits until the thread has ended, at most {@code limit}. */
  boolean ended(Duration limit) throws InterruptedException {
    return thread.join(limit);
  }

  @Override
  public void close() {
    stop();
  }

  private void run() {
    try {
      Duration pause;
      do {
        pause = round();
      } while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long the log is then left alone: as long as it asked for, where that is longer. */
  private Duration round() throws InterruptedException {
    try {
      monitor.round();
      positioned = true;
    } catch (SourceException failure) {
      tell(failure);
      Duration asked = failure.retryAfter();
      return asked != null && asked.compareTo(poll) > 0 ? asked : poll;
    } catch (StoreException failure) {
      tell(failure);
    } catch (RuntimeException | Error defect) {
      // An error, too: memory that ran out over one answer must not end the watch of this log.
      if (stopping.getCount() > 0) {
        logger.error("{}: a round ended by a defect; the next one goes on", log.name(), defect);
        tell(defect);
      }
    }
    return poll;
  }

  /** The store may be what failed; then the log file alone is told. */
  private void tell(Throwable failure) {
    try {
      progress.failed(failure);
    } catch (RuntimeException storeFails) {
      logger.error("{}: {}", log.name(), storeFails.getMessage());
    }
  }
}

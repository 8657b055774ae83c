package dev.rootwatch.daemon;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.source.Sleeper;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.daemon.store.StoreException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a monitor's rounds until it is stopped. No failure ends it: what one log, one answer or
 * the disk does wrong is told, and the next round tries again, less and less often while nothing
 * changes.
 */
final class LogRunner implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(LogRunner.class);

  /** A log that fails is still asked this often. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final CtLog log;
  private final LogMonitor monitor;
  private final LogProgress progress;
  private final Duration poll;
  private final Sleeper sleeper;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean positioned;
  private int failuresInARow;

  /**
   * @param poll how long to wait after a round that has caught up
   * @param sleeper waits; is interrupted when the runner is stopped
   */
  LogRunner(CtLog log, LogMonitor monitor, LogProgress progress, Duration poll, Sleeper sleeper) {
    this.log = log;
    this.monitor = monitor;
    this.progress = progress;
    this.poll = poll;
    this.sleeper = sleeper;
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
    stopping = true;
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
      while (!stopping) {
        Duration pause = round();
        if (pause.isPositive()) {
          sleeper.sleep(pause);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** One round; how long the log is then left alone: as long as it asked for, where it did. */
  Duration round() throws InterruptedException {
    try {
      LogMonitor.Round round = monitor.round();
      positioned = true;
      failuresInARow = 0;
      return round == LogMonitor.Round.MORE ? Duration.ZERO : poll;
    } catch (SourceException failure) {
      tell(failure);
      Duration asked = failure.retryAfter();
      Duration pause = pauseAfterFailure();
      return asked != null && asked.compareTo(pause) > 0 ? asked : pause;
    } catch (StoreException failure) {
      tell(failure);
    } catch (RuntimeException | Error defect) {
      // An error, too: memory that ran out over one answer must not end the watch of this log.
      if (!stopping) {
        logger.error("{}: a round ended by a defect; the next one goes on", log.name(), defect);
        tell(defect);
      }
    }
    return pauseAfterFailure();
  }

  private Duration pauseAfterFailure() {
    int doublings = Math.min(failuresInARow++, 5);
    Duration longer = poll.multipliedBy(1L << doublings);
    Duration most = poll.compareTo(LONGEST_PAUSE) > 0 ? poll : LONGEST_PAUSE;
    return longer.compareTo(most) > 0 ? most : longer;
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

package dev.rootwatch.daemon;

import dev.rootwatch.daemon.config.Config.RetentionConfig;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes from the store what is older than the configuration keeps: at the start, so that a daemon
 * that is restarted every day cleans up, too, and a few times a day.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Housekeeping.class);

  private static final Duration EVERY = Duration.ofHours(6);

  private final Store store;
  private final RetentionConfig retention;
  private final InstantSource clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("housekeeping").unstarted(this::run);

  Housekeeping(Store store, RetentionConfig retention, InstantSource clock) {
    this.store = store;
    this.retention = retention;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    stopping.countDown();
  }

  private void run() {
    try {
      do {
        cleanUp();
      } while (!stopping.await(EVERY.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void cleanUp() {
    try {
      long rows = store.retain(clock.instant(), retention);
      logger.debug("{} old rows deleted", rows);
    } catch (StoreException e) {
      if (stopping.getCount() > 0) {
        logger.warn("old rows cannot be deleted: {}", e.getMessage());
      }
    }
  }
}

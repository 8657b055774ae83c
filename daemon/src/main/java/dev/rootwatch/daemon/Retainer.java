package dev.rootwatch.daemon;

import dev.rootwatch.daemon.config.Config.RetentionConfig;
import dev.rootwatch.daemon.store.Retention;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes from the store what is older than it has to be, some time after the start and then on.
 */
final class Retainer implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Retainer.class);

  /** The start has better things to do. */
  private static final Duration FIRST = Duration.ofMinutes(5);

  private static final Duration EVERY = Duration.ofHours(6);

  private final Store store;
  private final Retention retention;
  private final InstantSource clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("retainer").unstarted(this::run);

  Retainer(Store store, RetentionConfig config, InstantSource clock) {
    this.store = store;
    this.retention = new Retention(config.tallies(), config.deliveries(), config.evidence());
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  /** Deletes once; a store that fails now is asked again the next time. */
  void retain() {
    try {
      long rows = store.retain(clock.instant(), retention);
      if (rows > 0) {
        logger.info("{} rows were older than they have to be kept", rows);
      }
    } catch (StoreException e) {
      logger.warn("what is too old cannot be deleted now: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    stopping.countDown();
  }

  private void run() {
    try {
      for (Duration wait = FIRST;
          !stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
          wait = EVERY) {
        retain();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}

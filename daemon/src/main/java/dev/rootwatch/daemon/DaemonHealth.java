package dev.rootwatch.daemon;

import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoreException;
import dev.rootwatch.daemon.web.Health;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Alive means: the store writes. Ready means: every log has a position. */
final class DaemonHealth implements Health {
  private final Store store;
  private final Supplier<Optional<String>> notReady;
  private final InstantSource clock;

  /**
   * @param notReady why the logs are not all read yet
   */
  DaemonHealth(Store store, Supplier<Optional<String>> notReady, InstantSource clock) {
    this.store = store;
    this.notReady = notReady;
    this.clock = clock;
  }

  @Override
  public Optional<String> ailment() {
    try {
      store.putMeta("health-probe", clock.instant().toString());
      return Optional.empty();
    } catch (StoreException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Optional<String> notReadyBecause() {
    return notReady.get();
  }
}

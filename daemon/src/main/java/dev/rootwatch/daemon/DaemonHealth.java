package dev.rootwatch.daemon;

import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoreException;
import dev.rootwatch.daemon.web.Health;
import java.time.InstantSource;
import java.util.Optional;

/** Alive means: the store writes. Ready means: every log has a position. */
final class DaemonHealth implements Health {
  private final Store store;
  private final Fleet fleet;
  private final InstantSource clock;

  DaemonHealth(Store store, Fleet fleet, InstantSource clock) {
    this.store = store;
    this.fleet = fleet;
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
    return fleet.notReadyBecause();
  }
}

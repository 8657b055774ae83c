package dev.rootwatch.daemon;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Dispatcher;
import dev.rootwatch.alert.spi.Delivery;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.web.Control;
import java.time.InstantSource;
import java.util.Optional;

/** What commands ask of the running daemon, done. */
final class DaemonControl implements Control {
  private final Store store;
  private final Dispatcher dispatcher;
  private final InstantSource clock;

  DaemonControl(Store store, Dispatcher dispatcher, InstantSource clock) {
    this.store = store;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  @Override
  public Optional<Integer> retry(String alertId) {
    if (store.alert(alertId).isEmpty()) {
      return Optional.empty();
    }
    int deliveries = store.retry(alertId, clock.instant());
    dispatcher.wake();
    return Optional.of(deliveries);
  }

  @Override
  public boolean acknowledge(String alertId) {
    return store.acknowledge(alertId, clock.instant());
  }

  @Override
  public Optional<Delivery> test(String sink) throws InterruptedException {
    return dispatcher.direct(sink, Alert.test(sink, clock.instant()));
  }
}

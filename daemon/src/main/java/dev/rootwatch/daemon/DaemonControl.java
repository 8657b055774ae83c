package dev.rootwatch.daemon;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Dispatcher;
import dev.rootwatch.alert.SinkHealth;
import dev.rootwatch.alert.spi.Delivery;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.web.Control;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What commands ask of the running daemon, done. */
final class DaemonControl implements Control {
  private final Store store;
  private final Supplier<Dispatcher> dispatcher;
  private final InstantSource clock;

  /**
   * @param dispatcher the one at work; a reload changes it
   */
  DaemonControl(Store store, Supplier<Dispatcher> dispatcher, InstantSource clock) {
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
    dispatcher.get().wake();
    return Optional.of(deliveries);
  }

  @Override
  public boolean acknowledge(String alertId) {
    return store.acknowledge(alertId, clock.instant());
  }

  @Override
  public Optional<Delivery> test(String sink) throws InterruptedException {
    return dispatcher.get().direct(sink, Alert.test(sink, clock.instant()));
  }

  @Override
  public List<String> sinks() {
    return dispatcher.get().health().stream().map(SinkHealth::sink).toList();
  }
}

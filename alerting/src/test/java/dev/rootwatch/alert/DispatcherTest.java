package dev.rootwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.Audience;
import dev.rootwatch.alert.spi.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DispatcherTest {
  private final HeldClock clock = new HeldClock();
  private final InMemoryOutbox outbox = new InMemoryOutbox();

  private Dispatcher dispatcher(ConfiguredSink... sinks) {
    return new Dispatcher(
        outbox, List.of(sinks), DeliveryMetrics.NONE, clock, new SplittableRandom(1));
  }

  private static ConfiguredSink configured(String id, AlertSink sink) {
    return new ConfiguredSink(id, sink, Audience.MACHINES, DeliveryPolicy.standard(600));
  }

  @Test
  void wake_newAlert_isDeliveredAtOnceThoughAnotherSinkHangs() throws InterruptedException {
    CountDownLatch delivered = new CountDownLatch(1);
    AlertSink quick =
        _ -> {
          delivered.countDown();
          return new Delivery.Accepted();
        };
    CountDownLatch never = new CountDownLatch(1);
    AlertSink hanging =
        _ -> {
          never.await();
          return new Delivery.Accepted();
        };
    try (Dispatcher dispatcher =
        dispatcher(configured("hanging", hanging), configured("quick", quick))) {
      dispatcher.start();
      outbox.add("hanging", Alerts.distrusted(), clock.instant());
      outbox.add("quick", Alerts.distrusted(), clock.instant());
      dispatcher.wake();
      assertThat(delivered.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(outbox.pending("hanging")).as("stays for the next start").isOne();
  }

  @Test
  void close_sinkHangs_endsWithinFiveSecondsAndClosesTheSinks() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    ScriptedSink other = new ScriptedSink();
    AlertSink hanging =
        _ -> {
          inside.countDown();
          never.await();
          return new Delivery.Accepted();
        };
    Dispatcher dispatcher = dispatcher(configured("a", hanging), configured("b", other));
    outbox.add("a", Alerts.distrusted(), clock.instant());
    dispatcher.start();
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

    long before = System.nanoTime();
    dispatcher.close();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    assertThat(other.closed).isTrue();
  }

  @Test
  void close_neverStarted_closesTheSinks() {
    ScriptedSink sink = new ScriptedSink();
    dispatcher(configured("a", sink)).close();
    assertThat(sink.closed).isTrue();
  }
}

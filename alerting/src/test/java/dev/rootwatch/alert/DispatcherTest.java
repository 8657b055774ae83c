package dev.rootwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.Audience;
import dev.rootwatch.alert.spi.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
  void direct_sinkBusyWithAnAlert_waitsForItsTurn() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AlertSink sink =
        alert -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          first.countDown();
          if (!alert.test()) {
            release.await();
          }
          inside.decrementAndGet();
          return new Delivery.Accepted();
        };
    outbox.add("a", Alerts.distrusted(), clock.instant());
    try (Dispatcher dispatcher = dispatcher(configured("a", sink))) {
      dispatcher.start();
      assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Optional<Delivery>> tested = new CompletableFuture<>();
      Thread tester =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  tested.complete(dispatcher.direct("a", Alert.test("a", clock.instant())));
                } catch (InterruptedException e) {
                  tested.completeExceptionally(e);
                }
              });
      // The tester stands still only where it waits for the sink.
      while (tester.getState() != Thread.State.TIMED_WAITING && !tested.isDone()) {
        Thread.onSpinWait();
      }
      release.countDown();
      assertThat(tested.get(10, TimeUnit.SECONDS)).contains(new Delivery.Accepted());
      assertThat(dispatcher.direct("none", Alert.test("none", clock.instant()))).isEmpty();
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void close_neverStarted_closesTheSinks() {
    ScriptedSink sink = new ScriptedSink();
    dispatcher(configured("a", sink)).close();
    assertThat(sink.closed).isTrue();
  }
}

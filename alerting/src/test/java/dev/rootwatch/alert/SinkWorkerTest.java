package dev.rootwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rootwatch.alert.spi.Audience;
import dev.rootwatch.alert.spi.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SinkWorkerTest {
  private final HeldClock clock = new HeldClock();
  private final InMemoryOutbox outbox = new InMemoryOutbox();
  private final ScriptedSink sink = new ScriptedSink();
  private final List<String> counted = new ArrayList<>();
  private final DeliveryMetrics metrics =
      new DeliveryMetrics() {
        @Override
        public void accepted(String sink, Duration took) {
          counted.add("accepted");
        }

        @Override
        public void retried(String sink, Duration took) {
          counted.add("retried");
        }

        @Override
        public void rejected(String sink, Duration took) {
          counted.add("rejected");
        }
      };
  private SinkWorker worker = worker(Audience.MACHINES, DeliveryPolicy.standard(600));

  private SinkWorker worker(Audience audience, DeliveryPolicy policy) {
    return new SinkWorker(
        new ConfiguredSink("hook", sink, audience, policy),
        outbox,
        metrics,
        clock,
        new SplittableRandom(1));
  }

  private Alert add(int number) {
    return add(number, Severity.HIGH);
  }

  private Alert add(int number, Severity severity) {
    Alert alert = Alerts.of("%064x".formatted(number), AlertType.DISTRUSTED_ISSUER, severity);
    outbox.add("hook", alert, clock.instant());
    clock.advance(Duration.ofMillis(1));
    return alert;
  }

  /** Steps as a thread would, moving the clock by each pause, until the time is over. */
  private void run(Duration time) throws InterruptedException {
    var end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      Duration pause = worker.step().longest();
      Duration left = Duration.between(clock.instant(), end);
      clock.advance(
          pause.compareTo(left) > 0 ? left : pause.isZero() ? Duration.ofMillis(1) : pause);
    }
  }

  @Test
  void step_accepted_isSettledAndCounted() throws InterruptedException {
    Alert alert = add(1);

    worker.step();

    assertThat(outbox.accepted).containsExactly("hook " + alert.deliveryId());
    assertThat(outbox.pending("hook")).isZero();
    assertThat(counted).containsExactly("accepted");
  }

  @Test
  void step_nothingPending_pausesWithALimit() throws InterruptedException {
    assertThat(worker.step()).isEqualTo(new SinkWorker.Pause(SinkWorker.LONGEST_PAUSE, true));
  }

  @Test
  void step_twoRevisionsPending_onlyTheNewestGoes() throws InterruptedException {
    Alert first = add(1);
    Alert second =
        first
            .mergedWith(
                Alerts.with(
                    first,
                    Severity.CRITICAL,
                    first.type(),
                    first.issuer(),
                    first.rules(),
                    first.verdicts(),
                    first.sightings()))
            .alert();
    outbox.add("hook", second, clock.instant());

    worker.step();

    assertThat(sink.messages).containsExactly(second.id() + ".2");
    assertThat(outbox.pending("hook")).isZero();
  }

  @Test
  void step_rejected_isADeadLetterAndTheSinkStaysOpen() throws InterruptedException {
    sink.answer = a -> a.id().endsWith("1") ? new Delivery.Rejected("no") : new Delivery.Accepted();
    add(1);
    add(2);

    worker.step();

    assertThat(outbox.rejected).hasSize(1).first().asString().endsWith(": no");
    assertThat(outbox.accepted).hasSize(1);
    assertThat(counted).containsExactly("rejected", "accepted");
    assertThat(worker.health().failuresInARow()).isZero();
  }

  @Test
  void step_everythingRejected_showsInItsHealth() throws InterruptedException {
    sink.answer = _ -> new Delivery.Rejected("no_service");
    for (int i = 0; i < 7; i++) {
      add(i);
    }
    worker.step();
    assertThat(worker.health().refusalsInARow()).isEqualTo(7);

    sink.answer = _ -> new Delivery.Accepted();
    add(100);
    worker.step();
    assertThat(worker.health().refusalsInARow()).isZero();
  }

  @Test
  void step_retryLater_waitsLongerEachTimeWithJitterUpToTheLimit() throws InterruptedException {
    sink.answer = _ -> new Delivery.RetryLater("down", null);
    Alert alert = add(1);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      clock.advance(Duration.ofMinutes(10));
      worker.step();
      waits.add(
          Duration.between(clock.instant(), outbox.nextAttempt("hook", alert).orElseThrow())
              .toMillis());
    }
    for (int i = 0; i < waits.size(); i++) {
      long full = Math.min(1000L << i, 300_000);
      assertThat(waits.get(i)).as("attempt %d", i).isBetween(full / 2, full);
    }
    assertThat(waits).doesNotHaveDuplicates();
  }

  @Test
  void step_receiverAsksToWait_theWholeSinkWaits() throws InterruptedException {
    sink.answer = _ -> new Delivery.RetryLater("429", Duration.ofMinutes(20));
    add(1);
    add(2);

    SinkWorker.Pause pause = worker.step();

    assertThat(sink.messages).hasSize(1);
    assertThat(pause.wakeable()).isFalse();
    run(Duration.ofMinutes(19));
    assertThat(sink.messages).hasSize(1);
    run(Duration.ofMinutes(2));
    assertThat(sink.messages).hasSize(2);
  }

  @Test
  void step_receiverAsksForADay_anHourAtMost() throws InterruptedException {
    sink.answer = _ -> new Delivery.RetryLater("429", Duration.ofDays(1));
    Alert alert = add(1);
    worker.step();
    assertThat(outbox.nextAttempt("hook", alert)).hasValue(clock.instant().plusSeconds(3600));
  }

  @Test
  void step_receiverAsksForThePast_ownBackOffCounts() throws InterruptedException {
    sink.answer = _ -> new Delivery.RetryLater("429", Duration.ofSeconds(-5));
    Alert alert = add(1);
    worker.step();
    assertThat(outbox.nextAttempt("hook", alert).orElseThrow()).isAfter(clock.instant());
  }

  @Test
  void step_sinkIsDown_isOnlyProbedAndThenCatchesUp() throws InterruptedException {
    sink.answer = _ -> new Delivery.RetryLater("down", null);
    for (int i = 0; i < 100; i++) {
      add(i);
    }
    run(Duration.ofHours(1));

    assertThat(worker.health().probing()).isTrue();
    assertThat(worker.health().reason()).isEqualTo("down");
    assertThat(sink.messages)
        .as("5 failures, then a probe every 2.5 to 5 min")
        .hasSizeBetween(15, 40);

    sink.answer = _ -> new Delivery.Accepted();
    run(Duration.ofMinutes(10));
    assertThat(outbox.accepted).hasSize(100);
    assertThat(worker.health().probing()).isFalse();
    assertThat(worker.health().failingSince()).isNull();
  }

  @Test
  void step_failsForAWeek_givesUpAndSaysWhy() throws InterruptedException {
    sink.answer = _ -> new Delivery.RetryLater("no route to host", null);
    add(1);
    worker.step();
    clock.advance(Duration.ofDays(7));
    worker.step();
    assertThat(outbox.rejected)
        .singleElement()
        .asString()
        .endsWith("gave up after 168 h: no route to host");
    assertThat(counted).containsExactly("retried", "rejected");
  }

  @Test
  void step_sinkThrows_isRetriedAndItsMessageKeptOut() throws InterruptedException {
    sink.answer =
        _ -> {
          throw new IllegalStateException("https://hooks.example/SECRET");
        };
    add(1);
    worker.step();
    assertThat(outbox.pending("hook")).isOne();
    assertThat(worker.health().reason())
        .startsWith("defect of the sink: java.lang.IllegalStateException")
        .doesNotContain("SECRET");
  }

  @Test
  void step_answerCannotBeWritten_isWrittenLaterWithoutSendingAgain() throws InterruptedException {
    Alert alert = add(1);
    outbox.failNext(3);
    for (int i = 0; i < 3; i++) {
      assertThatIllegalStateException().isThrownBy(worker::step);
    }
    worker.step();
    assertThat(sink.messages).containsExactly(alert.deliveryId());
    assertThat(outbox.accepted).hasSize(1);
  }

  @Test
  void step_rateLimit_isKept() throws InterruptedException {
    worker = worker(Audience.MACHINES, DeliveryPolicy.standard(60));
    for (int i = 0; i < 100; i++) {
      add(i);
    }
    run(Duration.ofMinutes(1));
    assertThat(sink.messages).as("a burst of 10, then one a second").hasSizeBetween(69, 71);
  }

  @Test
  void step_stormForMachines_everyAlertByItself() throws InterruptedException {
    for (int i = 0; i < 60; i++) {
      add(i);
    }
    worker.step();
    assertThat(sink.messages).hasSize(60).noneMatch(m -> m.startsWith("digest"));
  }

  @Test
  void step_stormForPeople_firstOnesAtOnceThenADigestPerWindow() throws InterruptedException {
    worker = worker(Audience.PEOPLE, DeliveryPolicy.standard(600));
    for (int i = 0; i < 40; i++) {
      add(i);
    }
    run(Duration.ofMinutes(4));
    assertThat(sink.messages).hasSize(5);

    run(Duration.ofMinutes(2));
    assertThat(sink.messages).hasSize(6).last().isEqualTo("digest of 35");

    for (int i = 100; i < 110; i++) {
      add(i);
    }
    run(Duration.ofMinutes(3));
    assertThat(sink.messages).as("the storm goes on: they wait").hasSize(6);
    run(Duration.ofMinutes(3));
    assertThat(sink.messages).hasSize(7).last().isEqualTo("digest of 10");
    assertThat(outbox.accepted).hasSize(50).doesNotHaveDuplicates();

    run(Duration.ofMinutes(11));
    Alert later = add(200);
    run(Duration.ofSeconds(10));
    assertThat(sink.messages).as("after a quiet window").last().isEqualTo(later.deliveryId());
  }

  @Test
  void step_criticalInAStormOfMilderOnes_goesAtOnce() throws InterruptedException {
    worker = worker(Audience.PEOPLE, DeliveryPolicy.standard(600));
    for (int i = 0; i < 40; i++) {
      add(i, Severity.MEDIUM);
    }
    run(Duration.ofMinutes(1));
    Alert critical = add(100, Severity.CRITICAL);
    run(Duration.ofSeconds(6));
    assertThat(sink.messages).hasSize(6).last().isEqualTo(critical.deliveryId());
  }

  @Test
  void step_oneHeldAlert_goesByItselfAtTheEndOfTheWindow() throws InterruptedException {
    worker = worker(Audience.PEOPLE, DeliveryPolicy.standard(600));
    for (int i = 0; i < 6; i++) {
      add(i);
    }
    run(Duration.ofMinutes(6));
    assertThat(sink.messages).hasSize(6).noneMatch(m -> m.startsWith("digest"));
  }

  @Test
  void step_meantForADigest_waitsForItsWindowAndHoldsNoOther() throws InterruptedException {
    worker = worker(Audience.PEOPLE, DeliveryPolicy.standard(600));
    addForDigest(1);
    addForDigest(2);
    run(Duration.ofMinutes(4));
    assertThat(sink.messages).isEmpty();

    Alert urgent = add(3);
    run(Duration.ofSeconds(10));
    assertThat(sink.messages).containsExactly(urgent.deliveryId());

    run(Duration.ofMinutes(1));
    assertThat(sink.messages).hasSize(2).last().isEqualTo("digest of 2");

    Alert next = add(4);
    run(Duration.ofSeconds(10));
    assertThat(sink.messages).hasSize(3).last().isEqualTo(next.deliveryId());
  }

  @Test
  void step_oneMeantForADigest_goesByItselfAtTheEndOfTheWindow() throws InterruptedException {
    worker = worker(Audience.PEOPLE, DeliveryPolicy.standard(600));
    Alert alert = addForDigest(1);
    run(Duration.ofMinutes(6));
    assertThat(sink.messages).containsExactly(alert.deliveryId());
  }

  @Test
  void step_meantForADigest_goesToMachinesAtOnce() throws InterruptedException {
    Alert alert = addForDigest(1);
    worker.step();
    assertThat(sink.messages).containsExactly(alert.deliveryId());
  }

  private Alert addForDigest(int number) {
    Alert alert = Alerts.of("%064x".formatted(number), AlertType.DISTRUSTED_ISSUER, Severity.HIGH);
    Alert waiting = alert.withDetail(Detail.with(alert.detail(), Detail.DIGEST, true));
    outbox.add("hook", waiting, clock.instant());
    return waiting;
  }

  @Test
  void step_digestFails_isTriedAgainAsOne() throws InterruptedException {
    worker = worker(Audience.PEOPLE, DeliveryPolicy.standard(600));
    for (int i = 0; i < 20; i++) {
      add(i);
    }
    run(Duration.ofMinutes(1));
    sink.answer = _ -> new Delivery.RetryLater("down", null);
    run(Duration.ofMinutes(5));
    sink.answer = _ -> new Delivery.Accepted();
    run(Duration.ofMinutes(6));
    assertThat(outbox.accepted).hasSize(20).doesNotHaveDuplicates();
    assertThat(sink.messages.subList(5, sink.messages.size()))
        .hasSizeGreaterThan(3)
        .containsOnly("digest of 15");
  }

  @Test
  void step_digestRefused_itsAlertsGoSingly() throws InterruptedException {
    worker = worker(Audience.PEOPLE, DeliveryPolicy.standard(600));
    sink.refusesDigests = true;
    for (int i = 0; i < 20; i++) {
      add(i);
    }
    run(Duration.ofMinutes(6));
    assertThat(outbox.rejected).isEmpty();
    assertThat(outbox.accepted).hasSize(20);
  }

  @Test
  void step_digestBreaksOrForgets_itsAlertsAreTriedAgain() throws InterruptedException {
    worker = worker(Audience.PEOPLE, DeliveryPolicy.standard(600));
    for (int i = 0; i < 20; i++) {
      add(i);
    }
    run(Duration.ofMinutes(4));
    sink.breaksDigests = true;
    run(Duration.ofMinutes(2));
    assertThat(worker.health().failuresInARow()).isPositive();
    assertThat(worker.health().reason()).doesNotContain("SECRET");
    sink.breaksDigests = false;
    sink.forgetsOutcomes = true;
    run(Duration.ofMinutes(10));
    assertThat(worker.health().reason()).isEqualTo("0 outcomes for 15 alerts");
    sink.forgetsOutcomes = false;
    run(Duration.ofMinutes(10));
    assertThat(outbox.accepted).hasSize(20).doesNotHaveDuplicates();
    assertThat(outbox.rejected).isEmpty();
  }

  @Test
  void step_digestWithoutARateLeft_waits() throws InterruptedException {
    DeliveryPolicy slow =
        new DeliveryPolicy(
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            Duration.ofDays(7),
            5,
            1,
            1,
            Duration.ofSeconds(30));
    worker = worker(Audience.PEOPLE, slow);
    for (int i = 0; i < 10; i++) {
      add(i);
    }
    run(Duration.ofSeconds(50));
    assertThat(sink.messages).as("one a minute").hasSize(1);
    run(Duration.ofSeconds(15));
    assertThat(sink.messages).hasSize(2).last().isEqualTo("digest of 9");
  }

  @Test
  void step_whileHolding_looksAgainSoonButNotAtOnce() throws InterruptedException {
    worker = worker(Audience.PEOPLE, DeliveryPolicy.standard(600));
    for (int i = 0; i < 20; i++) {
      add(i);
    }
    assertThat(worker.step()).isEqualTo(new SinkWorker.Pause(Duration.ofSeconds(5), false));
    clock.advance(Duration.ofSeconds(298));
    assertThat(worker.step().longest())
        .as("the window's end is near")
        .isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void step_moreThanABatch_goesOnAtOnce() throws InterruptedException {
    worker = worker(Audience.MACHINES, DeliveryPolicy.standard(1_000_000));
    for (int i = 0; i < SinkWorker.BATCH + 1; i++) {
      add(i);
    }
    assertThat(worker.step()).isEqualTo(new SinkWorker.Pause(Duration.ZERO, true));
    worker.step();
    assertThat(outbox.accepted).hasSize(SinkWorker.BATCH + 1);
  }

  @Test
  void step_retriesPending_pausesUntilTheNext() throws InterruptedException {
    sink.answer = _ -> new Delivery.RetryLater("down", Duration.ofSeconds(20));
    Alert alert = add(1);
    worker.step();
    clock.advance(Duration.ofSeconds(20).plusMillis(1));
    sink.answer = _ -> new Delivery.RetryLater("down", null);
    SinkWorker.Pause pause = worker.step();
    assertThat(clock.instant().plus(pause.longest()))
        .isEqualTo(outbox.nextAttempt("hook", alert).orElseThrow());
    assertThat(pause.wakeable()).isTrue();
  }

  @Test
  void stop_inTheMiddle_endsAfterTheDeliveryUnderWay() throws InterruptedException {
    sink.answer =
        _ -> {
          worker.stop();
          return new Delivery.Accepted();
        };
    add(1);
    add(2);
    worker.step();
    assertThat(outbox.accepted).hasSize(1);
  }

  @Test
  void step_longReason_isCut() throws InterruptedException {
    sink.answer = _ -> new Delivery.RetryLater("x".repeat(5000), null);
    add(1);
    worker.step();
    assertThat(worker.health().reason()).hasSize(501).endsWith("…");
    assertThat(worker.health().failingSince()).isEqualTo(clock.instant());
  }

  @Test
  void step_stormLargerThanADigest_allOfItGoes() throws InterruptedException {
    worker = worker(Audience.PEOPLE, DeliveryPolicy.standard(600));
    for (int i = 0; i < 1200; i++) {
      add(i);
    }
    run(Duration.ofMinutes(7));
    assertThat(outbox.accepted).hasSize(1200).doesNotHaveDuplicates();
    assertThat(sink.messages).hasSize(5 + 3);
  }
}

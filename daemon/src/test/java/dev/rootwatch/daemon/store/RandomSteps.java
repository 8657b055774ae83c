package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.watch.Examined.TallyRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Steps of reading two logs as chance would have them; the same seed gives the same steps. */
final class RandomSteps {
  private static final int MOST_ENTRIES = 12;
  private static final int CERTIFICATES = 6;

  private final Random random;

  RandomSteps(long seed) {
    this.random = new Random(seed);
  }

  LogCommit next(StoreModel model) {
    CtLog log = random.nextBoolean() ? Samples.LOG : Samples.OTHER_LOG;
    long from = model.position(log.id());
    long to = from + random.nextInt(MOST_ENTRIES);
    StepBuilder step = new StepBuilder(log.id()).coverageTo(to);
    if (random.nextInt(3) == 0) {
      step.heads(Samples.head(log.id(), to));
    }
    step.tally(
        IntStream.range(0, to > from ? random.nextInt(4) : 0)
            .mapToObj(i ->
                Samples.tally(
                    "issuer " + random.nextInt(3), random.nextInt(2), 1 + i, from, to - 1))
            .toArray(TallyRow[]::new));
    List<Alert> alerts = new ArrayList<>();
    for (long index = from; index < to; index++) {
      if (random.nextInt(4) == 0) {
        alerts.add(
            Samples.alert(
                "certificate " + random.nextInt(CERTIFICATES),
                "rule " + random.nextInt(2),
                random.nextInt(4) == 0 ? Severity.CRITICAL : Severity.HIGH,
                log,
                index));
      }
      if (random.nextInt(9) == 0) {
        step.malformed(index);
      }
    }
    step.alerts(alerts.toArray(Alert[]::new));
    if (to > 0 && random.nextInt(3) == 0) {
      step.verified(new EntryRange(random.nextLong(to), to));
    }
    if (to > 0 && random.nextInt(8) == 0) {
      long at = random.nextLong(to);
      step.contradicted(new EntryRange(at, Math.min(to, at + 2)));
    }
    return step.build();
  }

  boolean crashes() {
    return random.nextInt(6) == 0;
  }

  boolean reopens() {
    return random.nextInt(20) == 0;
  }

  boolean delivers() {
    return random.nextInt(4) == 0;
  }

  /** By severity, as routes go. */
  Function<Alert, Collection<String>> route() {
    return alert ->
        alert.severity() == Severity.CRITICAL ? List.of("slack", "pager") : List.of("slack");
  }

  Function<Alert, Collection<String>> crashing() {
    return alert -> {
      throw new IllegalStateException("crash");
    };
  }
}

package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.Outbox;
import dev.rootwatch.daemon.config.Config.RetentionConfig;
import dev.rootwatch.daemon.store.SqliteStore;
import dev.rootwatch.daemon.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainerTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final RetentionConfig KEPT =
      new RetentionConfig(Duration.ofDays(400), Duration.ofDays(90), Duration.ofDays(400));

  @Test
  void retain_deliveryOlderThanConfigured_goneAndTheYoungerStays(@TempDir Path folder) {
    try (Store store =
        SqliteStore.open(folder.resolve("s.db"), InstantSource.fixed(THEN), _ -> List.of("out"))) {
      var alert = TestAlert.of(THEN);
      store.record(alert, List.of());
      for (Outbox.Item item : store.outbox().due("out", THEN, 10)) {
        store.outbox().accepted(item, THEN);
      }

      retainer(store, Duration.ofDays(89)).retain();
      assertThat(store.deliveries(alert.id())).hasSize(1);

      retainer(store, Duration.ofDays(91)).retain();
      assertThat(store.deliveries(alert.id())).isEmpty();
    }
  }

  private static Retainer retainer(Store store, Duration later) {
    return new Retainer(store, KEPT, InstantSource.fixed(THEN.plus(later)));
  }
}

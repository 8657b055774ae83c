package dev.rootwatch.daemon;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertId;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Links;
import dev.rootwatch.alert.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An alert about nothing, to try a sink with; it says so of itself. */
public final class TestAlert {
  private TestAlert() {}

  /** Made at {@code now}; each has an id of its own, so that no receiver drops it as a repeat. */
  public static Alert of(Instant now) {
    return new Alert(
        AlertId.ofEpisode(AlertType.SILENCE, "test", now),
        1,
        AlertType.SILENCE,
        Severity.INFO,
        "Test alert of Rootwatch: this sink works",
        now,
        true,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of("note", "sent on request; nothing happened"),
        Links.NONE);
  }
}

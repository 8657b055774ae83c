package dev.rootwatch.daemon.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Sinks;
import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.alert.spi.SinkSettings;
import dev.rootwatch.daemon.store.StoredAlert;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import okhttp3.OkHttpClient;

/** Prints stored alerts: as JSON Lines, as one line each, or whole, as the console sink does. */
final class AlertPrinter {
  private static final int SHORT_ID = 12;

  private final Rootwatch rootwatch;
  private final Output output;

  AlertPrinter(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
    this.output = rootwatch.output();
  }

  /** One line; for people, so that a screen holds many. */
  void line(StoredAlert stored) {
    Alert alert = stored.alert();
    if (rootwatch.json()) {
      output.json(alert);
      return;
    }
    output.line(
        String.format(
            "%s  %-20s  %-8s  %-19s  %s%s",
            alert.id().substring(0, SHORT_ID),
            alert.firstSeen().truncatedTo(ChronoUnit.SECONDS),
            alert.severity().word(),
            alert.type().word(),
            Shown.text(alert.title()),
            stored.acknowledgedAt() == null ? "" : "  (acknowledged)"));
  }

  /** Everything that is known, and how it came about; see {@link FindingWhy}. */
  void explained(Alert alert) throws InterruptedException {
    FindingWhy why = FindingWhy.of(alert);
    if (rootwatch.json()) {
      output.json(new Explained(alert, why));
      return;
    }
    whole(alert);
    why.lines().forEach(line -> output.line(Shown.text(line)));
    output.line("");
  }

  private record Explained(@JsonUnwrapped Alert alert, FindingWhy why) {}

  /** Everything that is known, the verdict table included. */
  void whole(Alert alert) throws InterruptedException {
    if (rootwatch.json()) {
      output.json(alert);
      return;
    }
    Terminal terminal = rootwatch.terminal();
    try (AlertSink console =
        Sinks.onTheClassPath()
            .create(new SinkSettings("console", "console", Map.of()), environment(terminal))
            .sink()) {
      console.deliver(alert);
      output.written();
    }
  }

  static SinkEnvironment environment(Terminal terminal) {
    return new SinkEnvironment(
        terminal.out(), terminal.colour(), new OkHttpClient(), terminal.clock());
  }
}

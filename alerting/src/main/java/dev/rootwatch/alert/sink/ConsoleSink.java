package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertJson;
import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.Delivery;
import java.io.PrintStream;

/** Prints each alert as one block, or as one line of JSON. */
final class ConsoleSink implements AlertSink {
  private final PrintStream out;
  private final boolean json;
  private final TextReport report;

  ConsoleSink(PrintStream out, boolean json, boolean colour) {
    this.out = out;
    this.json = json;
    this.report = new TextReport(colour);
  }

  /** One call to print, so that a block is not torn by what others print. */
  @Override
  public Delivery deliver(Alert alert) {
    out.print(json ? AlertJson.write(alert) + "\n" : report.of(alert) + "\n");
    return out.checkError()
        ? new Delivery.RetryLater("standard output cannot be written", null)
        : new Delivery.Accepted();
  }
}

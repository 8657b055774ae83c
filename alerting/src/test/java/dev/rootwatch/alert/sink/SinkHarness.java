package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.HeldClock;
import dev.rootwatch.alert.Sinks;
import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.alert.spi.SinkSettings;
import java.util.Map;
import okhttp3.OkHttpClient;

/** Makes sinks as the daemon does. */
final class SinkHarness {
  static final HeldClock CLOCK = new HeldClock();

  private static final OkHttpClient HTTP = new OkHttpClient();

  private SinkHarness() {}

  static AlertSink sink(String type, Map<String, ?> settings) {
    return Sinks.onTheClassPath()
        .create(
            new SinkSettings("s", type, settings),
            new SinkEnvironment(System.out, false, HTTP, CLOCK))
        .sink();
  }
}

package dev.rootwatch.alert.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Alerts;
import dev.rootwatch.alert.ConfiguredSink;
import dev.rootwatch.alert.DeliveryMetrics;
import dev.rootwatch.alert.Dispatcher;
import dev.rootwatch.alert.InMemoryOutbox;
import dev.rootwatch.alert.Sinks;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.alert.spi.SinkSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A receiver that takes the connection and says nothing must not hold up the end of the program.
 */
@Timeout(30)
class SilentReceiverTest {

  @ParameterizedTest
  @ValueSource(strings = {"webhook", "slack", "email"})
  void close_receiverIsSilent_endsWithinFiveSeconds(String type)
      throws IOException, InterruptedException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Map<String, Object> settings =
          type.equals("email")
              ? Map.of(
                  "host", "127.0.0.1",
                  "port", silent.getLocalPort(),
                  "from", "a@corp.tld",
                  "to", "b@corp.tld",
                  "timeout", "60s")
              : Map.of("url", "http://127.0.0.1:" + silent.getLocalPort() + "/", "timeout", "60s");
      ConfiguredSink sink =
          Sinks.onTheClassPath()
              .create(
                  new SinkSettings("s", type, settings),
                  new SinkEnvironment(System.out, false, new OkHttpClient(), SinkHarness.CLOCK));
      InMemoryOutbox outbox = new InMemoryOutbox();
      outbox.add("s", Alert.test("s", Alerts.NOW), Alerts.NOW);
      Dispatcher dispatcher =
          new Dispatcher(
              outbox,
              List.of(sink),
              DeliveryMetrics.NONE,
              SinkHarness.CLOCK,
              new SplittableRandom(1));
      dispatcher.start();
      try (Socket connected = silent.accept()) {
        assertThat(connected.isConnected()).isTrue();
        long before = System.nanoTime();
        dispatcher.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
      }
      assertThat(outbox.pending("s")).isOne();
    }
  }
}

package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.AlertSinkFactory;
import dev.rootwatch.alert.spi.Audience;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.alert.spi.SinkSettings;
import java.time.Duration;
import java.util.List;

/**
 * {@code type: webhook}. Settings: {@code url}; {@code secret}, one or, while it is changed,
 * several (then each signs); {@code authorization}, the value of that header; {@code timeout} (15
 * s); {@code allowHttp}.
 */
public final class WebhookSinkFactory implements AlertSinkFactory {
  @Override
  public String type() {
    return "webhook";
  }

  @Override
  public Audience audience() {
    return Audience.MACHINES;
  }

  @Override
  public AlertSink create(SinkSettings settings, SinkEnvironment environment) {
    Duration timeout =
        settings.duration(
            "timeout", Duration.ofSeconds(15), Duration.ofMillis(100), Duration.ofMinutes(1));
    HttpPost post = new HttpPost(environment, SinkUrl.of(settings), timeout);
    List<WebhookSignature> signatures =
        settings.optionalStrings("secret").stream()
            .map(secret -> {
              try {
                return WebhookSignature.withSecret(secret);
              } catch (IllegalArgumentException e) {
                throw settings.invalid(
                    "secret", "begins with whsec_, but what follows is no base64");
              }
            })
            .toList();
    return new WebhookSink(
        post, signatures, settings.optionalSecret("authorization"), environment.clock());
  }
}

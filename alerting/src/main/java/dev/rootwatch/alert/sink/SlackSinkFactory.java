package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.AlertSinkFactory;
import dev.rootwatch.alert.spi.Audience;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.alert.spi.SinkSettings;
import java.time.Duration;

/**
 * {@code type: slack}. Settings: {@code url} of an incoming webhook (it is a secret); {@code
 * timeout} (15 s); {@code allowHttp}.
 */
public final class SlackSinkFactory implements AlertSinkFactory {
  @Override
  public String type() {
    return "slack";
  }

  @Override
  public Audience audience() {
    return Audience.PEOPLE;
  }

  /** Slack allows one message a second (https://docs.slack.dev/apis/web-api/rate-limits/). */
  @Override
  public int maxPerMinute() {
    return 50;
  }

  @Override
  public AlertSink create(SinkSettings settings, SinkEnvironment environment) {
    Duration timeout =
        settings.duration(
            "timeout", Duration.ofSeconds(15), Duration.ofMillis(100), Duration.ofMinutes(1));
    return new SlackSink(new HttpPost(environment, SinkUrl.of(settings), timeout));
  }
}

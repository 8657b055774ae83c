package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.AlertSinkFactory;
import dev.rootwatch.alert.spi.Audience;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.alert.spi.SinkSettings;
import java.util.List;

/**
 * {@code type: console}. Settings: {@code format}, {@code text} (the default) or {@code json} for
 * JSON Lines.
 *
 * <p>People may read it, but programs do too, and nobody is woken by it: every alert is printed.
 */
public final class ConsoleSinkFactory implements AlertSinkFactory {
  @Override
  public String type() {
    return "console";
  }

  @Override
  public Audience audience() {
    return Audience.MACHINES;
  }

  @Override
  public int maxPerMinute() {
    return 1_000_000;
  }

  @Override
  public AlertSink create(SinkSettings settings, SinkEnvironment environment) {
    boolean json = settings.oneOf("format", "text", List.of("text", "json")).equals("json");
    return new ConsoleSink(environment.out(), json, environment.colour());
  }
}

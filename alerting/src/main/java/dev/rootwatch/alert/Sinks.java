package dev.rootwatch.alert;

import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.AlertSinkFactory;
import dev.rootwatch.alert.spi.InvalidSettingException;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.alert.spi.SinkSettings;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The types of sinks that are on the class path. */
public final class Sinks {
  private final Map<String, AlertSinkFactory> byType = new TreeMap<>();

  /** What the given factories can make; of two with the same type the first counts. */
  public Sinks(Iterable<AlertSinkFactory> factories) {
    factories.forEach(factory -> byType.putIfAbsent(factory.type(), factory));
  }

  /** What {@link ServiceLoader} finds. */
  public static Sinks onTheClassPath() {
    return new Sinks(ServiceLoader.load(AlertSinkFactory.class));
  }

  /** All types, sorted. */
  public SortedSet<String> types() {
    return new TreeSet<>(byType.keySet());
  }

  /**
   * Makes a sink; does not connect. Besides what the type needs every sink takes {@code
   * maxPerMinute}, {@code digestAfter} and {@code digestWindow}.
   *
   * @throws InvalidSettingException when the type or a setting is unknown, missing or unusable
   */
  public ConfiguredSink create(SinkSettings settings, SinkEnvironment environment) {
    AlertSinkFactory factory = byType.get(settings.type());
    if (factory == null) {
      throw settings.invalid(
          "type",
          settings.type()
              + " is no type of sink"
              + SinkSettings.nearest(settings.type(), byType.keySet(), "There are"));
    }
    AlertSink sink = factory.create(settings, environment);
    try {
      DeliveryPolicy policy = policy(settings, factory);
      settings.refuseUnknown();
      return new ConfiguredSink(settings.id(), sink, factory.audience(), policy);
    } catch (InvalidSettingException e) {
      sink.close();
      throw e;
    }
  }

  private static DeliveryPolicy policy(SinkSettings settings, AlertSinkFactory factory) {
    DeliveryPolicy standard = DeliveryPolicy.standard(factory.maxPerMinute());
    return new DeliveryPolicy(
        standard.firstRetry(),
        standard.longestRetry(),
        standard.longestRetryAfter(),
        standard.giveUpAfter(),
        standard.failuresToProbe(),
        settings.integer("maxPerMinute", standard.maxPerMinute(), 1, 1_000_000),
        settings.integer("digestAfter", standard.atOnce(), 1, 1_000_000),
        settings.duration(
            "digestWindow", standard.digestWindow(), Duration.ofSeconds(1), Duration.ofDays(1)));
  }
}

package dev.rootwatch.alert.spi;

/**
 * Makes the sinks of one type. Found by {@link java.util.ServiceLoader}: name the class in {@code
 * META-INF/services/dev.rootwatch.alert.spi.AlertSinkFactory} and put the jar on the class path.
 */
public interface AlertSinkFactory {
  /** The word after {@code type:} in the configuration. */
  String type();

  /** Who reads sinks of this type. */
  Audience audience();

  /** How many messages a minute such a sink may be sent, unless the configuration says less. */
  default int maxPerMinute() {
    return 600;
  }

  /**
   * Makes a sink; does not connect. A setting that is not asked for here is an error of the
   * configuration.
   *
   * @throws InvalidSettingException when a setting is missing or cannot be used
   */
  AlertSink create(SinkSettings settings, SinkEnvironment environment);
}

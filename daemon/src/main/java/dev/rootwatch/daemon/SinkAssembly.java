package dev.rootwatch.daemon;

import dev.rootwatch.alert.ConfiguredSink;
import dev.rootwatch.alert.Sinks;
import dev.rootwatch.alert.spi.InvalidSettingException;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.alert.spi.SinkSettings;
import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.ConfigException;
import java.util.ArrayList;
import java.util.List;

/** Makes the sinks of a configuration. They connect to nothing before the first alert. */
public final class SinkAssembly {
  private SinkAssembly() {}

  /**
   * Makes them all, or none.
   *
   * @throws ConfigException with a line for each sink that cannot be made
   */
  public static List<ConfiguredSink> create(Config config, SinkEnvironment environment)
      throws ConfigException {
    Sinks types = Sinks.onTheClassPath();
    List<ConfiguredSink> sinks = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Config.SinkConfig sink : config.sinks()) {
      try {
        sinks.add(
            types.create(new SinkSettings(sink.id(), sink.type(), sink.settings()), environment));
      } catch (InvalidSettingException e) {
        problems.add(sink.place() + ": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      sinks.forEach(sink -> sink.sink().close());
      throw new ConfigException(problems);
    }
    return sinks;
  }
}

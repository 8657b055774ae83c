package dev.rootwatch.daemon;

import dev.rootwatch.alert.ConfiguredSink;
import dev.rootwatch.alert.Sinks;
import dev.rootwatch.alert.spi.InvalidSettingException;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.alert.spi.SinkSettings;
import dev.rootwatch.daemon.config.Config.SinkConfig;
import dev.rootwatch.daemon.config.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the sinks of a configuration. They connect to nothing before the first alert. */
public final class SinkAssembly {
  private final Draft draft;
  private final SinkEnvironment environment;
  private final Sinks types = Sinks.onTheClassPath();

  private SinkAssembly(Draft draft, SinkEnvironment environment) {
    this.draft = draft;
    this.environment = environment;
  }

  /**
   * Makes them all, or none when anything is wrong with the draft.
   *
   * @param draft is told everything that is wrong with them
   */
  public static List<ConfiguredSink> create(Draft draft, SinkEnvironment environment) {
    return new SinkAssembly(draft, environment).sinks();
  }

  private List<ConfiguredSink> sinks() {
    List<ConfiguredSink> made = new ArrayList<>();
    List<SinkConfig> wanted = draft.config().sinks();
    for (int i = 0; i < wanted.size(); i++) {
      ConfiguredSink sink = sink(wanted.get(i), "sinks[" + i + "].");
      if (sink != null) {
        made.add(sink);
      }
    }
    if (!draft.hasProblems()) {
      return made;
    }
    made.forEach(sink -> sink.sink().close());
    return List.of();
  }

  /** A type tells one mistake at a time: without that setting it tells the next. */
  private @Nullable ConfiguredSink sink(SinkConfig sink, String path) {
    Map<String, Object> settings = new TreeMap<>(sink.settings());
    while (true) {
      try {
        return types.create(new SinkSettings(sink.id(), sink.type(), settings), environment);
      } catch (InvalidSettingException e) {
        draft.problem(path + e.setting(), e.problem());
        if (settings.remove(e.setting()) == null) {
          return null;
        }
      }
    }
  }
}

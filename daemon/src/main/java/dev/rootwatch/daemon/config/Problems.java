package dev.rootwatch.daemon.config;

import dev.rootwatch.daemon.config.Yaml.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with a configuration, so that it can be mended in one go. */
final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  /**
   * @param path the setting, such as {@code logs.custom[0].key}; empty for the file as a whole
   * @param message what is wrong and how to mend it
   */
  void add(Place place, String path, String message) {
    found.add(new Problem(place, path, message));
  }

  /** Throws all of them, in the order of the file, if there are any. */
  void throwIfAny() throws ConfigException {
    if (!found.isEmpty()) {
      found.sort(
          Comparator.comparingInt((Problem p) -> p.place.line())
              .thenComparingInt(p -> p.place.column()));
      throw new ConfigException(found.stream().map(p -> p.text(file)).distinct().toList());
    }
  }

  private record Problem(Place place, String path, String message) {
    String text(String file) {
      String setting = path.isEmpty() ? "" : path + " ";
      return file + ":" + place.line() + ":" + place.column() + ": " + setting + message;
    }
  }
}

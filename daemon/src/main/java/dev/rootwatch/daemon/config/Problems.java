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
    found.add(
        new Problem(place, path, located(place) + (path.isEmpty() ? "" : path + " ") + message));
  }

  /**
   * @param path the setting that names another file
   * @param message says itself which file, and where in it
   */
  void addElsewhere(Place place, String path, String message) {
    found.add(new Problem(place, path, message));
  }

  /** A problem beside which no other counts. */
  ConfigException only(Place place, String message) {
    return new ConfigException(List.of(located(place) + message));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Whether something was said of this very setting. */
  boolean mentions(String path) {
    return found.stream().anyMatch(problem -> problem.path.equals(path));
  }

  /** Whether something was said of this setting or one below it. */
  boolean mentionsBelow(String path) {
    return found.stream()
        .anyMatch(problem -> problem.path.equals(path) || problem.path.startsWith(path + "."));
  }

  /** Throws all of them, in the order of the file, if there are any. */
  void throwIfAny() throws ConfigException {
    if (!found.isEmpty()) {
      found.sort(
          Comparator.comparingInt((Problem p) -> p.place.line())
              .thenComparingInt(p -> p.place.column()));
      throw new ConfigException(found.stream().map(Problem::text).distinct().toList());
    }
  }

  private String located(Place place) {
    return file + ":" + place.line() + ":" + place.column() + ": ";
  }

  /** What to say, and of which setting; of none in particular where the path is empty. */
  private record Problem(Place place, String path, String text) {}
}

package dev.rootwatch.daemon.config;

import dev.rootwatch.daemon.config.Yaml.Entry;
import dev.rootwatch.daemon.config.Yaml.Mapping;
import dev.rootwatch.daemon.config.Yaml.Place;
import dev.rootwatch.daemon.config.Yaml.Sequence;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as far as it could be read, and what is wrong with it so far. Whoever makes
 * something of it (rules, sinks, the store) adds what can only be said there, so that everything is
 * told in one go; {@link #checked} then gives the configuration or all problems. One thread.
 */
public final class Draft {
  private final Config config;
  private final Problems problems;
  private final Mapping root;

  Draft(Config config, Problems problems, Mapping root) {
    this.config = config;
    this.problems = problems;
    this.root = root;
  }

  /** What could be read; where something could not, a default or nothing stands in. */
  public Config config() {
    return config;
  }

  /** The same file with other values in it. */
  public Draft map(UnaryOperator<Config> change) {
    return new Draft(change.apply(config), problems, root);
  }

  /**
   * Notes what is wrong with a setting. Where something was said of that setting before, this is
   * what follows from it, and is left out.
   *
   * @param path such as {@code rules[1].allow[0]}
   * @param message what is wrong and how to mend it, to be read behind the path
   */
  public void problem(String path, String message) {
    if (!problems.mentions(path)) {
      problems.add(place(path), path, message);
    }
  }

  /**
   * Notes what is wrong with a file that a setting names.
   *
   * @param path the setting
   * @param message the file, the place in it, what is wrong and how to mend it
   */
  public void problemElsewhere(String path, String message) {
    problems.addElsewhere(place(path), path, message);
  }

  /** Whether something is wrong with {@code path} or below it. */
  public boolean hasProblem(String path) {
    return problems.mentionsBelow(path);
  }

  /** Whether something is wrong with anything. */
  public boolean hasProblems() {
    return !problems.isEmpty();
  }

  /**
   * The configuration, if nothing is wrong with it.
   *
   * @throws ConfigException with everything that is wrong, in the order of the file
   */
  public Config checked() throws ConfigException {
    problems.throwIfAny();
    return config;
  }

  /** Where it stands; where it does not, that of the innermost value around it. */
  private Place place(String path) {
    Yaml at = root;
    for (String step : path.split("\\.|(?=\\[)", -1)) {
      Yaml next = step(at, step);
      if (next == null) {
        break;
      }
      at = next;
    }
    return at.place();
  }

  private static @Nullable Yaml step(Yaml from, String step) {
    if (from instanceof Mapping mapping) {
      Entry entry = mapping.entries().get(step);
      return entry == null ? null : entry.value();
    }
    if (from instanceof Sequence sequence && step.startsWith("[")) {
      int index = Integer.parseInt(step.substring(1, step.length() - 1));
      return index < sequence.elements().size() ? sequence.elements().get(index) : null;
    }
    return null;
  }
}

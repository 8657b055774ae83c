package dev.rootwatch.daemon.config;

import java.util.List;

/** A configuration that cannot be used; says file, line, setting and the mend for each problem. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * @param problems at least one, each a line such as {@code rootwatch.yaml:3:5: logs.pol is not a
   *     setting; did you mean poll?}
   */
  public ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}

package dev.rootwatch.alert.spi;

/**
 * A sink's setting that is missing, unknown or cannot be used. The message names sink and setting
 * and says how to mend it; it holds no values of secrets.
 */
public final class InvalidSettingException extends RuntimeException {
  private final String sink;
  private final String setting;
  private final String problem;

  public InvalidSettingException(String sink, String setting, String problem) {
    super("sink " + sink + ": " + setting + ": " + problem);
    this.sink = sink;
    this.setting = setting;
    this.problem = problem;
  }

  /** Id of the sink, as configured. */
  public String sink() {
    return sink;
  }

  /** Name of the setting, as configured; {@code type} for the type itself. */
  public String setting() {
    return setting;
  }

  /** What is wrong with it and how to mend it, to be read behind its name. */
  public String problem() {
    return problem;
  }
}

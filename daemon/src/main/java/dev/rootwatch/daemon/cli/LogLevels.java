package dev.rootwatch.daemon.cli;

/**
 * How much is logged to standard error. The levels are system properties that {@code logback.xml}
 * reads when the first logger is made, so they have to be set before; they are the operator's where
 * the operator has set them.
 */
final class LogLevels {
  /** Level of our own code. */
  static final String OURS = "rootwatch.log.level";

  /** Level of libraries. */
  static final String OTHERS = "rootwatch.log.others";

  /** Level of the web server, whose way of working tells an operator nothing. */
  static final String WEB_SERVER = "rootwatch.log.webserver";

  private LogLevels() {}

  static void set(Rootwatch rootwatch) {
    String ours = rootwatch.verbose() ? "DEBUG" : rootwatch.quiet() ? "ERROR" : "INFO";
    String others = rootwatch.verbose() ? "INFO" : rootwatch.quiet() ? "ERROR" : "WARN";
    setUnlessGiven(OURS, ours);
    setUnlessGiven(OTHERS, others);
    setUnlessGiven(WEB_SERVER, rootwatch.quiet() ? "ERROR" : "WARN");
  }

  private static void setUnlessGiven(String name, String level) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, level);
    }
  }
}

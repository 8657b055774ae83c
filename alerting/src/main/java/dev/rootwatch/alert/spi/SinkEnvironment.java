package dev.rootwatch.alert.spi;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import okhttp3.OkHttpClient;

/**
 * What the process lends to its sinks.
 *
 * @param out standard output
 * @param colour whether {@code out} may be coloured
 * @param http the process's only client; sinks derive theirs with {@code newBuilder}, so that they
 *     share its connections
 * @param clock for what sinks sign and date
 */
public record SinkEnvironment(
    PrintStream out, boolean colour, OkHttpClient http, InstantSource clock) {

  /**
   * Whether output may be coloured: to a terminal, unless {@code NO_COLOR} is set and not empty
   * (no-color.org).
   */
  public static boolean colourWanted(Map<String, String> environment, boolean terminal) {
    return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }
}

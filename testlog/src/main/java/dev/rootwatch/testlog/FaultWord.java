package dev.rootwatch.testlog;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The word for a fault on the command line.
 *
 * @param name lower case and dashes
 * @param takes {@code :ARG}, {@code [:ARG]} or nothing
 * @param maker reads the argument; never gets one that is not taken, nor misses one that must be
 */
record FaultWord(String name, String takes, Function<FaultArgument, Fault> maker) {

  /** {@code NAME[:ARG]}. */
  String syntax() {
    return name + takes;
  }

  /**
   * @throws IllegalArgumentException when the argument is wrong
   */
  Fault fault(@Nullable String argument) {
    if (argument != null && takes.isEmpty()) {
      throw new IllegalArgumentException("fault " + name + " takes no argument");
    }
    if (argument == null && takes.startsWith(":")) {
      throw new IllegalArgumentException("fault " + name + " needs an argument: " + syntax());
    }
    return maker.apply(new FaultArgument(name, argument));
  }
}

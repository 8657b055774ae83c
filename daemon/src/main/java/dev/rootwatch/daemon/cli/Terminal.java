package dev.rootwatch.daemon.cli;

import dev.rootwatch.alert.spi.SinkEnvironment;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a command sees of the world: its streams, where it is, and the time.
 *
 * @param in standard input
 * @param out data
 * @param err logs, progress and complaints
 * @param environment of the process
 * @param interactive whether {@code out} is a terminal
 * @param folder where relative paths start
 * @param clock what time it is
 */
public record Terminal(
    InputStream in,
    StandardOutput out,
    PrintStream err,
    Map<String, String> environment,
    BooleanSupplier interactive,
    Path folder,
    InstantSource clock) {

  /** That of the process. */
  public static Terminal ofProcess() {
    return new Terminal(
        System.in,
        new StandardOutput(buffered(FileDescriptor.out)),
        new PrintStream(buffered(FileDescriptor.err), true, StandardCharsets.UTF_8),
        System.getenv(),
        () -> Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false),
        Path.of(""),
        InstantSource.system());
  }

  /** Whether {@code out} may be coloured. */
  boolean colour() {
    return SinkEnvironment.colourWanted(environment, interactive.getAsBoolean());
  }

  private static OutputStream buffered(FileDescriptor descriptor) {
    return new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 14);
  }
}

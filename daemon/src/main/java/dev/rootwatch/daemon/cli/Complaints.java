package dev.rootwatch.daemon.cli;

import dev.rootwatch.alert.spi.InvalidSettingException;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.store.StoreException;
import dev.rootwatch.watch.distrust.CatalogException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;

/** Says in a line or two why a command failed, and with which exit code. */
final class Complaints {
  private final Rootwatch rootwatch;

  Complaints(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  /** Prints it to standard error; gives the exit code. */
  int about(Throwable failure) {
    if (failure instanceof ReaderGone) {
      return ExitCode.DONE;
    }
    int code =
        switch (failure) {
          case ConfigException e -> {
            e.problems().forEach(problem -> say(problem));
            yield ExitCode.USAGE;
          }
          case CatalogException e -> say(e, ExitCode.USAGE);
          case InvalidSettingException e -> say(e, ExitCode.USAGE);
          case CommandFailure e -> say(e, e.exitCode());
          case StoreException e -> say(e, ExitCode.FAILED);
          case UncheckedIOException e -> say(e, ExitCode.FAILED);
          case IOException e -> {
            say(describe(e));
            yield ExitCode.FAILED;
          }
          case InterruptedException _ -> ExitCode.INTERRUPTED;
          default -> {
            say("this is a defect, please report it:");
            trace(failure);
            yield ExitCode.FAILED;
          }
        };
    if (rootwatch.verbose()) {
      trace(failure);
    }
    return code;
  }

  /** The messages of the JDK's file exceptions are often the bare file name. */
  static String describe(IOException e) {
    if (e instanceof FileSystemException file && file.getReason() == null) {
      String what =
          switch (file) {
            case java.nio.file.NoSuchFileException _ -> "no such file";
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            default -> file.getClass().getSimpleName();
          };
      return file.getFile() + ": " + what;
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** As the platform prints it; an exception's message may be a stranger's. */
  private void trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    trace.toString().lines().forEach(line -> rootwatch.say("    " + line.strip()));
  }

  private int say(Exception e, int code) {
    say(String.valueOf(e.getMessage()));
    return code;
  }

  private void say(String message) {
    message.lines().forEach(line -> rootwatch.say("rootwatch: " + line));
  }
}

package dev.rootwatch.daemon.cli;

/** A command that cannot do what it was asked, with the reason in words for the caller. */
final class CommandFailure extends RuntimeException {
  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Something went wrong while running: exit 1. */
  static CommandFailure running(String message) {
    return new CommandFailure(ExitCode.FAILED, message);
  }

  /** The command line or the configuration is wrong: exit 2. */
  static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  /** Somebody ended it: exit 130. */
  static CommandFailure interrupted() {
    return new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
  }

  int exitCode() {
    return exitCode;
  }
}

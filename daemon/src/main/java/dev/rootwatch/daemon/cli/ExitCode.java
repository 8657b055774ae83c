package dev.rootwatch.daemon.cli;

/** What the program's exit tells a script. */
final class ExitCode {
  static final int DONE = 0;

  /** Failed while running; a file that cannot be read, too. */
  static final int FAILED = 1;

  /** Usage or configuration. */
  static final int USAGE = 2;

  /** Findings at or above {@code --fail-on}. */
  static final int FINDINGS = 3;

  /** A proof fails, or a range is incomplete. */
  static final int PROOF = 4;

  /** Interrupted by the terminal's SIGINT. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}

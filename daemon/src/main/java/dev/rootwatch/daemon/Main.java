package dev.rootwatch.daemon;

import dev.rootwatch.daemon.cli.CommandLines;
import dev.rootwatch.daemon.cli.Terminal;

/** Where the program starts: hands the arguments to the commands. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Terminal terminal = Terminal.ofProcess();
    int code = CommandLines.run(terminal, args);
    terminal.out().flush();
    System.exit(code);
  }
}

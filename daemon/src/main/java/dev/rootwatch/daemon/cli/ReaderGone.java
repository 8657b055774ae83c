package dev.rootwatch.daemon.cli;

/**
 * Whoever read standard output has seen enough: a command that only lists may end, and did well.
 */
final class ReaderGone extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReaderGone() {
    super("nobody reads standard output any more", null, false, false);
  }
}

package dev.rootwatch.daemon.web;

import java.util.Optional;

/** What the daemon says about itself; asked at every request, so it must be quick. */
public interface Health {
  /** Why the process should be looked after; empty when it is alive and its store writes. */
  Optional<String> ailment();

  /** What is still missing at the start; empty once every configured log has a position. */
  Optional<String> notReadyBecause();
}

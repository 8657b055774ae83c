package dev.rootwatch.ct.source;

import java.io.IOException;

/**
 * An answer that arrived, but is not what the protocol wants, and why. Whoever knows what was asked
 * turns it into a {@link SourceException}.
 */
final class InvalidAnswer extends IOException {
  private final String reason;

  InvalidAnswer(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}

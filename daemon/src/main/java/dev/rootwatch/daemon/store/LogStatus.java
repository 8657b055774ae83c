package dev.rootwatch.daemon.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How reading a log goes, for {@code rootwatch logs}.
 *
 * @param standing in one word
 * @param lastSuccess when the log last answered with a valid head; null when it never did
 * @param lastError the last error in words, until a round went well; null when none
 * @param lastErrorAt when that was; null when {@code lastError} is
 * @param backlog entries of the newest head that are not read yet, from the start on
 * @param caughtUpAt when reading is expected to have caught up; null when not known or never
 */
public record LogStatus(
    Standing standing,
    @Nullable Instant lastSuccess,
    @Nullable String lastError,
    @Nullable Instant lastErrorAt,
    long backlog,
    @Nullable Instant caughtUpAt) {

  /** The word for a log's standing. */
  public enum Standing {
    CAUGHT_UP("caught-up"),
    BEHIND("behind"),
    /** Behind, and growing faster than it can be read. */
    NEVER("never"),
    FAILING("failing"),
    CONTRADICTED("contradicted");

    private final String word;

    Standing(String word) {
      this.word = word;
    }

    /** As in our output. */
    public String word() {
      return word;
    }
  }
}

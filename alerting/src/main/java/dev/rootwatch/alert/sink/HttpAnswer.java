package dev.rootwatch.alert.sink;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came back for a request of ours. */
sealed interface HttpAnswer {

  /**
   * An answer.
   *
   * @param status HTTP status code
   * @param retryAfter what the header asks for; null when it is absent or makes no sense
   * @param body its beginning, visible
   */
  record Answered(int status, @Nullable Duration retryAfter, String body) implements HttpAnswer {
    boolean isSuccessful() {
      return status >= 200 && status < 300;
    }

    /** For the operator: status and the beginning of what was said. */
    String said() {
      return "HTTP " + status + (body.isBlank() ? "" : ": " + body);
    }
  }

  /**
   * No answer.
   *
   * @param reason for the operator; names no address
   */
  record NotAnswered(String reason) implements HttpAnswer {}
}

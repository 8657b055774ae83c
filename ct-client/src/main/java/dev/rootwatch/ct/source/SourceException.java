package dev.rootwatch.ct.source;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A log did not give what was asked of it. Says what was asked, what came, and whether to ask
 * again.
 */
public final class SourceException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it was. */
  public enum Kind {
    /** No answer: connect, timeout, reset, 5xx. */
    UNAVAILABLE,
    /** 429 or 503 with or without Retry-After. */
    RATE_LIMITED,
    /** 404 or 410: what was asked is not there. */
    NOT_FOUND,
    /** An answer that breaks the protocol: not JSON, wrong count, too large. */
    INVALID_ANSWER,
    /** A head whose signature, origin or key is wrong. */
    INVALID_HEAD
  }

  private final Kind kind;
  private final transient @Nullable Duration retryAfter;

  public SourceException(Kind kind, String message) {
    this(kind, message, null, null);
  }

  public SourceException(
      Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  /** What the log asked us to wait; null when it did not say, or said nonsense. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}

package dev.rootwatch.testlog;

import dev.rootwatch.ct.LogProtocol;
import org.jspecify.annotations.Nullable;

/** What comes instead of the answer; every third request unless told otherwise. */
public sealed interface AnswerFault extends Fault {

  /**
   * 429 with an empty body.
   *
   * @param retryAfter the header's value, sent as it stands; {@code gmt+SECONDS} and {@code
   *     utc+SECONDS} are dates so far ahead, in HTTP's form and in that of careless Go servers;
   *     null for no header
   */
  record TooManyRequests(@Nullable String retryAfter) implements AnswerFault {}

  /**
   * 503 with an empty body.
   *
   * @param retryAfter as of {@link TooManyRequests}
   */
  record Unavailable(@Nullable String retryAfter) implements AnswerFault {}

  /** 500 to 599 with a page of HTML. */
  record HtmlErrorPage(int status) implements AnswerFault {}

  /** 200 with a page of HTML, as portals do. */
  record HtmlPage() implements AnswerFault {}

  /**
   * 302 to another host.
   *
   * @param url what the asked path is put behind
   */
  record Redirect(String url) implements AnswerFault {}

  /** Every request is answered 404, or another status from 400 to 599. */
  record LogGone(int status) implements AnswerFault {}

  /** 429 with Retry-After 1 beyond so many requests per second; a bucket of one second's worth. */
  record RateLimit(double requestsPerSecond) implements AnswerFault {}

  @Override
  default boolean appliesTo(LogProtocol protocol) {
    return true;
  }

  @Override
  default boolean lies() {
    return false;
  }

  @Override
  default int every() {
    return switch (this) {
      case LogGone _, RateLimit _ -> 1;
      case TooManyRequests _, Unavailable _, HtmlErrorPage _, HtmlPage _, Redirect _ -> 3;
    };
  }
}

package dev.rootwatch.ct.read;

import dev.rootwatch.ct.source.Sleeper;
import dev.rootwatch.ct.source.SourceException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and after which waits a question to a log is asked again within one round. What still
 * fails then fails the round; the next round comes with the poll interval.
 *
 * @param attempts how often in all, at least 1
 * @param first wait after the first failure; doubles with each further one
 * @param longest no wait is longer, whatever the log asks for: a log that asks for more ends the
 *     round instead
 * @param sleeper waits; a clock that a test holds can stand here
 * @param random for the jitter
 */
public record Retry(
    int attempts, Duration first, Duration longest, Sleeper sleeper, RandomGenerator random) {

  /** A question to a log. */
  @FunctionalInterface
  public interface Question<T> {
    T ask() throws SourceException, InterruptedException;
  }

  public Retry {
    if (attempts < 1) {
      throw new IllegalArgumentException("at least one attempt, not " + attempts);
    }
  }

  /** Asks until there is an answer, the attempts are used up, or asking again makes no sense. */
  public <T> T ask(Question<T> question) throws SourceException, InterruptedException {
    Duration wait = first;
    for (int attempt = 1; ; attempt++) {
      try {
        return question.ask();
      } catch (SourceException failure) {
        Duration asked = failure.retryAfter();
        Duration pause = asked == null ? jittered(wait) : asked;
        boolean worthIt =
            switch (failure.kind()) {
              case UNAVAILABLE, RATE_LIMITED, INVALID_ANSWER, NOT_FOUND -> true;
              case INVALID_HEAD -> false;
            };
        if (!worthIt || attempt == attempts || pause.compareTo(longest) > 0) {
          throw failure;
        }
        sleeper.sleep(pause);
        wait = wait.multipliedBy(2).compareTo(longest) < 0 ? wait.multipliedBy(2) : longest;
      }
    }
  }

  /** Between half and all of {@code wait}, so that many readers do not come back at once. */
  private Duration jittered(Duration wait) {
    long nanos = wait.toNanos();
    return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
  }
}

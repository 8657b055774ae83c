package dev.rootwatch.testlog;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The faults that a log has at the moment, and the three places where they come in: instead of an
 * answer, in its size, in what is signed.
 */
final class Faults {
  private static final String ERROR_PAGE =
      "<html><head><title>500 Internal Server Error</title></head>"
          + "<body><center><h1>500 Internal Server Error</h1></center><hr>"
          + "<center>nginx</center></body></html>\n";

  private final AtomicLong requests = new AtomicLong();
  private volatile List<Fault> active = List.of();
  private volatile @Nullable PublishedHead frozen;

  void set(List<Fault> wanted) {
    active = List.copyOf(wanted);
    frozen = null;
  }

  /** An answer in place of the true one, or null. */
  @Nullable Answer instead() {
    boolean third = requests.incrementAndGet() % 3 == 0;
    if (!third) {
      return null;
    }
    for (Fault fault : active) {
      switch (fault) {
        case Fault.TooManyRequests(String retryAfter) -> {
          Map<String, String> headers =
              retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter);
          return new Answer(429, "text/plain", headers, new byte[0]);
        }
        case Fault.HtmlErrorPage _ -> {
          return new Answer(
              500, "text/html", Map.of(), ERROR_PAGE.getBytes(StandardCharsets.US_ASCII));
        }
        case Fault.ShortAnswers _, Fault.WrongSignature _, Fault.FrozenHead _ -> {}
      }
    }
    return null;
  }

  /** How many entries an answer may have that could have {@code count}. */
  int entriesAtMost(int count) {
    int most = count;
    for (Fault fault : active) {
      if (fault instanceof Fault.ShortAnswers(int limit)) {
        most = Math.min(most, limit);
      }
    }
    return most;
  }

  /** The head that is shown in place of {@code truth}. */
  PublishedHead shown(PublishedHead truth) {
    PublishedHead shown = truth;
    for (Fault fault : active) {
      switch (fault) {
        case Fault.FrozenHead _ -> {
          PublishedHead first = frozen;
          if (first == null) {
            first = shown;
            frozen = first;
          }
          shown = first;
        }
        case Fault.WrongSignature _ -> {
          byte[] changed = shown.signature().clone();
          changed[changed.length - 1] ^= 1;
          shown = new PublishedHead(shown.size(), shown.root(), shown.timestamp(), changed);
        }
        case Fault.TooManyRequests _, Fault.HtmlErrorPage _, Fault.ShortAnswers _ -> {}
      }
    }
    return shown;
  }
}

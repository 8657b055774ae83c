package dev.rootwatch.testlog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What comes instead of answers: pages for people, refusals, redirects. */
final class AnswerFaults {
  private static final Pattern DATE = Pattern.compile("(gmt|utc)\\+([0-9]{1,9})");
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final InstantSource clock;
  private final List<InForce<Function<HttpRequest, @Nullable Answer>>> inForce;

  AnswerFaults(List<InForce<AnswerFault>> faults, InstantSource clock) {
    this.clock = clock;
    this.inForce = InForce.map(faults, this::behaviour);
  }

  /** An answer in place of the true one, or null. */
  @Nullable Answer instead(HttpRequest request) {
    for (var fault : inForce) {
      Answer answer = fault.occasions().next() ? fault.what().apply(request) : null;
      if (answer != null) {
        return answer;
      }
    }
    return null;
  }

  /** A time as HTTP wants it in headers. */
  static String httpDate(Instant time) {
    return HTTP_DATE.format(time) + " GMT";
  }

  private Function<HttpRequest, @Nullable Answer> behaviour(AnswerFault fault) {
    return switch (fault) {
      case AnswerFault.TooManyRequests(String retryAfter) -> _ -> refusal(429, retryAfter);
      case AnswerFault.Unavailable(String retryAfter) -> _ -> refusal(503, retryAfter);
      case AnswerFault.HtmlErrorPage(int status) -> _ -> page(status, status + " Server Error");
      case AnswerFault.HtmlPage _ -> _ -> page(200, "Welcome to nginx!");
      case AnswerFault.Redirect(String url) -> request -> redirect(url + request.target());
      case AnswerFault.LogGone(int status) -> _ -> Answer.error(status, "gone");
      case AnswerFault.RateLimit(double perSecond) -> {
        TokenBucket bucket = new TokenBucket(perSecond, clock);
        yield _ -> bucket.take() ? null : refusal(429, "1");
      }
    };
  }

  private Answer refusal(int status, @Nullable String retryAfter) {
    Map<String, String> headers =
        retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter(retryAfter));
    return new Answer(status, "text/plain", headers, new byte[0], 0);
  }

  private String retryAfter(String text) {
    Matcher date = DATE.matcher(text);
    if (!date.matches()) {
      return text;
    }
    Instant then = clock.instant().plusSeconds(Long.parseLong(date.group(2)));
    return HTTP_DATE.format(then) + " " + date.group(1).toUpperCase(Locale.ROOT);
  }

  private static Answer redirect(String location) {
    return new Answer(302, "text/plain", Map.of("Location", location), new byte[0], 0);
  }

  private static Answer page(int status, String title) {
    String html =
        "<html><head><title>%1$s</title></head><body><center><h1>%1$s</h1></center><hr>"
                .formatted(title)
            + "<center>nginx</center></body></html>\n";
    return new Answer(status, "text/html", Map.of(), html.getBytes(StandardCharsets.US_ASCII), 0);
  }
}

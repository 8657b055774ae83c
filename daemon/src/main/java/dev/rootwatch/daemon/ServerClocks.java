package dev.rootwatch.daemon;

import dev.rootwatch.ct.source.LogRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What the logs' servers say the time is, from the Date headers of their answers (RFC 9110 section
 * 6.6.1). One that differs from us has a wrong clock; when most do, ours is wrong, and with it
 * every judgement about heads from the future and heads grown old.
 */
final class ServerClocks implements Interceptor {
  /** A Date header has whole seconds, and an answer takes some. */
  static final Duration TOLERATED = Duration.ofSeconds(60);

  private final InstantSource clock;

  /** What a server said longer ago counts no more. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  /** Fewer servers may be wrong together: they are told of, but not believed. */
  private static final int ENOUGH_HOSTS = 3;

  private final Map<String, Said> byHost = new ConcurrentHashMap<>();

  /**
   * What one server said.
   *
   * @param ahead how far it is ahead of us
   * @param at when, by our clock
   */
  private record Said(Duration ahead, Instant at) {}

  ServerClocks(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    @Nullable LogRequest asked = chain.request().tag(LogRequest.class);
    @Nullable Date date = response.headers().getDate("Date");
    if (asked != null && date != null) {
      Instant now = clock.instant();
      // An answer out of a cache has the date of its making.
      Instant theirs = date.toInstant().plusSeconds(age(response));
      byHost.put(
          chain.request().url().host() + ":" + chain.request().url().port(),
          new Said(Duration.between(now, theirs), now));
    }
    return response;
  }

  private static long age(Response response) {
    String age = response.header("Age");
    return age != null && age.matches("[0-9]{1,7}") ? Long.parseLong(age) : 0;
  }

  /**
   * The time as most servers have it, where there are enough of them: ours, unless ours is wrong.
   */
  Instant logTime() {
    return byHost.size() < ENOUGH_HOSTS
        ? clock.instant()
        : clock.instant().plus(mostAreAhead().orElse(Duration.ZERO));
  }

  /**
   * How far most servers are ahead of us; negative when they are behind. Empty when most agree with
   * us, or none has said anything yet.
   */
  Optional<Duration> mostAreAhead() {
    Instant now = clock.instant();
    byHost.values().removeIf(said -> said.at().isBefore(now.minus(REMEMBERED)));
    List<Duration> sorted = byHost.values().stream().map(Said::ahead).sorted().toList();
    if (sorted.isEmpty()) {
      return Optional.empty();
    }
    // The one in the middle: more than half lie at least as far on its side. Of an even number the
    // one nearer to us, so that two servers that differ do not accuse us.
    Duration low = sorted.get((sorted.size() - 1) / 2);
    Duration high = sorted.get(sorted.size() / 2);
    Duration middle = low.abs().compareTo(high.abs()) <= 0 ? low : high;
    return middle.abs().compareTo(TOLERATED) > 0 ? Optional.of(middle) : Optional.empty();
  }
}

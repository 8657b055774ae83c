package dev.rootwatch.daemon;

import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.watch.Canary;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a canary falls silent while logs are followed, so that the silence of the other rules
 * means something: that there is nothing, and not that nobody looks. One thread.
 */
final class CanaryWatch {
  private final List<Canary> canaries;
  private final Function<String, Optional<Instant>> lastMatch;
  private final BooleanSupplier following;
  private final Episodes episodes;
  private final InstantSource clock;
  private @Nullable Instant listeningSince;

  /**
   * @param lastMatch when a rule last matched since the start, by the rule's id
   * @param following whether any log is followed
   */
  CanaryWatch(
      List<Canary> canaries,
      Function<String, Optional<Instant>> lastMatch,
      BooleanSupplier following,
      Episodes episodes,
      InstantSource clock) {
    this.canaries = List.copyOf(canaries);
    this.lastMatch = lastMatch;
    this.following = following;
    this.episodes = episodes;
    this.clock = clock;
  }

  /** One look at every canary. */
  void look() {
    if (!following.getAsBoolean()) {
      listeningSince = null;
      return;
    }
    Instant now = clock.instant();
    Instant since = listeningSince == null ? now : listeningSince;
    listeningSince = since;
    canaries.forEach(canary -> look(canary, since, now));
  }

  private void look(Canary canary, Instant listening, Instant now) {
    Instant heard = lastMatch.apply(canary.rule()).orElse(null);
    Instant from = heard != null && heard.isAfter(listening) ? heard : listening;
    if (!now.isBefore(from.plus(canary.longestSilence()))) {
      episodes.raise(
          AlertType.SILENCE,
          canary.rule(),
          Severity.MEDIUM,
          "nothing issued by "
              + canary.authority()
              + " in any log since "
              + from
              + ": what other rules do not find may be there all the same",
          detail(canary, heard, listening));
    } else if (heard != null && heard.equals(from)) {
      // Heard since we listen: that we began to listen anew ends no silence.
      episodes.settle(AlertType.SILENCE, canary.rule());
    }
  }

  private static Map<String, Object> detail(
      Canary canary, @Nullable Instant heard, Instant listening) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("rule", canary.rule());
    detail.put("authority", canary.authority());
    detail.put("longestSilenceSeconds", canary.longestSilence().toSeconds());
    detail.put("lastMatch", heard);
    detail.put("listeningSince", listening);
    return detail;
  }
}

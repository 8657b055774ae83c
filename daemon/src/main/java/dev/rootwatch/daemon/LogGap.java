package dev.rootwatch.daemon;

import dev.rootwatch.alert.AlertId;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.daemon.store.KnownLog;
import dev.rootwatch.daemon.store.Store;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells that a log was given up, and what of it was not read. Another trouble than holes that are
 * left for later ({@link LogAlarms}), though of the same type: it ends that episode and begins its
 * own. Should the log come back, its first round without a hole ends this one.
 */
record LogGap(Store store, Episodes episodes) {
  private static final String UNKNOWN_FROM = "unknownFrom";
  private static final String GIVEN_UP = "givenUp";

  void raise(KnownLog known, LogCourse.GivenUp lost) {
    CtLog log = known.log();
    String subject = log.id().toString();
    if (isAboutSomethingElse(subject)) {
      episodes.settle(AlertType.LOG_GAP, subject);
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("log", AlertComposer.logDetail(log));
    detail.put(GIVEN_UP, true);
    detail.put("state", log.state().word());
    detail.put("goneSince", known.goneSince());
    detail.put(
        "gaps",
        lost.unread().stream()
            .map(range -> Map.of("from", range.from(), "to", range.to()))
            .toList());
    detail.put(UNKNOWN_FROM, lost.unknownFrom());
    episodes.raise(
        AlertType.LOG_GAP,
        subject,
        Severity.MEDIUM,
        log.name() + " is not followed any more, and not everything was read: " + lost.words(),
        detail);
  }

  private boolean isAboutSomethingElse(String subject) {
    return episodes
        .began(AlertType.LOG_GAP, subject)
        .flatMap(start -> store.alert(AlertId.ofEpisode(AlertType.LOG_GAP, subject, start)))
        .filter(stored -> !stored.alert().detail().containsKey(GIVEN_UP))
        .isPresent();
  }
}

package dev.rootwatch.daemon;

import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.daemon.store.KnownLog;
import dev.rootwatch.daemon.store.LogStatus;
import dev.rootwatch.daemon.store.Store;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Gathers from the store what is known of a log, for {@link LogCourse} to decide. */
public final class LogCourses {
  private final Store store;
  private final LogCourse.Wanted wanted;

  public LogCourses(Store store, LogCourse.Wanted wanted) {
    this.store = store;
    this.wanted = wanted;
  }

  /** What to do with a log at this instant. */
  public LogCourse of(LogCourse.Facts facts, Instant now) {
    return LogCourse.of(facts, wanted, now);
  }

  /** What the store knows of a log. */
  public LogCourse.Facts facts(KnownLog known) {
    LogId id = known.log().id();
    Coverage coverage = store.coverage(id);
    return new LogCourse.Facts(
        known,
        coverage,
        store.newestHead(id).orElse(null),
        store.grownAt(id).orElse(null),
        Reading.of(store, id).at(),
        store.status(id).map(LogStatus::lastSuccess).orElse(null));
  }

  /**
   * Writes down that more of a log was read, where that is so. Only for logs that nothing names any
   * more: there it decides about giving up, and must outlive a restart.
   */
  void note(KnownLog known, Instant now) {
    LogId id = known.log().id();
    long examined = store.coverage(id).examined();
    if (known.goneSince() != null && Reading.of(store, id).examined() != examined) {
      new Reading(examined, now.truncatedTo(ChronoUnit.SECONDS)).put(store, id);
    }
  }

  /** How many entries had been read, and when that was first noticed. */
  private record Reading(long examined, @Nullable Instant at) {
    private static String name(LogId id) {
      return "read " + id;
    }

    static Reading of(Store store, LogId id) {
      String[] parts = store.meta(name(id)).orElse("").split(" ", 2);
      return parts.length < 2
          ? new Reading(0, null)
          : new Reading(Long.parseLong(parts[0]), Instant.parse(parts[1]));
    }

    void put(Store store, LogId id) {
      store.putMeta(name(id), examined + " " + at);
    }
  }
}

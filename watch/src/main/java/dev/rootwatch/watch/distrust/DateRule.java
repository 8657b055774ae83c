package dev.rootwatch.watch.distrust;

import dev.rootwatch.watch.distrust.Verdict.Boundary;
import dev.rootwatch.watch.distrust.Verdict.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Compares a time with the cut-off of a date rule the way its program does. */
final class DateRule {
  /** A day that no zone is given for has begun first in UTC+14. */
  private static final Duration EARLIEST_ZONE = Duration.ofHours(14);

  /** It ends last in UTC-12. */
  private static final Duration LATEST_ZONE = Duration.ofHours(12);

  private DateRule() {}

  /** Where a time lies. */
  enum Side {
    /** Still trusted. */
    IN_TIME,
    LATE,
    /** On a day whose treatment the program does not define. */
    UNDEFINED
  }

  static Side compare(Instant time, Instant cutoff, Boundary boundary, Unit unit) {
    return switch (unit) {
      case MILLISECOND -> side(time.truncatedTo(ChronoUnit.MILLIS), cutoff, boundary);
      case SECOND -> side(time.truncatedTo(ChronoUnit.SECONDS), cutoff, boundary);
      case UTC_DAY ->
          side(time.truncatedTo(ChronoUnit.DAYS), cutoff.truncatedTo(ChronoUnit.DAYS), boundary);
      case DAY -> day(time, cutoff.truncatedTo(ChronoUnit.DAYS), boundary);
    };
  }

  private static Side side(Instant time, Instant cutoff, Boundary boundary) {
    int order = time.compareTo(cutoff);
    if (order == 0 && boundary == Boundary.UNDEFINED) {
      return Side.UNDEFINED;
    }
    boolean late = boundary == Boundary.EXCLUSIVE ? order >= 0 : order > 0;
    return late ? Side.LATE : Side.IN_TIME;
  }

  private static Side day(Instant time, Instant day, Boundary boundary) {
    if (boundary == Boundary.UNDEFINED) {
      return side(time.truncatedTo(ChronoUnit.DAYS), day, boundary);
    }
    // The day counts (inclusive) or does not (exclusive), but nobody says in which zone.
    Instant edge = boundary == Boundary.INCLUSIVE ? day.plus(1, ChronoUnit.DAYS) : day;
    if (time.isBefore(edge.minus(EARLIEST_ZONE))) {
      return Side.IN_TIME;
    }
    return time.isBefore(edge.plus(LATEST_ZONE)) ? Side.UNDEFINED : Side.LATE;
  }
}

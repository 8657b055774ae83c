package dev.rootwatch.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How fast a log is read and how fast it grows, in entries a second, as far as this process has
 * seen: from both follows when reading will have caught up. One thread.
 */
final class ReadingSpeed {
  /** A new measurement counts for so much. */
  private static final double WEIGHT = 0.3;

  /** Shorter readings say nothing: the answer may have been on its way. */
  private static final Duration SHORTEST = Duration.ofMillis(100);

  /** Growth is measured over at least so long: heads come in steps. */
  private static final Duration SHORTEST_GROWTH = Duration.ofSeconds(5);

  private double reading;
  private double growth;
  private long measured;
  private @Nullable Instant measuredAt;

  /** So many entries were read in so long, waiting for the log included. */
  void read(long entries, Duration took) {
    if (entries > 0 && took.compareTo(SHORTEST) >= 0) {
      double now = entries / seconds(took);
      reading = reading == 0 ? now : reading + (now - reading) * WEIGHT;
    }
  }

  /**
   * The log showed a head of so many entries. Measured by our clock: what a head says of its time
   * is the log's word.
   */
  void grown(long size, Instant now) {
    Instant earlier = measuredAt;
    if (earlier == null || size < measured) {
      measured = size;
      measuredAt = now;
      return;
    }
    Duration passed = Duration.between(earlier, now);
    if (passed.compareTo(SHORTEST_GROWTH) >= 0) {
      double lately = (size - measured) / seconds(passed);
      growth = growth == 0 ? lately : growth + (lately - growth) * WEIGHT;
      measured = size;
      measuredAt = now;
    }
  }

  /** How long {@code entries} take to read; empty while nothing was measured. */
  Optional<Duration> toRead(long entries) {
    return reading == 0 ? Optional.empty() : Optional.of(duration(entries / reading));
  }

  /** How many entries are read in {@code time}; 0 while nothing was measured. */
  long readIn(Duration time) {
    return (long) (reading * seconds(time));
  }

  /** Whether the log grows at least as fast as it is read. */
  boolean isLosing() {
    return reading > 0 && growth >= reading;
  }

  /**
   * Until {@code backlog} entries are read while the log goes on growing; empty: not known, or
   * never.
   */
  Optional<Duration> toCatchUp(long backlog) {
    return reading == 0 || isLosing()
        ? Optional.empty()
        : Optional.of(duration(backlog / (reading - growth)));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static Duration duration(double seconds) {
    return Duration.ofSeconds((long) Math.min(seconds, 1e9));
  }
}

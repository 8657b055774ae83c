package dev.rootwatch.daemon;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.ct.source.TilePath;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Where to go on reading a log that has fallen behind: at its tip, because what is issued now
 * matters more than what waits. What lies between is a hole in the coverage, said to be one, and
 * read with what time is left.
 */
final class TipFirst {
  /**
   * Where there is a hole already, the log is one that we hardly keep up with: its tip must not be
   * further away than this.
   */
  static final Duration LATE_AT_THE_TIP = Duration.ofSeconds(30);

  /** The last entries before the head are read with the tip, as many as take so long. */
  private static final Duration RUN_UP = Duration.ofSeconds(5);

  private final Duration patience;
  private final int alignment;

  /**
   * @param patience a backlog that takes longer is left behind
   */
  TipFirst(CtLog log, Duration patience) {
    this.patience = patience;
    this.alignment = log.protocol() == LogProtocol.RFC6962 ? 1 : TilePath.WIDTH;
  }

  /**
   * The index to go on at; empty to go on where reading stands.
   *
   * @param end up to where there is something to read, exclusive
   */
  OptionalLong opening(Coverage coverage, long end, ReadingSpeed speed) {
    long position = coverage.last().map(Segment::to).orElse(end);
    Duration most =
        !coverage.holes().isEmpty() && LATE_AT_THE_TIP.compareTo(patience) < 0
            ? LATE_AT_THE_TIP
            : patience;
    boolean late =
        speed.toRead(end - position).filter(needed -> needed.compareTo(most) > 0).isPresent();
    if (!late) {
      return OptionalLong.empty();
    }
    long at = end - speed.readIn(RUN_UP);
    at -= at % alignment;
    return at > position ? OptionalLong.of(at) : OptionalLong.empty();
  }
}

package dev.rootwatch.daemon;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.source.TilePath;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How far a log is read up to its head. A static log's last data tile is partial most of the time
 * and will be served again, whole, soon: a monitor that tails the log leaves it alone until it has
 * stayed partial for a while (c2sp.org/static-ct-api, "Partial tiles").
 */
final class TipPatience {
  private final boolean tiles;
  private final Duration age;
  private final InstantSource clock;
  private long tile = -1;
  private @Nullable Instant partialSince;

  TipPatience(CtLog log, Duration age, InstantSource clock) {
    this.tiles = log.protocol() != LogProtocol.RFC6962;
    this.age = age;
    this.clock = clock;
  }

  /** Index up to which entries are to be read now, exclusive. */
  long readableEnd(SignedTreeHead head) {
    if (!tiles || head.size() % TilePath.WIDTH == 0) {
      return head.size();
    }
    long last = head.size() / TilePath.WIDTH;
    if (last != tile || partialSince == null) {
      tile = last;
      partialSince = clock.instant();
    }
    boolean oldEnough = !clock.instant().isBefore(partialSince.plus(age));
    return oldEnough ? head.size() : last * TilePath.WIDTH;
  }
}

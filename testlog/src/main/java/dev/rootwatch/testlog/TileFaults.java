package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Which tiles are hidden, and what is wrong in those that are shown. */
final class TileFaults {
  private static final int FULL = 256;

  private final TestLog log;
  private final InstantSource clock;
  private final List<InForce<TileFault>> inForce;

  TileFaults(List<InForce<TileFault>> faults, TestLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
    this.inForce = faults;
  }

  /** Whether a tile that is there is answered 404. */
  boolean hides(TilePath tile, boolean ofData) {
    boolean hidden = false;
    for (var fault : inForce) {
      boolean meant =
          switch (fault.what()) {
            case TileFault.PartialTile404(boolean onceFull) ->
                tile.width() < FULL && (!onceFull || fullExists(tile));
            case TileFault.DataTile404(Integer seconds) ->
                ofData && (seconds == null || clock.instant().isBefore(end(fault, seconds)));
            case TileFault.WrongHashTile _, TileFault.WrongIssuer _ -> false;
          };
      hidden |= meant && fault.occasions().next();
    }
    return hidden;
  }

  /** The bytes of a hash tile as they are served; {@code tile} may be changed. */
  byte[] hashes(byte[] tile) {
    for (var fault : inForce) {
      if (fault.what() instanceof TileFault.WrongHashTile && fault.occasions().next()) {
        for (int at = Hash.BYTES - 1; at < tile.length; at += Hash.BYTES) {
          tile[at] ^= 1;
        }
      }
    }
    return tile;
  }

  /** An issuer as it is served. */
  byte[] issuer(byte[] certificate) {
    byte[] served = certificate;
    for (var fault : inForce) {
      if (fault.what() instanceof TileFault.WrongIssuer && fault.occasions().next()) {
        served = ChangedSerial.of(served);
      }
    }
    return served;
  }

  private boolean fullExists(TilePath tile) {
    return log.head().size() >> (8 * tile.level()) >= (tile.number() + 1) * FULL;
  }

  private static Instant end(InForce<TileFault> fault, int seconds) {
    return fault.occasions().from().plusSeconds(seconds);
  }
}

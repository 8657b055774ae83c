package dev.rootwatch.watch.distrust;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate may have been dated back to slip under a cut-off (WoSign was distrusted for
 * that): notBefore still satisfies the date rule of a program, yet the earliest time that the CA
 * does not control lies more than 48 hours after the cut-off.
 *
 * @param possible whether it looks so; an earlier sighting elsewhere can undo it
 * @param program whose cut-off it is; null when no cut-off was looked at
 * @param cutoff the date of that rule
 */
public record Backdating(boolean possible, @Nullable Program program, @Nullable Instant cutoff) {}

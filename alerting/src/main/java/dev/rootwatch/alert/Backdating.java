package dev.rootwatch.alert;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about a certificate whose notBefore may lie: it stands before a cut-off, and the
 * earliest trusted time (log timestamp of a precertificate, or the earliest embedded SCT) is more
 * than {@link #TOLERANCE} after it. Kept in {@link Alert#detail} under {@link Detail#BACKDATING},
 * so that an earlier sighting in another log can undo it: a sighting that is not suspicious carries
 * it too, with its own earliest time.
 *
 * @param possible whether the two times are too far apart
 * @param program whose cut-off it is
 * @param cutoff that the notBefore stands before
 * @param earliestTrustedTime known so far
 */
public record Backdating(
    boolean possible, String program, Instant cutoff, Instant earliestTrustedTime) {

  /** How long after its notBefore a certificate may be logged without suspicion: 48 hours. */
  public static final Duration TOLERANCE = Duration.ofDays(2);

  /** As it stands in {@link Alert#detail}. */
  public Map<String, Object> toDetail() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("possible", possible);
    object.put("program", program);
    object.put("cutoff", cutoff.toString());
    object.put("earliestTrustedTime", earliestTrustedTime.toString());
    return object;
  }

  /** What an alert's detail says about it; empty when nothing, or not in this form. */
  public static Optional<Backdating> of(Alert alert) {
    if (alert.detail().get(Detail.BACKDATING) instanceof Map<?, ?> object
        && object.get("possible") instanceof Boolean possible
        && object.get("program") instanceof String program
        && object.get("cutoff") instanceof String cutoff
        && object.get("earliestTrustedTime") instanceof String earliest) {
      try {
        return Optional.of(
            new Backdating(possible, program, Instant.parse(cutoff), Instant.parse(earliest)));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** What two sightings of a certificate with that notBefore say together. */
  Backdating and(Backdating other, Instant notBefore) {
    Backdating first = other.earliestTrustedTime.isBefore(earliestTrustedTime) ? other : this;
    boolean late = first.earliestTrustedTime.isAfter(notBefore.plus(TOLERANCE));
    Backdating named = possible || !other.possible ? this : other;
    return new Backdating(
        late && (possible || other.possible),
        named.program,
        named.cutoff,
        first.earliestTrustedTime);
  }
}

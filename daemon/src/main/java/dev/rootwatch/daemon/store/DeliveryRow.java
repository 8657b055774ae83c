package dev.rootwatch.daemon.store;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of the outbox, settled or not.
 *
 * @param sink where it goes
 * @param revision which revision of the alert
 * @param state where it stands
 * @param attempts how often it was tried
 * @param createdAt when it was put into the outbox
 * @param nextAt when it may be tried again; null once settled
 * @param settledAt when it was accepted, rejected or superseded; null while pending
 * @param lastError what the last failed attempt said; null when none failed
 */
@JsonPropertyOrder({
  "sink",
  "revision",
  "state",
  "attempts",
  "createdAt",
  "nextAt",
  "settledAt",
  "lastError"
})
public record DeliveryRow(
    String sink,
    int revision,
    State state,
    int attempts,
    Instant createdAt,
    @Nullable Instant nextAt,
    @Nullable Instant settledAt,
    @Nullable String lastError) {

  /** Where a delivery stands. */
  public enum State {
    PENDING,
    ACCEPTED,
    /** A dead letter. */
    REJECTED,
    /** Never delivered, because a newer revision took its place. */
    SUPERSEDED;

    /** As in our output. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

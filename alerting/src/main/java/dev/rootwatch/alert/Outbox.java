package dev.rootwatch.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is still to be delivered: one item per alert, sink and revision. Implemented by the store,
 * so that an alert and its deliveries are committed with the window that caused them.
 *
 * <p>Safe for one worker per sink; calls are short and do not block on the network.
 */
public interface Outbox {
  /**
   * Items of {@code sink} that may be tried now, oldest first. Pending revisions of one alert
   * coalesce: only the newest is returned.
   */
  List<Item> due(String sink, Instant now, int most);

  /** When the next item of {@code sink} becomes due; empty when nothing is pending. */
  Optional<Instant> nextDue(String sink);

  /** The sink took it; also settles older pending revisions of the same alert and sink. */
  void accepted(Item item, Instant at);

  /** Try again not before {@code next}. */
  void retry(Item item, Instant next, String reason);

  /** Never try again by itself: a dead letter, kept until somebody retries it. */
  void rejected(Item item, Instant at, String reason);

  /** How many items wait for {@code sink}. */
  long pending(String sink);

  /**
   * One delivery to make.
   *
   * @param sink id of the sink
   * @param alert the alert as it stands now; its revision is the item's
   * @param attempts how often it was tried before
   * @param createdAt when it was put into the outbox
   */
  record Item(String sink, Alert alert, int attempts, Instant createdAt) {}
}

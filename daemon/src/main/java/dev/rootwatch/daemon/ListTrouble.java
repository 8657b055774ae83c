package dev.rootwatch.daemon;

import dev.rootwatch.daemon.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Since when no usable list could be had, and why: for the log file and for {@code rootwatch logs},
 * over restarts. A list that is refused also alerts; one that cannot be had does not, for the logs
 * of the last good one are followed all the same.
 */
public final class ListTrouble {
  private static final Logger logger = LoggerFactory.getLogger(ListTrouble.class);

  /** Name in the store's small values; {@code <since> <message>}, empty when all is well. */
  private static final String NAME = "log-list-trouble";

  private static final int LONGEST_MESSAGE = 1_000;

  private final Store store;
  private final InstantSource clock;

  ListTrouble(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A trouble.
   *
   * @param since when the list was first missed
   * @param message what happened last
   */
  public record Trouble(Instant since, String message) {}

  /** The trouble there is, if any. */
  public static Optional<Trouble> in(Store store) {
    String[] parts = store.meta(NAME).orElse("").split(" ", 2);
    try {
      return parts.length < 2
          ? Optional.empty()
          : Optional.of(new Trouble(Instant.parse(parts[0]), parts[1]));
    } catch (DateTimeParseException notOurs) {
      return Optional.empty();
    }
  }

  void there(@Nullable String message) {
    String said = String.valueOf(message);
    String cut = said.length() <= LONGEST_MESSAGE ? said : said.substring(0, LONGEST_MESSAGE);
    Instant since =
        in(store)
            .map(Trouble::since)
            .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS));
    logger.warn("no new log list since {}: {}", since, cut);
    store.putMeta(NAME, since + " " + cut);
  }

  void over() {
    if (in(store).isPresent()) {
      store.putMeta(NAME, "");
    }
  }
}

package dev.rootwatch.daemon;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertId;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.daemon.store.CommitResult;
import dev.rootwatch.daemon.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Troubles that last: a log behind, a list refused. Each is one alert from its beginning to its
 * end, over restarts, however often it is noticed. When an episode began is kept in the store
 * before its alert is, so that a crash between the two repeats nothing.
 *
 * <p>Safe for several threads; each subject of a type should have one that reports it.
 */
final class Episodes {
  private static final String NONE = "";

  private final Store store;
  private final InstantSource clock;
  private final Consumer<CommitResult> raised;

  /** What the store says, by the name of the episode. */
  private final ConcurrentMap<String, String> known = new ConcurrentHashMap<>();

  /** Episodes whose alert is known to be stored. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /**
   * @param raised told of what was stored, so that it is counted and delivered
   */
  Episodes(Store store, InstantSource clock, Consumer<CommitResult> raised) {
    this.store = store;
    this.clock = clock;
    this.raised = raised;
  }

  /** The trouble is there. Only its first notice makes an alert. */
  void raise(
      AlertType type, String subject, Severity severity, String title, Map<String, Object> detail) {
    String name = name(type, subject);
    if (told.contains(name)) {
      return;
    }
    Instant start = began(type, subject).orElseGet(() -> begin(name));
    // After a crash between the two writes the episode is known and its alert is not.
    if (store.alert(AlertId.ofEpisode(type, subject, start)).isEmpty()) {
      raised.accept(
          store.record(Alert.ofEpisode(type, subject, severity, title, start, detail), List.of()));
    }
    told.add(name);
  }

  /** The trouble is over: the alert that told of it is told as ended. */
  void settle(AlertType type, String subject) {
    Instant start = began(type, subject).orElse(null);
    if (start == null) {
      return;
    }
    store
        .alert(AlertId.ofEpisode(type, subject, start))
        .ifPresent(stored ->
            raised.accept(store.record(stored.alert().ended(clock.instant()), List.of())));
    put(name(type, subject), NONE);
  }

  /** Since when the trouble lasts; empty when there is none. */
  Optional<Instant> began(AlertType type, String subject) {
    return read(name(type, subject)).map(Span::start);
  }

  /**
   * When the episode began that something noticed now belongs to: the one under way, or a new one
   * where nothing was noticed for {@code quiet}. For what is a fact each time, not a state.
   */
  Instant startOf(AlertType type, String subject, Duration quiet) {
    String name = name(type, subject);
    Instant now = clock.instant();
    Span span = read(name).orElse(null);
    boolean goesOn = span != null && !now.isAfter(span.last().plus(quiet));
    Instant start = goesOn && span != null ? span.start() : now;
    put(name, new Span(start, now).text());
    return start;
  }

  private Instant begin(String name) {
    Instant now = clock.instant();
    put(name, new Span(now, now).text());
    return now;
  }

  private Optional<Span> read(String name) {
    return Span.parse(known.computeIfAbsent(name, n -> store.meta(n).orElse(NONE)));
  }

  private void put(String name, String text) {
    store.putMeta(name, text);
    known.put(name, text);
    told.remove(name);
  }

  private static String name(AlertType type, String subject) {
    return "episode " + type.word() + " " + subject;
  }

  /** From the first notice to the last. */
  private record Span(Instant start, Instant last) {
    String text() {
      return start + " " + last;
    }

    static Optional<Span> parse(String text) {
      int space = text.indexOf(' ');
      if (space < 0) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new Span(
                Instant.parse(text.substring(0, space)), Instant.parse(text.substring(space + 1))));
      } catch (DateTimeParseException somebodyElseWroteIt) {
        return Optional.empty();
      }
    }
  }
}

package dev.rootwatch.alert.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one sink. A factory asks for what it knows; what nobody asked for is unknown, and
 * {@link #refuseUnknown} says so. Values are strings, numbers, booleans, lists of strings, or
 * {@link Secret} where a reference such as {@code ${env:NAME}} stood.
 *
 * <p>Every getter throws {@link InvalidSettingException} when the value cannot be used.
 */
public final class SinkSettings {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private final String id;
  private final String type;
  private final Map<String, Object> values;
  private final Set<String> asked = new TreeSet<>();

  /**
   * @param values what the configuration says, without id and type
   */
  public SinkSettings(String id, String type, Map<String, ?> values) {
    this.id = id;
    this.type = type;
    this.values = new TreeMap<>(values);
  }

  public String id() {
    return id;
  }

  public String type() {
    return type;
  }

  /** A text that must be there. */
  public String string(String name) {
    return optionalString(name).orElseThrow(() -> missing(name));
  }

  /** A text. */
  public Optional<String> optionalString(String name) {
    Object value = take(name);
    return switch (value) {
      case null -> Optional.empty();
      case Secret secret -> Optional.of(text(name, secret.value()));
      case String text -> Optional.of(text(name, text));
      case Number number -> Optional.of(number.toString());
      default -> throw invalid(name, "must be a text");
    };
  }

  /** A secret that must be there. */
  public Secret secret(String name) {
    return optionalSecret(name).orElseThrow(() -> missing(name));
  }

  /** A secret; a plain text is taken too. */
  public Optional<Secret> optionalSecret(String name) {
    return optionalString(name).map(Secret::of);
  }

  /** Texts, at least one; a single text is a list of one. */
  public List<String> strings(String name) {
    List<String> texts = optionalStrings(name);
    if (texts.isEmpty()) {
      throw missing(name);
    }
    return texts;
  }

  /** Texts; a single text is a list of one. */
  public List<String> optionalStrings(String name) {
    if (!(take(name) instanceof List<?> list)) {
      return optionalString(name).map(List::of).orElse(List.of());
    }
    List<String> texts = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof String || element instanceof Secret)) {
        throw invalid(name, "must be a list of texts");
      }
      texts.add(
          text(name, element instanceof Secret secret ? secret.value() : String.valueOf(element)));
    }
    return texts;
  }

  /** One of a few words. */
  public String oneOf(String name, String otherwise, List<String> words) {
    String word = optionalString(name).orElse(otherwise);
    if (!words.contains(word)) {
      throw invalid(name, "must be one of " + String.join(", ", words) + nearest(word, words));
    }
    return word;
  }

  /** A whole number between two others, both included. */
  public OptionalInt optionalInteger(String name, int least, int most) {
    Object value = take(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    String digits = value instanceof Secret secret ? secret.value() : value.toString();
    if (digits.matches("-?\\d{1,9}")) {
      int number = Integer.parseInt(digits);
      if (number >= least && number <= most) {
        return OptionalInt.of(number);
      }
    }
    throw invalid(name, "must be a whole number from " + least + " to " + most);
  }

  /** A whole number between two others, both included. */
  public int integer(String name, int otherwise, int least, int most) {
    return optionalInteger(name, least, most).orElse(otherwise);
  }

  /** True or false. */
  public boolean flag(String name, boolean otherwise) {
    Object value = take(name);
    String word = value instanceof Secret secret ? secret.value() : String.valueOf(value);
    return switch (word) {
      case "null" -> otherwise;
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(name, "must be true or false");
    };
  }

  /** A time span such as {@code 500ms}, {@code 30s} or {@code 5m}; limits included. */
  public Duration duration(String name, Duration otherwise, Duration least, Duration most) {
    Optional<String> text = optionalString(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    Optional<Duration> parsed = parseDuration(text.get());
    if (parsed.isPresent()
        && parsed.get().compareTo(least) >= 0
        && parsed.get().compareTo(most) <= 0) {
      return parsed.get();
    }
    throw invalid(
        name, "must be a time span from " + shown(least) + " to " + shown(most) + ", such as 30s");
  }

  /** Reads a time span: a number and ms, s, m, h or d; empty when it is none. */
  public static Optional<Duration> parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  /** A file's path. */
  public Optional<Path> optionalFile(String name) {
    return optionalString(name).map(Path::of);
  }

  /** An error about a setting of this sink, for checks that only its factory can make. */
  public InvalidSettingException invalid(String name, String problem) {
    return new InvalidSettingException(id, name, problem);
  }

  /**
   * To be called when the sink was made.
   *
   * @throws InvalidSettingException for a setting that nobody asked for, with the nearest name
   */
  public void refuseUnknown() {
    for (String name : values.keySet()) {
      if (!asked.contains(name)) {
        throw invalid(
            name, "is no setting of a sink of type " + type + nearest(name, asked, "It knows"));
      }
    }
  }

  /**
   * As {@link #nearest(String, Iterable)}, and then a sentence with all of them: {@code "; did you
   * mean X? There are: X, Y"}, or {@code ". There are: X, Y"}.
   */
  public static String nearest(String word, Iterable<String> words, String introduction) {
    String nearest = nearest(word, words);
    return (nearest.isEmpty() ? "." : nearest)
        + " "
        + introduction
        + ": "
        + String.join(", ", words);
  }

  /** {@code "; did you mean X?"} when one of the words is near enough, otherwise nothing. */
  public static String nearest(String word, Iterable<String> words) {
    String best = null;
    int distance = Math.max(1, word.length() / 3) + 1;
    for (String candidate : words) {
      int d =
          EditDistance.between(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (d < distance) {
        distance = d;
        best = candidate;
      }
    }
    return best == null ? "" : "; did you mean " + best + "?";
  }

  private @Nullable Object take(String name) {
    asked.add(name);
    return values.get(name);
  }

  private String text(String name, String text) {
    if (text.isBlank()) {
      throw invalid(name, "is empty");
    }
    return text;
  }

  private InvalidSettingException missing(String name) {
    for (String given : values.keySet()) {
      if (!asked.contains(given) && !nearest(given, List.of(name)).isEmpty()) {
        return invalid(name, "is missing, and " + given + " is unknown: rename it to " + name);
      }
    }
    return invalid(name, "is missing: a sink of type " + type + " needs it");
  }

  private static String shown(Duration duration) {
    if (duration.toMillis() % 1000 != 0) {
      return duration.toMillis() + "ms";
    }
    long seconds = duration.toSeconds();
    return seconds % 86_400 == 0
        ? seconds / 86_400 + "d"
        : seconds % 3600 == 0
            ? seconds / 3600 + "h"
            : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}

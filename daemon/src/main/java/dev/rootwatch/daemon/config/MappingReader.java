package dev.rootwatch.daemon.config;

import dev.rootwatch.alert.Severity;
import dev.rootwatch.alert.spi.SinkSettings;
import dev.rootwatch.daemon.config.Yaml.Entry;
import dev.rootwatch.daemon.config.Yaml.Mapping;
import dev.rootwatch.daemon.config.Yaml.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one mapping of a configuration. Whoever reads asks for each setting by name; what nobody
 * asked for is unknown, and {@link #refuseUnknown} says so with the nearest name. Nothing throws:
 * problems are collected, and a default stands in.
 */
final class MappingReader {
  /** The words for severities, mildest first. */
  static final List<String> SEVERITIES =
      Arrays.stream(Severity.values()).map(Severity::word).toList();

  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");

  private final Mapping mapping;
  private final String path;
  private final Problems problems;
  private final References references;
  private final TreeSet<String> asked = new TreeSet<>();

  MappingReader(Mapping mapping, String path, Problems problems, References references) {
    this.mapping = mapping;
    this.path = path;
    this.problems = problems;
    this.references = references;
  }

  Place placeOf(String name) {
    Entry entry = mapping.entries().get(name);
    return entry == null ? mapping.place() : entry.value().place();
  }

  String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** A problem with the value of {@code name}. */
  void problem(String name, String message) {
    problems.add(placeOf(name), pathOf(name), message);
  }

  /** A problem with something that should stand in this mapping. */
  void problemHere(String name, String message) {
    problems.add(mapping.place(), pathOf(name), message);
  }

  /** Whether {@code name} stands here at all, with whatever value. */
  boolean mentions(String name) {
    return mapping.entries().containsKey(name);
  }

  /** A text; null when absent. */
  @Nullable String text(String name) {
    asked.add(name);
    Entry entry = mapping.entries().get(name);
    return entry == null ? null : scalar(entry.value(), name);
  }

  String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  /** A text that must be there; empty stands in when it is not. */
  String required(String name) {
    boolean absent = !mapping.entries().containsKey(name);
    String text = text(name);
    if (absent) {
      problems.add(mapping.place(), pathOf(name), "is missing: add it");
    }
    return text == null ? "" : text;
  }

  /** A text turned into something else; the reason of a refusal becomes the problem. */
  <T extends @Nullable Object> T parsed(String name, T otherwise, Function<String, T> parser) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      problem(name, String.valueOf(e.getMessage()));
      return otherwise;
    }
  }

  Duration duration(String name, Duration otherwise) {
    return parsed(name, otherwise, MappingReader::parseDuration);
  }

  static Duration parseDuration(String text) {
    Duration duration =
        SinkSettings.parseDuration(text)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "is no time span: write a number and ms, s, m, h or d, such as 30s"));
    if (duration.isZero()) {
      throw new IllegalArgumentException("must be longer than nothing, such as 30s");
    }
    return duration;
  }

  /** Bytes. */
  long size(String name, long otherwise) {
    return parsed(
        name,
        otherwise,
        text -> {
          Matcher matcher = SIZE.matcher(text);
          if (!matcher.matches()) {
            throw new IllegalArgumentException(
                "is no size: write a number and B, KiB, MiB or GiB, such as 64MiB");
          }
          int shift =
              switch (matcher.group(2)) {
                case "B" -> 0;
                case "KiB" -> 10;
                case "MiB" -> 20;
                default -> 30;
              };
          return Long.parseLong(matcher.group(1)) << shift;
        });
  }

  /** A whole number between two others, both included; null when absent. */
  @Nullable Integer integer(String name, int least, int most) {
    return this.<@Nullable Integer>parsed(
        name,
        null,
        text -> {
          if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
              return number;
            }
          }
          throw new IllegalArgumentException(
              "must be a whole number from " + least + " to " + most);
        });
  }

  boolean flag(String name, boolean otherwise) {
    return parsed(
        name,
        otherwise,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("must be true or false");
            });
  }

  /** One of a few words. */
  String word(String name, String otherwise, List<String> words) {
    return parsed(name, otherwise, text -> oneOf(text, words));
  }

  static String oneOf(String text, List<String> words) {
    if (!words.contains(text)) {
      throw new IllegalArgumentException(
          "must be one of " + String.join(", ", words) + SinkSettings.nearest(text, words));
    }
    return text;
  }

  /** Texts; a single text is a list of one; null when absent. */
  @Nullable List<String> texts(String name) {
    asked.add(name);
    Entry entry = mapping.entries().get(name);
    if (entry == null) {
      return null;
    }
    List<Yaml> elements =
        entry.value() instanceof Yaml.Sequence list ? list.elements() : List.of(entry.value());
    List<String> texts = new ArrayList<>();
    for (Yaml element : elements) {
      String text = scalar(element, name);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** Whether {@code name} stands here with a list of nothing. */
  boolean isEmptyList(String name) {
    Entry entry = mapping.entries().get(name);
    return entry != null
        && entry.value() instanceof Yaml.Sequence list
        && list.elements().isEmpty();
  }

  /** A mapping below this one; an empty one when absent. */
  MappingReader below(String name) {
    asked.add(name);
    Entry entry = mapping.entries().get(name);
    Yaml value = entry == null ? new Yaml.Nothing(mapping.place()) : entry.value();
    return reader(value, pathOf(name));
  }

  /** A list of mappings; null when absent. */
  @Nullable List<MappingReader> list(String name) {
    asked.add(name);
    Entry entry = mapping.entries().get(name);
    if (entry == null) {
      return null;
    }
    if (!(entry.value() instanceof Yaml.Sequence list)) {
      problem(name, "must be a list: begin each item with a dash");
      return List.of();
    }
    List<MappingReader> readers = new ArrayList<>();
    for (int i = 0; i < list.elements().size(); i++) {
      readers.add(reader(list.elements().get(i), pathOf(name) + "[" + i + "]"));
    }
    return readers;
  }

  /**
   * As {@link #list(String)}, for a list that makes no sense without items.
   *
   * @param whenEmpty how to mend one
   */
  @Nullable List<MappingReader> list(String name, String whenEmpty) {
    Entry entry = mapping.entries().get(name);
    boolean empty =
        entry != null
            && (entry.value() instanceof Yaml.Nothing
                || (entry.value() instanceof Yaml.Sequence list && list.elements().isEmpty()));
    if (empty) {
      asked.add(name);
      problem(name, whenEmpty);
      return List.of();
    }
    return list(name);
  }

  /** What nobody asked for, as it stands: for the settings of sinks. */
  Map<String, Entry> rest() {
    Map<String, Entry> rest = new LinkedHashMap<>(mapping.entries());
    asked.forEach(rest::remove);
    return rest;
  }

  /** To be called when everything was asked for. */
  void refuseUnknown() {
    rest()
        .forEach((name, entry) ->
            problems.add(
                entry.key(),
                pathOf(name),
                "is not a setting" + SinkSettings.nearest(name, asked, "Known here")));
  }

  private MappingReader reader(Yaml value, String at) {
    return switch (value) {
      case Mapping below -> new MappingReader(below, at, problems, references);
      case Yaml.Nothing nothing ->
          new MappingReader(new Mapping(Map.of(), nothing.place()), at, problems, references);
      default -> {
        problems.add(value.place(), at, "must have settings of its own, such as name: value");
        yield new MappingReader(new Mapping(Map.of(), value.place()), at, problems, references);
      }
    };
  }

  private @Nullable String scalar(Yaml value, String name) {
    return switch (value) {
      case Yaml.Scalar scalar -> {
        try {
          yield references.resolve(scalar.text());
        } catch (IllegalArgumentException e) {
          problems.add(scalar.place(), pathOf(name), String.valueOf(e.getMessage()));
          yield null;
        }
      }
      case Yaml.Nothing nothing -> {
        problems.add(nothing.place(), pathOf(name), "is empty: give it a value or remove it");
        yield null;
      }
      default -> {
        problems.add(value.place(), pathOf(name), "must be a single value");
        yield null;
      }
    };
  }
}

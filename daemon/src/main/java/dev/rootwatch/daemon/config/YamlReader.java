package dev.rootwatch.daemon.config;

import dev.rootwatch.daemon.config.Yaml.Entry;
import dev.rootwatch.daemon.config.Yaml.Mapping;
import dev.rootwatch.daemon.config.Yaml.Nothing;
import dev.rootwatch.daemon.config.Yaml.Place;
import dev.rootwatch.daemon.config.Yaml.Scalar;
import dev.rootwatch.daemon.config.Yaml.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads YAML into a tree with places; a key that stands twice is a problem, never a choice. */
final class YamlReader {
  private static final int DEEPEST = 20;

  private final Problems problems;

  YamlReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * The document; an empty mapping when there is none.
   *
   * @throws ConfigException when it is no YAML; says only that, as nothing else is certain then
   */
  Yaml read(String text) throws ConfigException {
    try (YAMLParser parser =
        (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        return new Mapping(Map.of(), Place.START);
      }
      Yaml document = value(parser, 0);
      if (parser.nextToken() != null) {
        problems.add(
            place(parser.currentTokenLocation()),
            "",
            "a second document begins here: put everything into one, without ---");
      }
      return document;
    } catch (JacksonException e) {
      YamlMistake mistake = YamlMistake.of(e);
      throw problems.only(mistake.place(), "is not YAML: " + mistake.message());
    }
  }

  private Yaml value(YAMLParser parser, int depth) {
    Place place = place(parser.currentTokenLocation());
    if (depth > DEEPEST) {
      problems.add(place, "", "is nested deeper than " + DEEPEST + " levels");
      parser.skipChildren();
      return new Nothing(place);
    }
    if (parser.isCurrentAlias()) {
      problems.add(place, "", "a value cannot begin with *: put it in quotes");
      return new Nothing(place);
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, place, depth);
      case START_ARRAY -> sequence(parser, place, depth);
      case VALUE_NULL -> new Nothing(place);
      default -> new Scalar(parser.getString(), place);
    };
  }

  private Mapping mapping(YAMLParser parser, Place place, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      Place keyPlace = place(parser.currentTokenLocation());
      parser.nextToken();
      Entry entry = new Entry(keyPlace, value(parser, depth + 1));
      Entry earlier = entries.putIfAbsent(key, entry);
      if (earlier != null) {
        problems.add(
            keyPlace, key, "stands twice, first in line " + earlier.key().line() + ": keep one");
      }
    }
    return new Mapping(entries, place);
  }

  private Sequence sequence(YAMLParser parser, Place place, int depth) {
    List<Yaml> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser, depth + 1));
    }
    return new Sequence(elements, place);
  }

  private static Place place(TokenStreamLocation location) {
    return new Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }
}

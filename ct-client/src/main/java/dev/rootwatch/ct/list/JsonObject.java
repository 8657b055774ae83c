package dev.rootwatch.ct.list;

import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object read whole, asked for what it should hold: what is missing, null or of another kind
 * is simply not there. Log lists come from several publishers, who do not agree on every field.
 */
final class JsonObject {
  private static final JsonFactory JSON = new JsonFactory();

  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final Map<String, Object> fields = new LinkedHashMap<>();

  /**
   * Reads a document.
   *
   * @throws ParseException when it is no JSON, or no object; the offset is in bytes
   */
  static JsonObject parse(byte[] json) throws ParseException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ParseException("not a JSON object", 0);
      }
      JsonObject object = object(parser);
      if (parser.nextToken() != null) {
        throw new ParseException(
            "something follows the JSON object",
            (int) parser.currentTokenLocation().getByteOffset());
      }
      return object;
    } catch (JacksonException e) {
      long offset = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
      throw new ParseException("not JSON: " + e.getOriginalMessage(), (int) Math.max(0, offset));
    }
  }

  private static JsonObject object(JsonParser parser) {
    JsonObject object = new JsonObject();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      Object value = value(parser);
      if (value != null) {
        object.fields.put(name, value);
      }
    }
    return object;
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? null
              : (Object) parser.getLongValue();
      default -> null;
    };
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(parser);
      if (value != null) {
        array.add(value);
      }
    }
    return array;
  }

  Set<String> names() {
    return fields.keySet();
  }

  /** A string; a whole number counts as one. */
  Optional<String> text(String name) {
    Object value = fields.get(name);
    return value instanceof String || value instanceof Long
        ? Optional.of(value.toString())
        : Optional.empty();
  }

  Optional<Long> number(String name) {
    return fields.get(name) instanceof Long number ? Optional.of(number) : Optional.empty();
  }

  Optional<JsonObject> object(String name) {
    return fields.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }

  /** The objects of an array. */
  List<JsonObject> objects(String name) {
    return fields.get(name) instanceof List<?> array
        ? array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
        : List.of();
  }

  /** RFC 3339, or milliseconds since the epoch as Android writes them; from 1970 to 9999. */
  Optional<Instant> time(String name) {
    try {
      Optional<Instant> time =
          switch (fields.get(name)) {
            case String text -> Optional.of(OffsetDateTime.parse(text).toInstant());
            case Long millis -> Optional.of(Instant.ofEpochMilli(millis));
            case null, default -> Optional.empty();
          };
      return time.filter(t -> !t.isBefore(EARLIEST) && !t.isAfter(LATEST));
    } catch (DateTimeException notRfc3339) {
      return Optional.empty();
    }
  }
}

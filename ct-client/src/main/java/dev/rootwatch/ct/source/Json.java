package dev.rootwatch.ct.source;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The small answers of RFC 6962 section 4: an object of numbers, strings, and lists of strings.
 * What else stands there is skipped.
 */
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Bodies are capped before they come here: a string cannot be longer than they are.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  /** A proof has 64 hashes at most; this only bounds the list. */
  private static final int MAX_LIST = 256;

  private final Map<String, Object> fields;

  private Json(Map<String, Object> fields) {
    this.fields = fields;
  }

  static JsonParser parser(PooledBytes body) {
    return FACTORY.createParser(ObjectReadContext.empty(), body.bytes(), 0, body.length());
  }

  /** What a parser complains about, fit for a message. */
  static String message(JacksonException e) {
    return "not the JSON expected: " + Excerpt.of(String.valueOf(e.getOriginalMessage()));
  }

  /**
   * Reads an object.
   *
   * @throws InvalidAnswer when the body is none
   */
  static Json object(PooledBytes body) throws InvalidAnswer {
    try (JsonParser json = parser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidAnswer("not a JSON object: " + Excerpt.of(body.bytes(), body.length()));
      }
      Map<String, Object> fields = new HashMap<>();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        Object value = value(json, json.nextToken());
        if (value != null) {
          fields.put(name, value);
        }
      }
      return new Json(fields);
    } catch (JacksonException e) {
      throw new InvalidAnswer(message(e));
    }
  }

  private static @Nullable Object value(JsonParser json, @Nullable JsonToken token)
      throws InvalidAnswer {
    if (token == JsonToken.VALUE_STRING) {
      return json.getString();
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return json.getLongValue();
    }
    if (token == JsonToken.START_ARRAY) {
      return strings(json);
    }
    json.skipChildren();
    return null;
  }

  private static List<String> strings(JsonParser json) throws InvalidAnswer {
    List<String> strings = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.VALUE_STRING && strings.size() < MAX_LIST) {
        strings.add(json.getString());
      } else {
        throw new InvalidAnswer("a list of something else than up to " + MAX_LIST + " strings");
      }
    }
    return strings;
  }

  long number(String name) throws InvalidAnswer {
    if (fields.get(name) instanceof Long number && number >= 0) {
      return number;
    }
    throw new InvalidAnswer("no number in \"" + name + "\"");
  }

  byte[] bytes(String name) throws InvalidAnswer {
    if (fields.get(name) instanceof String text) {
      return decode(name, text);
    }
    throw new InvalidAnswer("no string in \"" + name + "\"");
  }

  /** A list of base64 strings; a list that is null or not there is empty, as Go writes it. */
  List<byte[]> list(String name) throws InvalidAnswer {
    List<byte[]> list = new ArrayList<>();
    if (fields.get(name) instanceof List<?> strings) {
      for (Object text : strings) {
        list.add(decode(name, (String) text));
      }
    } else if (fields.containsKey(name)) {
      throw new InvalidAnswer("no list in \"" + name + "\"");
    }
    return list;
  }

  private static byte[] decode(String name, String text) throws InvalidAnswer {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidAnswer("no base64 in \"" + name + "\"");
    }
  }
}

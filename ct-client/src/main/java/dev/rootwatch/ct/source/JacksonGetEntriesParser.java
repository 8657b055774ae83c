package dev.rootwatch.ct.source;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.GetEntriesBuilder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Decodes in place: what base64 gives is shorter than what it was read from, so it fits over the
 * text that was already read. The window needs no memory beside the body.
 */
final class JacksonGetEntriesParser implements GetEntriesParser {

  @Override
  public EntryWindow parse(PooledBytes body, EntryRange asked, BufferPool buffers)
      throws InvalidAnswer {
    int expected = (int) Math.min(asked.size(), body.length() / 16 + 1);
    GetEntriesBuilder builder =
        new GetEntriesBuilder(asked.from(), expected, body.bytes(), buffers::giveBack);
    try (JsonParser json = Json.parser(body)) {
      new Body(json, body.bytes(), asked, builder).read();
    } catch (JacksonException e) {
      throw new InvalidAnswer(Json.message(e));
    }
    if (builder.count() == 0) {
      throw new InvalidAnswer("no entry for " + asked);
    }
    EntryWindow window = builder.build(body.transferred());
    // The window gives it back from here on.
    var _ = body.release();
    return window;
  }

  /** One body being read. */
  private static final class Body {
    private final JsonParser json;
    private final byte[] bytes;
    private final EntryRange asked;
    private final GetEntriesBuilder builder;

    /** Where the next decoded bytes go; never beyond what was read. */
    private int end;

    Body(JsonParser json, byte[] bytes, EntryRange asked, GetEntriesBuilder builder) {
      this.json = json;
      this.bytes = bytes;
      this.asked = asked;
      this.builder = builder;
    }

    void read() throws InvalidAnswer {
      expect(json.nextToken(), JsonToken.START_OBJECT, "the answer");
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        JsonToken value = json.nextToken();
        if (name.equals("entries")) {
          entries(value);
        } else {
          json.skipChildren();
        }
      }
      expect(json.currentToken(), JsonToken.END_OBJECT, "the end of the answer");
      if (json.nextToken() != null) {
        throw new InvalidAnswer("something follows the answer");
      }
    }

    private void entries(@Nullable JsonToken start) throws InvalidAnswer {
      expect(start, JsonToken.START_ARRAY, "\"entries\"");
      for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
        expect(t, JsonToken.START_OBJECT, "an entry");
        if (builder.count() == asked.size()) {
          throw new InvalidAnswer("more than the " + asked.size() + " entries asked for");
        }
        entry();
      }
    }

    private void entry() throws InvalidAnswer {
      int leaf = -1;
      int leafLength = 0;
      int extra = -1;
      int extraLength = 0;
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        JsonToken value = json.nextToken();
        switch (name) {
          case "leaf_input" -> {
            leaf = end;
            leafLength = decode(value);
          }
          case "extra_data" -> {
            // Nothing in it is hashed: when it is no base64, the leaf is still worth reading.
            extra = end;
            extraLength = decode(value);
          }
          default -> json.skipChildren();
        }
      }
      if (leaf < 0 || leafLength < 0) {
        long index = asked.from() + builder.count();
        throw new InvalidAnswer("entry " + index + " has no leaf_input in base64");
      }
      builder.add(leaf, leafLength, extraLength < 0 ? -1 : extra, extraLength);
    }

    /** How many bytes a string decodes to, or -1 when it is no base64. */
    private int decode(@Nullable JsonToken value) {
      if (value != JsonToken.VALUE_STRING) {
        json.skipChildren();
        return -1;
      }
      byte[] decoded;
      try {
        decoded = Base64.getDecoder().decode(json.getString());
      } catch (IllegalArgumentException notBase64) {
        return -1;
      }
      System.arraycopy(decoded, 0, bytes, end, decoded.length);
      end += decoded.length;
      return decoded.length;
    }

    private static void expect(@Nullable JsonToken token, JsonToken expected, String what)
        throws InvalidAnswer {
      if (token != expected) {
        throw new InvalidAnswer(what + " is not where it should be, but " + token);
      }
    }
  }
}

package dev.rootwatch.ct.note;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.Quoted;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.note.HeadVerdict.Invalid;
import dev.rootwatch.ct.note.HeadVerdict.Valid;
import java.nio.ByteBuffer;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Checks the body of get-sth with a log's key (RFC 6962 sections 3.5 and 4.3).
 *
 * <pre>
 * {"tree_size": uint64, "timestamp": uint64 ms, "sha256_root_hash": base64, "tree_head_signature": base64 DigitallySigned}
 * </pre>
 *
 * <p>Fields that we do not know are passed over; a field given twice spoils the body. At most 64
 * KiB.
 */
final class GetSthVerifier {
  private static final int MAX_BYTES = 64 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private GetSthVerifier() {}

  static HeadVerdict verify(LogKey key, byte[] body) {
    if (body.length > MAX_BYTES) {
      return new Invalid("get-sth gave " + body.length + " bytes, at most 65536 are read");
    }
    try {
      Fields sth = fields(body);
      byte[] message = TreeHeadBytes.toBeSigned(sth.timestamp, sth.size, sth.root);
      String fault = DigitallySigned.fault(ByteBuffer.wrap(sth.signature), key, message);
      return fault.isEmpty()
          ? new Valid(new SignedTreeHead(key.id(), sth.size, sth.root, sth.timestamp, body))
          : new Invalid(fault);
    } catch (JacksonException e) {
      return new Invalid("get-sth gave no JSON: " + Quoted.of(e.getOriginalMessage()));
    } catch (ParseException e) {
      return new Invalid("get-sth gave no tree head: " + e.getMessage());
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // lives for one call
  private record Fields(long size, long timestamp, Hash root, byte[] signature) {}

  private static Fields fields(byte[] body) throws ParseException {
    Long size = null;
    Long timestamp = null;
    byte[] root = null;
    byte[] signature = null;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new ParseException("not a JSON object", 0);
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        switch (name) {
          case "tree_size" -> size = number(json, name);
          case "timestamp" -> timestamp = number(json, name);
          case "sha256_root_hash" -> root = bytes(json, name);
          case "tree_head_signature" -> signature = bytes(json, name);
          default -> json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw new ParseException("something follows the JSON object", 0);
      }
    }
    byte[] rootBytes = present(root, "sha256_root_hash");
    if (rootBytes.length != Hash.BYTES) {
      throw new ParseException("sha256_root_hash has " + rootBytes.length + " bytes, not 32", 0);
    }
    return new Fields(
        present(size, "tree_size"),
        present(timestamp, "timestamp"),
        Hash.of(rootBytes),
        present(signature, "tree_head_signature"));
  }

  private static <T> T present(@Nullable T value, String name) throws ParseException {
    if (value == null) {
      throw new ParseException(name + " is missing", 0);
    }
    return value;
  }

  private static long number(JsonParser json, String name) throws ParseException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        && json.getLongValue() >= 0) {
      return json.getLongValue();
    }
    throw new ParseException(name + " is no integer from 0 to 2^63-1", 0);
  }

  private static byte[] bytes(JsonParser json, String name) throws ParseException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new ParseException(name + " is no string", 0);
    }
    return Base64Text.decode(json.getString())
        .orElseThrow(() -> new ParseException(name + " is no padded base64", 0));
  }
}

package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.daemon.store.CoverageVerifier.Failure;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A value in a file that is being checked, and where it stands (RFC 6901, JSON Pointer). Reading it
 * as something that it is not notes a failure there and gives null.
 */
final class Place {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int MOST_QUOTED_CHARS = 60;

  private final JsonNode node;
  private final String path;
  private final List<Failure> failures;

  Place(JsonNode node, String path, List<Failure> failures) {
    this.node = node;
    this.path = path;
    this.failures = failures;
  }

  Place at(String name) {
    JsonNode value = node.isObject() ? node.get(name) : null;
    return new Place(
        value == null ? MissingNode.getInstance() : value, path + "/" + name, failures);
  }

  /** The elements of an array; none, and a failure, when it is no array. */
  List<Place> elements() {
    if (!node.isArray()) {
      fail("an array is needed, not " + quoted());
      return List.of();
    }
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      places.add(new Place(node.get(i), path + "/" + i, failures));
    }
    return places;
  }

  /** Whether there is anything: neither missing nor null. */
  boolean isPresent() {
    return !node.isMissingNode() && !node.isNull();
  }

  void fail(String reason) {
    failures.add(new Failure(path.isEmpty() ? "/" : path, reason));
  }

  @Nullable String text() {
    if (!node.isString()) {
      fail("a string is needed, not " + quoted());
      return null;
    }
    return node.stringValue();
  }

  /** A number of entries or an index: an integer from 0. */
  @Nullable Long count() {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      fail("an integer from 0 to 2^63-1 is needed, not " + quoted());
      return null;
    }
    return node.longValue();
  }

  @Nullable Boolean truth() {
    if (!node.isBoolean()) {
      fail("true or false is needed, not " + quoted());
      return null;
    }
    return node.booleanValue();
  }

  @Nullable Hash hash() {
    String text = text();
    if (text == null) {
      return null;
    }
    if (!HASH.matcher(text).matches()) {
      fail("64 lower-case hexadecimal digits are needed, not " + quoted());
      return null;
    }
    return Hash.ofHex(text);
  }

  /** A list of hashes; null when one of them is none. */
  @Nullable List<Hash> hashes() {
    if (!node.isArray()) {
      fail("an array of hashes is needed, not " + quoted());
      return null;
    }
    List<Hash> hashes = new ArrayList<>();
    for (Place element : elements()) {
      Hash hash = element.hash();
      if (hash == null) {
        return null;
      }
      hashes.add(hash);
    }
    return hashes;
  }

  /** Padded base64 in its one canonical form. */
  byte @Nullable [] base64() {
    String text = text();
    if (text == null) {
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException notBase64) {
      // said below
    }
    fail("padded base64 is needed, not " + quoted());
    return null;
  }

  @Nullable Instant instant() {
    String text = text();
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      fail("a time as in RFC 3339 is needed, not " + quoted());
      return null;
    }
  }

  /** As JSON, which escapes control characters, and short: files come from strangers. */
  private String quoted() {
    if (node.isMissingNode()) {
      return "nothing";
    }
    if (node.isContainer()) {
      return node.isArray() ? "an array" : "an object";
    }
    String text = node.toString();
    return text.length() <= MOST_QUOTED_CHARS ? text : Columns.cut(text, MOST_QUOTED_CHARS) + "...";
  }
}

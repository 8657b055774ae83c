package dev.rootwatch.testlog;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What goes back over HTTP.
 *
 * @param entries how many entries of the log are in it
 */
@SuppressWarnings("ArrayRecordComponent") // made for one response, not changed
record Answer(
    int status, String contentType, Map<String, String> headers, byte[] body, int entries) {
  static final String JSON = "application/json";
  static final String TEXT = "text/plain; charset=utf-8";
  private static final String BYTES = "application/octet-stream";
  private static final Map<String, String> FOREVER =
      Map.of("Cache-Control", "public, max-age=604800, immutable");

  static Answer json(byte[] body) {
    return new Answer(200, JSON, Map.of(), body, 0);
  }

  static Answer json(String body) {
    return json(body.getBytes(StandardCharsets.UTF_8));
  }

  static Answer text(String contentType, String body) {
    return new Answer(200, contentType, Map.of(), body.getBytes(StandardCharsets.UTF_8), 0);
  }

  static Answer immutable(byte[] body) {
    return immutable(BYTES, body);
  }

  static Answer immutable(String contentType, byte[] body) {
    return new Answer(200, contentType, FOREVER, body, 0);
  }

  static Answer gzipped(byte[] body) {
    return new Answer(
        200,
        BYTES,
        Map.of("Cache-Control", "public, max-age=604800, immutable", "Content-Encoding", "gzip"),
        body,
        0);
  }

  static Answer notFound() {
    return error(404, "not found");
  }

  static Answer error(int status, String message) {
    return new Answer(
        status, "text/plain", Map.of(), (message + "\n").getBytes(StandardCharsets.UTF_8), 0);
  }

  /** The same, known to have so many entries of the log in it. */
  Answer withEntries(int count) {
    return new Answer(status, contentType, headers, body, count);
  }
}

package dev.rootwatch.testlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks, RFC 9112. A body, which no request to a log has, is not read: the connection
 * then ends with the answer.
 *
 * @param target path and query as they came
 * @param keepAlive whether the connection may be asked again
 */
record HttpRequest(String method, String target, boolean keepAlive) {
  private static final int LONGEST_LINE = 8192;
  private static final int MOST_HEADERS = 100;

  /**
   * Reads the next request; null when the connection ends before it.
   *
   * @throws IOException when it is no request, or none comes
   */
  static @Nullable HttpRequest read(InputStream in) throws IOException {
    String requestLine = line(in);
    if (requestLine == null) {
      return null;
    }
    String[] words = requestLine.split(" ", -1);
    if (words.length != 3 || !words[1].startsWith("/") || !words[2].startsWith("HTTP/1.")) {
      throw new IOException("no request line");
    }
    boolean keepAlive = words[2].equals("HTTP/1.1");
    for (int i = 0; i < MOST_HEADERS; i++) {
      String header = line(in);
      if (header == null) {
        throw new IOException("the connection ends in a header");
      }
      if (header.isEmpty()) {
        return new HttpRequest(words[0], words[1], keepAlive);
      }
      String lower = header.toLowerCase(Locale.ROOT);
      boolean lastOne =
          lower.startsWith("content-length:")
              || lower.startsWith("transfer-encoding:")
              || (lower.startsWith("connection:") && lower.contains("close"));
      keepAlive &= !lastOne;
    }
    throw new IOException("more than " + MOST_HEADERS + " header lines");
  }

  /** The path, decoded, without a slash before it. */
  String path() {
    int question = target.indexOf('?');
    return decoded(target.substring(1, question < 0 ? target.length() : question));
  }

  /** The parameters, decoded. */
  Map<String, String> query() {
    Map<String, String> query = new HashMap<>();
    int question = target.indexOf('?');
    if (question >= 0) {
      for (String pair : target.substring(question + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          query.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
        }
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** A line without its end; null when there is none. */
  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (line.size() == LONGEST_LINE) {
        throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
      }
      line.write(next);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}

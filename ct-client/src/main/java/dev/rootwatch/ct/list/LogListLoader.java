package dev.rootwatch.ct.list;

import dev.rootwatch.ct.Quoted;
import dev.rootwatch.ct.list.LogListAnswer.Loaded;
import dev.rootwatch.ct.list.LogListAnswer.NotModified;
import dev.rootwatch.ct.list.LogListAnswer.Reason;
import dev.rootwatch.ct.list.LogListAnswer.Refused;
import dev.rootwatch.ct.list.LogListAnswer.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Gets log lists from the network or from a file. Of a list with a key nothing is read before its
 * signature holds.
 */
public final class LogListLoader {
  /**
   * The list that {@code list: default} means, signed with {@link ListKey#google}: all logs that
   * Google knows. Its smaller sister {@code log_list.json} has only those that Chrome recognises,
   * and so no pending ones, which a configuration may ask for.
   */
  public static final URI DEFAULT_LIST =
      URI.create("https://www.gstatic.com/ct/log_list/v3/all_logs_list.json");

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
  private static final int MAX_SIGNATURE_BYTES = 16 * 1024;

  private final OkHttpClient client;
  private final String userAgent;

  /**
   * A loader.
   *
   * @param client its connections are used, each call within a minute; redirects are not followed
   * @param userAgent who asks: what is served depends on it
   */
  public LogListLoader(OkHttpClient client, String userAgent) {
    this(client, userAgent, CALL_TIMEOUT);
  }

  LogListLoader(OkHttpClient client, String userAgent, Duration callTimeout) {
    this.client =
        client
            .newBuilder()
            .callTimeout(callTimeout)
            .followRedirects(false)
            .followSslRedirects(false)
            .build();
    this.userAgent = userAgent;
  }

  /**
   * Gets a list and its signature, which lies at the same address with {@code .sig} for {@code
   * .json}.
   *
   * @param etag of the list that the caller has; null to get it in any case
   */
  public LogListAnswer fetch(URI list, ListKey key, @Nullable String etag)
      throws InterruptedException {
    HttpUrl listUrl = HttpUrl.parse(list.toString());
    HttpUrl signatureUrl =
        ListAddress.signatureOf(list.toString()).map(HttpUrl::parse).orElse(null);
    if (!ListAddress.mayBeRead(list) || listUrl == null || signatureUrl == null) {
      return new Unavailable(
          Quoted.of(list.toString())
              + " is no list's address: https (or http on loopback), ending in .json");
    }
    LogListAnswer first = fetchOnce(listUrl, signatureUrl, key, etag);
    // A list published between the two requests fails its check once, not twice.
    return first instanceof Refused(Reason reason, _) && reason == Reason.SIGNATURE
        ? fetchOnce(listUrl, signatureUrl, key, null)
        : first;
  }

  private LogListAnswer fetchOnce(
      HttpUrl list, HttpUrl signatureUrl, ListKey key, @Nullable String etag)
      throws InterruptedException {
    HttpUrl asked = list;
    try (Response response = client.newCall(request(list, etag)).execute()) {
      if (response.code() == 304 && etag != null) {
        return new NotModified();
      }
      byte[] bytes = body(response, LogList.MAX_BYTES);
      asked = signatureUrl;
      try (Response signed = client.newCall(request(signatureUrl, null)).execute()) {
        byte[] signature = body(signed, MAX_SIGNATURE_BYTES);
        return check(list.toString(), bytes, signature, key, etag(response));
      }
    } catch (IOException e) {
      // OkHttp throws InterruptedException itself in some places, InterruptedIOException in others.
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while fetching " + asked);
      }
      return new Unavailable("cannot get " + asked + ": " + e.getMessage());
    }
  }

  private Request request(HttpUrl url, @Nullable String etag) {
    Request.Builder request = new Request.Builder().url(url).header("User-Agent", userAgent);
    if (etag != null) {
      request.header("If-None-Match", etag);
    }
    return request.build();
  }

  /** An entity tag that we can send back: visible ASCII of some length. */
  private static @Nullable String etag(Response response) {
    String tag = response.header("ETag");
    return tag != null && tag.matches("[!-~]{1,256}") ? tag : null;
  }

  private static byte[] body(Response response, int limit) throws IOException {
    if (!response.isSuccessful()) {
      throw new IOException("status " + response.code());
    }
    try (InputStream body = response.body().byteStream()) {
      return atMost(limit, body);
    }
  }

  private static byte[] atMost(int limit, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw new IOException("more than " + limit + " bytes");
    }
    return bytes;
  }

  /**
   * Reads a list from a file.
   *
   * @param key when known, the signature must lie beside the file, {@code .sig} for {@code .json};
   *     null to take the list unsigned
   */
  public static LogListAnswer read(Path file, @Nullable ListKey key) {
    byte[] bytes;
    try {
      bytes = read(file, LogList.MAX_BYTES);
    } catch (IOException e) {
      return new Unavailable("cannot read the log list " + file + ": " + said(e));
    }
    if (key == null) {
      return parse(file.toString(), bytes, null, null);
    }
    Optional<Path> beside = ListAddress.signatureOf(file.toString()).map(Path::of);
    if (beside.isEmpty()) {
      return new Refused(
          Reason.SIGNATURE,
          "the log list " + file + " has a key, but its name does not end in .json: no signature");
    }
    try {
      byte[] signature = read(beside.get(), MAX_SIGNATURE_BYTES);
      return check(file.toString(), bytes, signature, key, null);
    } catch (IOException e) {
      return new Refused(
          Reason.SIGNATURE,
          "the log list %s has a key, but its signature %s cannot be read: %s"
              .formatted(file, beside.get(), said(e)));
    }
  }

  private static byte[] read(Path file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return atMost(limit, in);
    }
  }

  private static String said(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /**
   * Checks and reads a list that was kept.
   *
   * @param where what to call it in messages
   * @param signature raw or base64
   */
  public static LogListAnswer check(String where, byte[] bytes, byte[] signature, ListKey key) {
    return check(where, bytes, signature, key, null);
  }

  private static LogListAnswer check(
      String where, byte[] bytes, byte[] signature, ListKey key, @Nullable String etag) {
    return key.verifies(bytes, signature)
        ? parse(where, bytes, signature, etag)
        : new Refused(
            Reason.SIGNATURE, "the signature of the log list " + where + " does not verify");
  }

  private static LogListAnswer parse(
      String where, byte[] bytes, byte @Nullable [] signature, @Nullable String etag) {
    try {
      return new Loaded(LogList.parse(bytes), bytes, signature, etag);
    } catch (ParseException e) {
      return new Refused(
          Reason.UNREADABLE,
          "the log list %s cannot be read, at byte %d: %s"
              .formatted(where, e.getErrorOffset(), e.getMessage()));
    }
  }
}

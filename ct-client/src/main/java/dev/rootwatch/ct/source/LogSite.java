package dev.rootwatch.ct.source;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.source.SourceException.Kind;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** One log at its address: what all of its sources share. */
final class LogSite {
  private final CtLog log;
  private final LogHttp http;
  private final Pace pace;
  private final HttpUrl base;

  /**
   * @param pace of all requests to this log
   * @throws IllegalArgumentException when the log's url is no http or https url
   */
  LogSite(CtLog log, LogHttp http, Pace pace) {
    this.log = log;
    this.http = http;
    this.pace = pace;
    this.base = HttpUrl.get(log.url().toString());
  }

  CtLog log() {
    return log;
  }

  BufferPool buffers() {
    return http.buffers();
  }

  /**
   * Asks once, when it is this log's turn; see {@link LogHttp}.
   *
   * @param path under the log's url, which ends in a slash
   */
  PooledBytes get(LogEndpoint endpoint, String path, int sizeHint)
      throws SourceException, InterruptedException {
    return get(endpoint, url(path).build(), sizeHint);
  }

  PooledBytes get(LogEndpoint endpoint, HttpUrl url, int sizeHint)
      throws SourceException, InterruptedException {
    Pace.Turn turn = pace.await();
    try {
      PooledBytes body = http.get(log, endpoint, url, sizeHint);
      pace.answered();
      return body;
    } catch (SourceException e) {
      if (e.kind() == Kind.RATE_LIMITED) {
        pace.refused(turn, e.retryAfter());
      }
      throw e;
    }
  }

  HttpUrl.Builder url(String path) {
    return base.newBuilder().addPathSegments(path);
  }

  /** An answer that breaks the protocol. */
  SourceException invalid(LogEndpoint endpoint, String what) {
    return invalid(endpoint, what, null);
  }

  SourceException invalid(LogEndpoint endpoint, String what, @Nullable Throwable cause) {
    return new SourceException(
        Kind.INVALID_ANSWER, endpoint.word() + " of " + base + ": " + what, null, cause);
  }

  /** A head that is not to be believed. */
  SourceException invalidHead(LogEndpoint endpoint, String what) {
    return new SourceException(Kind.INVALID_HEAD, endpoint.word() + " of " + base + ": " + what);
  }
}

package dev.rootwatch.ct.source;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.source.SourceException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.GzipSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * How a log is asked over HTTP: one GET, one answer, nothing believed. Says who we are, bounds what
 * comes, decodes it into pooled memory, and turns everything that goes wrong into a {@link
 * SourceException}. Asks once: whoever reads a log decides about asking again. Safe for several
 * threads; one serves the whole process.
 *
 * <p>Redirects are not followed: a log is where its list says it is. Each request is tagged with a
 * {@link LogRequest} for interceptors that count. Gzip is asked for and decoded here, not by
 * OkHttp.
 */
public final class LogHttp {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration READ_LIMIT = Duration.ofSeconds(60);
  private static final Duration CALL_LIMIT = Duration.ofMinutes(2);

  /** What a call may wait in OkHttp's own queue, beyond its time limit. */
  private static final Duration QUEUE_LIMIT = Duration.ofSeconds(30);

  /** Before a body says how large it is, this much is believed. */
  private static final int TRUSTED_LENGTH = 1 << 20;

  private static final int MAX_IDLE_INFLATERS = 32;

  private final OkHttpClient client;
  private final String userAgent;
  private final InstantSource clock;
  private final BufferPool buffers;
  private final ArrayBlockingQueue<GzipInflater> inflaters;
  private final boolean keepAlive;

  /**
   * @param client shares its connections, threads and interceptors with us; its redirects are
   *     turned off, and a call without a time limit gets one of two minutes
   * @param userAgent {@code rootwatch/<version> (+contact)}: operators of logs want an address to
   *     write to, and slow down whoever has none
   * @param clock for Retry-After dates
   * @param buffers where bodies are kept
   * @throws IllegalArgumentException when the User-Agent is empty or not printable ASCII
   */
  public LogHttp(OkHttpClient client, String userAgent, InstantSource clock, BufferPool buffers) {
    this(
        bounded(client),
        checkUserAgent(userAgent),
        clock,
        buffers,
        new ArrayBlockingQueue<>(MAX_IDLE_INFLATERS),
        true);
  }

  private LogHttp(
      OkHttpClient client,
      String userAgent,
      InstantSource clock,
      BufferPool buffers,
      ArrayBlockingQueue<GzipInflater> inflaters,
      boolean keepAlive) {
    this.client = client;
    this.userAgent = userAgent;
    this.clock = clock;
    this.buffers = buffers;
    this.inflaters = inflaters;
    this.keepAlive = keepAlive;
  }

  /**
   * A client fit for many logs: virtual threads, no queue of its own (how much a log is asked at
   * once is for its reader to say), time limits, proxies.
   *
   * @param environment the process environment; {@code HTTPS_PROXY} and {@code NO_PROXY} count
   *     unless {@code -Dhttps.proxyHost} is given
   * @throws IllegalArgumentException when a proxy in it cannot be understood
   */
  public static OkHttpClient.Builder newClient(Map<String, String> environment) {
    Dispatcher dispatcher =
        new Dispatcher(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("log-http-", 0).factory()));
    dispatcher.setMaxRequests(1024);
    dispatcher.setMaxRequestsPerHost(256);
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            // Some fifty logs on half as many hosts, a few connections each; polls are 30 s apart.
            .connectionPool(new ConnectionPool(128, 75, TimeUnit.SECONDS))
            .connectTimeout(CONNECT_LIMIT)
            .readTimeout(READ_LIMIT)
            .writeTimeout(READ_LIMIT)
            .callTimeout(CALL_LIMIT)
            .followRedirects(false)
            .followSslRedirects(false);
    EnvironmentProxy.from(environment, System.getProperties())
        .ifPresent(proxy -> builder.proxySelector(proxy).proxyAuthenticator(proxy.authenticator()));
    return builder;
  }

  /**
   * The same, but every connection is closed after its answer: some logs count connections, not
   * requests.
   */
  public LogHttp withoutKeepAlive() {
    return new LogHttp(client, userAgent, clock, buffers, inflaters, false);
  }

  BufferPool buffers() {
    return buffers;
  }

  /**
   * Asks once.
   *
   * @param url where; under the log's own url
   * @param sizeHint how many bytes the body will probably have; 0 when there is no telling
   * @return the decoded body; the caller closes it
   */
  PooledBytes get(CtLog log, LogEndpoint endpoint, HttpUrl url, int sizeHint)
      throws SourceException, InterruptedException {
    Call call = client.newCall(request(log, endpoint, url));
    CompletableFuture<PooledBytes> answer = new CompletableFuture<>();
    // Not execute(): a thread that is interrupted while it reads a socket would not notice.
    call.enqueue(new Receiver(endpoint, sizeHint, answer));
    boolean given = false;
    try {
      long limit = call.timeout().timeoutNanos() + QUEUE_LIMIT.toNanos();
      PooledBytes body = answer.get(limit, TimeUnit.NANOSECONDS);
      given = true;
      return body;
    } catch (ExecutionException e) {
      throw failure(endpoint, url, e.getCause());
    } catch (TimeoutException e) {
      throw failure(endpoint, url, new IOException("still waiting for a free connection"));
    } finally {
      if (!given) {
        abandon(call, answer);
      }
    }
  }

  /** Ends a call that nobody waits for any more, and closes what it may still bring. */
  private static void abandon(Call call, CompletableFuture<PooledBytes> answer) {
    call.cancel();
    var _ =
        answer.whenComplete((late, _) -> {
          if (late != null) {
            late.close();
          }
        });
  }

  private Request request(CtLog log, LogEndpoint endpoint, HttpUrl url) {
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .tag(LogRequest.class, new LogRequest(log.id(), endpoint))
            .header("User-Agent", userAgent)
            .header("Accept-Encoding", "gzip");
    if (!keepAlive) {
      request.header("Connection", "close");
    }
    return request.build();
  }

  private static SourceException failure(
      LogEndpoint endpoint, HttpUrl url, @Nullable Throwable cause) {
    String asked = endpoint.word() + " at " + url + ": ";
    return switch (cause) {
      case SourceException e ->
          new SourceException(e.kind(), asked + e.getMessage(), e.retryAfter(), e);
      case InvalidAnswer e -> new SourceException(Kind.INVALID_ANSWER, asked + e.reason(), null, e);
      case IOException e ->
          new SourceException(
              Kind.UNAVAILABLE,
              asked
                  + "no answer: "
                  + e.getClass().getSimpleName()
                  + (e.getMessage() == null ? "" : " " + Excerpt.of(e.getMessage())),
              null,
              e);
      case null, default -> throw new IllegalStateException(asked + "failed", cause);
    };
  }

  /** Reads the answer on OkHttp's thread, so that nobody else ever blocks on a socket. */
  private final class Receiver implements Callback {
    private final LogEndpoint endpoint;
    private final int sizeHint;
    private final CompletableFuture<PooledBytes> answer;

    Receiver(LogEndpoint endpoint, int sizeHint, CompletableFuture<PooledBytes> answer) {
      this.endpoint = endpoint;
      this.sizeHint = sizeHint;
      this.answer = answer;
    }

    @Override
    public void onFailure(Call call, IOException e) {
      answer.completeExceptionally(e);
    }

    @Override
    public void onResponse(Call call, Response response) {
      try (response) {
        checkStatus(response);
        checkType(response);
        answer.complete(body(response.body(), encoding(response), endpoint, sizeHint));
      } catch (Throwable e) { // whatever it is, somebody waits for it
        answer.completeExceptionally(e);
      }
    }
  }

  private void checkStatus(Response response) throws SourceException {
    int code = response.code();
    if (code == 200) {
      return;
    }
    Kind kind =
        switch (code) {
          case 404, 410 -> Kind.NOT_FOUND;
          case 429, 503 -> Kind.RATE_LIMITED;
          // Refused or too early: it is us or the moment, not what we asked.
          case 401, 403, 407, 408, 425 -> Kind.UNAVAILABLE;
          default -> code >= 500 ? Kind.UNAVAILABLE : Kind.INVALID_ANSWER;
        };
    StringBuilder message = new StringBuilder("status ").append(code);
    String location = response.header("Location");
    if (response.isRedirect() && location != null) {
      message.append(", a redirect to ").append(Excerpt.of(location)).append(", is not followed");
    }
    String retryAfter = response.header("Retry-After");
    Duration wait = RetryAfter.parse(retryAfter, clock.instant());
    if (retryAfter != null && wait == null) {
      message.append(", Retry-After ").append(Excerpt.of(retryAfter)).append(" does not count");
    }
    String excerpt = excerpt(response);
    if (!excerpt.isEmpty()) {
      message.append(", ").append(excerpt);
    }
    throw new SourceException(kind, message.toString(), wait, null);
  }

  /** Portals and broken front ends answer 200 with a page for people. */
  private static void checkType(Response response) throws SourceException {
    String type = response.header("Content-Type");
    if (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("text/html")) {
      throw new SourceException(
          Kind.INVALID_ANSWER, "an HTML page instead of an answer, " + excerpt(response));
    }
  }

  private static String encoding(Response response) throws InvalidAnswer {
    String encoding = response.header("Content-Encoding", "identity");
    return switch (String.valueOf(encoding).strip().toLowerCase(Locale.ROOT)) {
      case "gzip", "x-gzip" -> "gzip";
      case "identity", "" -> "identity";
      default ->
          throw new InvalidAnswer(
              "Content-Encoding " + Excerpt.of(String.valueOf(encoding)) + " was not asked for");
    };
  }

  private PooledBytes body(ResponseBody body, String encoding, LogEndpoint endpoint, int sizeHint)
      throws IOException {
    int maxBytes = endpoint.maxBytes();
    long announced = body.contentLength();
    boolean gzip = encoding.equals("gzip");
    if (announced > (gzip ? GzipInflater.slack(maxBytes) : maxBytes)) {
      throw new InvalidAnswer("announces " + announced + " bytes, " + maxBytes + " are allowed");
    }
    long expected = Math.max(sizeHint, Math.min(announced, TRUSTED_LENGTH));
    // One more, so that the end is seen without growing.
    PooledBytes target = new PooledBytes(buffers, (int) Math.min(expected, maxBytes) + 1);
    boolean complete = false;
    try (InputStream source = body.byteStream()) {
      if (gzip) {
        inflate(source, target, maxBytes);
      } else {
        copy(source, target, maxBytes);
      }
      complete = true;
      return target;
    } finally {
      if (!complete) {
        target.close();
      }
    }
  }

  private void inflate(InputStream source, PooledBytes target, int maxBytes) throws IOException {
    GzipInflater inflater = inflaters.poll();
    if (inflater == null) {
      inflater = new GzipInflater();
    }
    try {
      inflater.inflate(source, target, maxBytes);
    } finally {
      if (!inflaters.offer(inflater)) {
        inflater.close();
      }
    }
  }

  private static void copy(InputStream source, PooledBytes target, int maxBytes)
      throws IOException {
    while (true) {
      int length = target.length();
      byte[] bytes =
          length < target.bytes().length
              ? target.bytes()
              : target.grow((int) Math.min(2L * length, maxBytes + 1L));
      int read = source.read(bytes, length, Math.min(bytes.length, maxBytes + 1) - length);
      if (read < 0) {
        target.setTransferred(length);
        return;
      }
      target.setLength(length + read);
      if (length + read > maxBytes) {
        throw new InvalidAnswer("more than " + maxBytes + " bytes");
      }
    }
  }

  /** How the body begins, for a message; empty when there is none or it cannot be read. */
  private static String excerpt(Response response) {
    try {
      boolean gzip = "gzip".equalsIgnoreCase(response.header("Content-Encoding"));
      try (var source =
          gzip ? Okio.buffer(new GzipSource(response.body().source())) : response.body().source()) {
        byte[] start = new byte[400];
        int length = 0;
        for (int read; length < start.length; length += read) {
          read = source.read(start, length, start.length - length);
          if (read < 0) {
            break;
          }
        }
        return length == 0 ? "" : Excerpt.of(start, length);
      }
    } catch (IOException unreadable) {
      return "";
    }
  }

  private static OkHttpClient bounded(OkHttpClient client) {
    OkHttpClient.Builder builder =
        client.newBuilder().followRedirects(false).followSslRedirects(false);
    if (client.callTimeoutMillis() == 0) {
      builder.callTimeout(CALL_LIMIT);
    }
    return builder.build();
  }

  private static String checkUserAgent(String userAgent) {
    if (userAgent.isBlank() || !userAgent.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException(
          "User-Agent must be printable ASCII, like \"rootwatch/1.0 (+soc@corp.tld)\", not "
              + Excerpt.of(userAgent));
    }
    return userAgent;
  }
}

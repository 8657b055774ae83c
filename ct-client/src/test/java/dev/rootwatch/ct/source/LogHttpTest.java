package dev.rootwatch.ct.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.source.SourceException.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LogHttpTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String AGENT = "rootwatch/0 (+soc@corp.tld)";

  private final MockWebServer server = new MockWebServer();
  private final BufferPool buffers = new BufferPool(16 << 20);
  private final List<LogRequest> seen = new CopyOnWriteArrayList<>();
  private final OkHttpClient client =
      LogHttp.newClient(Map.of())
          .addInterceptor(chain -> {
            LogRequest tag = chain.request().tag(LogRequest.class);
            if (tag != null) {
              seen.add(tag);
            }
            return chain.proceed(chain.request());
          })
          .build();
  private final LogHttp http = new LogHttp(client, AGENT, InstantSource.fixed(NOW), buffers);
  private @Nullable CtLog log;

  @BeforeEach
  void start() throws IOException {
    server.start();
    log =
        CtLog.custom(
            "test", server.url("/log/").uri(), LogProtocol.RFC6962, new TestKeys().logKey());
  }

  @AfterEach
  void stop() {
    server.close();
    client.connectionPool().evictAll();
  }

  private CtLog log() {
    return Objects.requireNonNull(log);
  }

  private PooledBytes get(LogHttp from, LogEndpoint endpoint)
      throws SourceException, InterruptedException {
    return new LogSite(log(), from, Pace.unlimited()).get(endpoint, "some/path", 0);
  }

  private SourceException failure(LogHttp from, LogEndpoint endpoint) {
    SourceException e =
        catchThrowableOfType(SourceException.class, () -> get(from, endpoint).close());
    assertThat(e).isNotNull();
    return e;
  }

  private SourceException failure(MockResponse response) {
    server.enqueue(response);
    return failure(http, LogEndpoint.CHECKPOINT);
  }

  private static MockResponse.Builder response() {
    return new MockResponse.Builder();
  }

  private static Buffer buffer(byte[] bytes) {
    return new Buffer().write(bytes);
  }

  private static MockResponse gzipped(byte[] body) {
    return response().setHeader("Content-Encoding", "gzip").body(buffer(body)).build();
  }

  @Test
  void get_anything_saysWhoAsksAndForWhat() throws Exception {
    server.enqueue(response().body("hello").build());
    try (PooledBytes body = get(http, LogEndpoint.CHECKPOINT)) {
      assertThat(body.copy()).asString(UTF_8).isEqualTo("hello");
      assertThat(body.transferred()).isEqualTo(5);
    }
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/log/some/path");
    assertThat(request.getHeaders().get("User-Agent")).isEqualTo(AGENT);
    assertThat(request.getHeaders().get("Accept-Encoding")).isEqualTo("gzip");
    assertThat(seen).containsExactly(new LogRequest(log().id(), LogEndpoint.CHECKPOINT));
  }

  @Test
  void get_twice_keepsTheConnection() throws Exception {
    for (int i = 0; i < 2; i++) {
      server.enqueue(response().body("hello").build());
      get(http, LogEndpoint.CHECKPOINT).close();
    }
    server.takeRequest();
    assertThat(server.takeRequest().getConnectionIndex()).isZero();
  }

  @Test
  void withoutKeepAlive_twoRequests_twoConnections() throws Exception {
    for (int i = 0; i < 2; i++) {
      server.enqueue(response().body("hello").build());
      get(http.withoutKeepAlive(), LogEndpoint.CHECKPOINT).close();
    }
    assertThat(server.takeRequest().getHeaders().get("Connection")).isEqualTo("close");
    assertThat(server.takeRequest().getConnectionIndex()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "rootwatch/0 (+mäil@corp.tld)", "a\r\nb"})
  void new_userAgentThatCannotBeSent_refused(String agent) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogHttp(client, agent, InstantSource.system(), buffers))
        .withMessageContaining("User-Agent");
  }

  @ParameterizedTest
  @CsvSource({
    "204, INVALID_ANSWER", "206, INVALID_ANSWER", "301, INVALID_ANSWER", "304, INVALID_ANSWER",
    "400, INVALID_ANSWER", "401, UNAVAILABLE", "403, UNAVAILABLE", "404, NOT_FOUND",
    "410, NOT_FOUND", "418, INVALID_ANSWER", "425, UNAVAILABLE", "429, RATE_LIMITED",
    "500, UNAVAILABLE", "502, UNAVAILABLE", "503, RATE_LIMITED", "504, UNAVAILABLE",
    "599, UNAVAILABLE"
  })
  void get_status_mappedToItsKind(int code, Kind kind) {
    SourceException e = failure(response().code(code).build());
    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e).hasMessageContaining("checkpoint at " + server.url("/log/some/path"));
    assertThat(e).hasMessageContaining("status " + code);
    assertThat(e.retryAfter()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void get_redirect_notFollowedAndSaid(int code) {
    SourceException e =
        failure(response().code(code).setHeader("Location", server.url("/elsewhere")).build());
    assertThat(e.kind()).isEqualTo(Kind.INVALID_ANSWER);
    assertThat(e).hasMessageContaining("/elsewhere").hasMessageContaining("not followed");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void get_redirectAndAClientThatFollows_notFollowed() {
    OkHttpClient follows = client.newBuilder().followRedirects(true).build();
    server.enqueue(response().code(302).setHeader("Location", server.url("/x")).build());
    server.enqueue(response().body("not to be read").build());
    LogHttp careful = new LogHttp(follows, AGENT, InstantSource.system(), buffers);
    assertThat(failure(careful, LogEndpoint.CHECKPOINT).kind()).isEqualTo(Kind.INVALID_ANSWER);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503, 500, 404})
  void get_retryAfter_passedOn(int code) {
    SourceException e = failure(response().code(code).setHeader("Retry-After", "7").build());
    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    e =
        failure(
            response()
                .code(code)
                .setHeader("Retry-After", "Tue, 24 Nov 2026 12:00:30 UTC")
                .build());
    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void get_retryAfterThatDoesNotCount_said() {
    SourceException e = failure(response().code(429).setHeader("Retry-After", "86400").build());
    assertThat(e.retryAfter()).isNull();
    assertThat(e).hasMessageContaining("Retry-After \"86400\" does not count");
  }

  @Test
  void get_errorWithABody_excerptEscaped() {
    SourceException e =
        failure(
            response().code(400).body("need \u001b[31mtree\n\"size\" " + "x".repeat(99)).build());
    assertThat(e)
        .hasMessageContaining("\"need \\u{1b}[31mtree\\u{a}\\\"size\\\" xxx")
        .hasMessageEndingWith("x\"...");
    assertThat(e).hasMessageMatching("[ -~]{0,300}");
  }

  @Test
  void get_errorWithAGzippedBody_excerptReadable() {
    SourceException e =
        failure(
            response()
                .code(500)
                .setHeader("Content-Encoding", "gzip")
                .body(buffer(GzipInflaterTest.gzip("backend failed".getBytes(UTF_8))))
                .build());
    assertThat(e).hasMessageContaining("backend failed");
  }

  @Test
  void get_errorWithABrokenGzippedBody_statusStillSaid() {
    SourceException e =
        failure(response().code(500).setHeader("Content-Encoding", "gzip").body("no gzip").build());
    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(e).hasMessageContaining("status 500");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "text/html; charset=utf-8", " TEXT/HTML"})
  void get_htmlPage_invalidAnswerWithExcerpt(String type) {
    SourceException e =
        failure(
            response().addHeaderLenient("Content-Type", type).body("<h1>Log\u202ein</h1>").build());
    assertThat(e.kind()).isEqualTo(Kind.INVALID_ANSWER);
    assertThat(e).hasMessageContaining("HTML").hasMessageContaining("<h1>Log\\u{202e}in</h1>");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"GET_ENTRIES", "DATA_TILE"}) // 64 MiB: below
  void get_bodyOfExactlyTheCap_given(LogEndpoint endpoint) throws Exception {
    byte[] body = new byte[endpoint.maxBytes()];
    server.enqueue(response().body(buffer(body)).build());
    try (PooledBytes got = get(http, endpoint)) {
      assertThat(got.length()).isEqualTo(body.length);
      assertThat(got.transferred()).isEqualTo(body.length);
    }
    server.enqueue(gzipped(GzipInflaterTest.gzip(body)));
    try (PooledBytes got = get(http, endpoint)) {
      assertThat(got.length()).isEqualTo(body.length);
      assertThat(got.transferred()).isLessThan(body.length);
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"GET_ENTRIES", "DATA_TILE"}) // 64 MiB: below
  void get_oneByteMoreThanTheCap_refused(LogEndpoint endpoint) {
    byte[] body = new byte[endpoint.maxBytes() + 1];
    server.enqueue(response().body(buffer(body)).build());
    SourceException announced = failure(http, endpoint);
    assertThat(announced.kind()).isEqualTo(Kind.INVALID_ANSWER);
    assertThat(announced).hasMessageContaining("announces " + body.length);

    server.enqueue(response().chunkedBody(buffer(body), 1 << 20).build());
    SourceException chunked = failure(http, endpoint);
    assertThat(chunked.kind()).isEqualTo(Kind.INVALID_ANSWER);
    assertThat(chunked).hasMessageContaining("more than " + endpoint.maxBytes() + " bytes");

    server.enqueue(gzipped(GzipInflaterTest.gzip(body)));
    SourceException inflated = failure(http, endpoint);
    assertThat(inflated.kind()).isEqualTo(Kind.INVALID_ANSWER);
    assertThat(inflated).hasMessageContaining("after inflation");
  }

  @ParameterizedTest
  @EnumSource(names = {"GET_ENTRIES", "DATA_TILE"})
  void get_bombLargerThanTheLargestCap_refused(LogEndpoint endpoint) {
    // A thousandfold, as large as gzip can make it.
    byte[] bomb = GzipInflaterTest.gzip(new byte[endpoint.maxBytes() + 1]);
    server.enqueue(gzipped(bomb));
    SourceException e = failure(http, endpoint);
    assertThat(e.kind()).isEqualTo(Kind.INVALID_ANSWER);
    assertThat(e).hasMessageContaining("more than 67108864 bytes after inflation");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 300_000, 2_000_000})
  void get_gzip_decodedWhateverTheSize(int length) throws Exception {
    byte[] plain = GzipInflaterTest.noise(length);
    byte[] compressed = GzipInflaterTest.gzip(plain);
    server.enqueue(gzipped(compressed));
    server.enqueue(
        response()
            .setHeader("Content-Encoding", "x-gzip")
            .chunkedBody(buffer(compressed), 1000)
            .build());
    server.enqueue(response().chunkedBody(buffer(plain), 1000).build());
    for (int i = 0; i < 3; i++) {
      try (PooledBytes got = get(http, LogEndpoint.DATA_TILE)) {
        assertThat(Arrays.equals(got.copy(), plain)).isTrue();
        assertThat(got.transferred()).isEqualTo(i < 2 ? compressed.length : length);
      }
    }
  }

  @Test
  void get_gzipOfSeveralMembersWithNamesAndComments_decoded() throws Exception {
    Buffer body = new Buffer();
    body.write(GzipInflaterTest.gzip("one ".getBytes(UTF_8)));
    byte[] second = GzipInflaterTest.gzip("two".getBytes(UTF_8));
    // FEXTRA, FNAME, FCOMMENT, FHCRC
    body.write(new byte[] {0x1f, (byte) 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 0});
    body.write(new byte[] {3, 0, 'x', 'y', 'z', 'n', 0, 'c', 0, 1, 2});
    body.write(second, 10, second.length - 10);
    server.enqueue(response().setHeader("Content-Encoding", "gzip").body(body).build());
    try (PooledBytes got = get(http, LogEndpoint.CHECKPOINT)) {
      assertThat(got.copy()).asString(UTF_8).isEqualTo("one two");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "gzip, gzip", "zstd"})
  void get_encodingNobodyAskedFor_refused(String encoding) {
    SourceException e =
        failure(response().setHeader("Content-Encoding", encoding).body("x").build());
    assertThat(e.kind()).isEqualTo(Kind.INVALID_ANSWER);
    assertThat(e).hasMessageContaining(encoding);
  }

  @Test
  void get_connectionLostInTheBody_unavailable() {
    SourceException e =
        failure(
            response()
                .body(buffer(new byte[60_000]))
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());
    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void get_nobodyListens_unavailable() {
    server.close();
    SourceException e = failure(http, LogEndpoint.CHECKPOINT);
    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(e).hasMessageContaining("no answer");
  }

  @Test
  void get_bodyThatDripsForEver_endsAtTheCallLimit() {
    LogHttp impatient =
        new LogHttp(
            client.newBuilder().callTimeout(Duration.ofMillis(300)).build(),
            AGENT,
            InstantSource.system(),
            buffers);
    server.enqueue(
        response()
            .body(buffer(new byte[60_000]))
            .throttleBody(10, 50, TimeUnit.MILLISECONDS)
            .build());
    long start = System.nanoTime();
    SourceException e = failure(impatient, LogEndpoint.CHECKPOINT);
    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void get_silence_endsAtTheReadLimit() {
    LogHttp impatient =
        new LogHttp(
            client.newBuilder().readTimeout(Duration.ofMillis(200)).build(),
            AGENT,
            InstantSource.system(),
            buffers);
    server.enqueue(response().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    assertThat(failure(impatient, LogEndpoint.CHECKPOINT).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void get_proxyOfTheEnvironment_tunnelled() throws Exception {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("log.test").build();
    HandshakeCertificates tls =
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate)
            .addTrustedCertificate(certificate.certificate())
            .build();
    server.useHttps(tls.sslSocketFactory());
    server.enqueue(response().inTunnel().build());
    server.enqueue(response().body("through").build());
    OkHttpClient proxied =
        LogHttp.newClient(Map.of("HTTPS_PROXY", "http://me:secret@127.0.0.1:" + server.getPort()))
            .sslSocketFactory(tls.sslSocketFactory(), tls.trustManager())
            .build();
    LogHttp through = new LogHttp(proxied, AGENT, InstantSource.system(), buffers);
    CtLog far =
        CtLog.custom("far", URI.create("https://log.test/"), LogProtocol.STATIC, log().key());
    try (PooledBytes body =
        new LogSite(far, through, Pace.unlimited()).get(LogEndpoint.CHECKPOINT, "checkpoint", 0)) {
      assertThat(body.copy()).asString(UTF_8).isEqualTo("through");
    }
    RecordedRequest connect = server.takeRequest();
    assertThat(connect.getRequestLine()).startsWith("CONNECT log.test:443");
    assertThat(connect.getHeaders().get("Proxy-Authorization")).isEqualTo("Basic bWU6c2VjcmV0");
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/checkpoint");
    // The log learns nothing of it.
    assertThat(request.getHeaders().get("Proxy-Authorization")).isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void get_interruptedWhileWaiting_callCancelledAtOnce(boolean virtual) throws Exception {
    server.enqueue(response().body("x").onResponseStart(SocketEffect.Stall.INSTANCE).build());
    AtomicReference<Object> outcome = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);
    Runnable task =
        () -> {
          try {
            outcome.set(get(http, LogEndpoint.CHECKPOINT));
          } catch (SourceException | InterruptedException e) {
            outcome.set(e);
          }
          done.countDown();
        };
    Thread thread = (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(task);
    assertThat(server.takeRequest(10, TimeUnit.SECONDS)).isNotNull();
    thread.interrupt();
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    // The call ends with it, not a minute later with its time limit.
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (client.dispatcher().runningCallsCount() > 0 && System.nanoTime() < limit) {
      Thread.onSpinWait();
    }
    assertThat(client.dispatcher().runningCallsCount()).isZero();
  }

  @Test
  void get_theUrlOfALog_keepsItsQueryAndPath() {
    CtLog other =
        CtLog.custom("t", URI.create("http://127.0.0.1/a/b"), LogProtocol.STATIC, log().key());
    assertThat(
            new LogSite(other, http, Pace.unlimited())
                .url("tile/data/x001/234.p/7")
                .build()
                .toString())
        .isEqualTo("http://127.0.0.1/a/b/tile/data/x001/234.p/7");
  }
}

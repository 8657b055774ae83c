package dev.rootwatch.daemon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.source.BufferPool;
import dev.rootwatch.ct.source.LogHttp;
import dev.rootwatch.ct.source.LogSources;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.daemon.metrics.HttpMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Whatever servers say that the time is: three of them together move us, none throws. */
class ServerClocksFuzzTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));
  private static final LogKey KEY =
      LogKey.ofBase64(
          "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKHRm0H/zUaFA6Idz5cGvGO3tCPQyfGMgJmVBOPyKAP6mGM1IiNXi4CLomOUyYj0YN74p+eGVApFMsM4h/jzCsA==");

  /** A line each for up to four servers: Date, a bar, Age. */
  @FuzzTest(maxDuration = "5m")
  void dates(byte[] lines) throws InterruptedException {
    String[] said = new String(lines, ISO_8859_1).split("\n", 5);
    ServerClocks clocks = new ServerClocks(CLOCK);
    HttpMeters meters = new HttpMeters(new SimpleMeterRegistry(), _ -> "log");
    int answers = Math.min(4, said.length);
    for (int i = 0; i < answers; i++) {
      String[] parts = said[i].split("\\|", 2);
      OkHttpClient client =
          new OkHttpClient.Builder()
              .addInterceptor(meters)
              .addInterceptor(clocks)
              .addInterceptor(chain ->
                  new Response.Builder()
                      .request(chain.request())
                      .protocol(Protocol.HTTP_1_1)
                      .code(404)
                      .message("")
                      .headers(
                          new Headers.Builder()
                              .addUnsafeNonAscii("Date", parts[0])
                              .addUnsafeNonAscii("Age", parts.length > 1 ? parts[1] : "")
                              .build())
                      .body(ResponseBody.create("", null))
                      .build())
              .build();
      LogHttp http = new LogHttp(client, "rootwatch/test", CLOCK, new BufferPool(1 << 16));
      CtLog log =
          CtLog.custom("log", URI.create("https://log" + i + ".test/a/"), LogProtocol.RFC6962, KEY);
      try {
        LogSources.of(log, http).heads().latest();
      } catch (SourceException notFound) {
        assertThat(notFound.kind()).isEqualTo(SourceException.Kind.NOT_FOUND);
      }
    }
    if (answers < 3) {
      assertThat(clocks.logTime()).isEqualTo(CLOCK.instant());
    }
    assertThat(clocks.logTime()).isNotNull();
  }
}

package dev.rootwatch.daemon.metrics;

import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.source.LogRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.function.Function;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests to logs and the bytes of their answers as they came over the wire, headers left
 * out. An application interceptor: {@code OkHttpClient.Builder.addInterceptor}. Requests that are
 * not to a log pass through uncounted.
 */
public final class HttpMeters implements Interceptor {
  private final MeterRegistry registry;
  private final Function<LogId, String> label;

  /**
   * @param label short name or id of a log: one of as many values as logs are followed
   */
  public HttpMeters(MeterRegistry registry, Function<LogId, String> label) {
    this.registry = registry;
    this.label = label;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    @Nullable LogRequest asked = request.tag(LogRequest.class);
    if (asked == null) {
      return chain.proceed(request);
    }
    String log = label.apply(asked.log());
    Response response;
    try {
      response = chain.proceed(request);
    } catch (IOException e) {
      count(log, "no-answer");
      throw e;
    }
    count(log, outcome(response.code()));
    Counter bytes =
        Counter.builder("rootwatch.http.received.bytes")
            .description("Bytes of answers as they came over the wire")
            .tag("log", log)
            .register(registry);
    return response.newBuilder().body(new CountedBody(response.body(), bytes)).build();
  }

  private void count(String log, String outcome) {
    Counter.builder("rootwatch.http.requests")
        .description("Requests to logs, by outcome")
        .tags("log", log, "outcome", outcome)
        .register(registry)
        .increment();
  }

  private static String outcome(int code) {
    return switch (code) {
      case 404, 410 -> "not-found";
      case 429, 503 -> "rate-limited";
      default ->
          switch (code / 100) {
            case 2 -> "ok";
            case 3 -> "redirect";
            case 4 -> "client-error";
            default -> "server-error";
          };
    };
  }

  private static final class CountedBody extends ResponseBody {
    private final ResponseBody body;
    private final BufferedSource counted;

    CountedBody(ResponseBody body, Counter bytes) {
      this.body = body;
      this.counted = Okio.buffer(new CountedSource(body.source(), bytes));
    }

    @Override
    public @Nullable MediaType contentType() {
      return body.contentType();
    }

    @Override
    public long contentLength() {
      return body.contentLength();
    }

    @Override
    public BufferedSource source() {
      return counted;
    }
  }

  private static final class CountedSource extends ForwardingSource {
    private final Counter bytes;

    CountedSource(Source source, Counter bytes) {
      super(source);
      this.bytes = bytes;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long read = super.read(sink, byteCount);
      if (read > 0) {
        bytes.increment((double) read);
      }
      return read;
    }
  }
}

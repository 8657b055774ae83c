package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.alert.text.Visible;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;

/**
 * Posts JSON to one address. Redirects are not followed: an alert goes where the operator said, and
 * nowhere else. The address can be a secret, so it never gets into a message.
 */
final class HttpPost {
  private static final long MOST_BODY = 300;

  private final OkHttpClient client;
  private final HttpUrl url;
  private final InstantSource clock;

  HttpPost(SinkEnvironment environment, HttpUrl url, Duration timeout) {
    this.client =
        environment
            .http()
            .newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            .callTimeout(timeout)
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .writeTimeout(timeout)
            .build();
    this.url = url;
    this.clock = environment.clock();
  }

  HttpAnswer send(byte[] json, Map<String, String> headers) throws InterruptedException {
    Request.Builder request =
        new Request.Builder().url(url).header("User-Agent", "Rootwatch").post(new JsonBody(json));
    headers.forEach(request::header);
    try (Response response = client.newCall(request.build()).execute()) {
      return new HttpAnswer.Answered(
          response.code(),
          RetryAfter.parse(response.header("Retry-After"), clock.instant()),
          beginning(response.body().source()));
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return new HttpAnswer.NotAnswered(reason(e));
    }
  }

  /** The status is the answer; a body that breaks off does not undo it. */
  private static String beginning(BufferedSource body) {
    try {
      body.request(MOST_BODY);
    } catch (IOException e) {
      if (body.getBuffer().size() == 0) {
        return "";
      }
    }
    long bytes = Math.min(MOST_BODY, body.getBuffer().size());
    return Visible.of(body.getBuffer().snapshot((int) bytes).utf8().strip(), (int) MOST_BODY);
  }

  /**
   * Sent once: OkHttp would answer a 408 by sending it again. When to try again is the dispatcher's
   * business.
   */
  private static final class JsonBody extends RequestBody {
    private static final MediaType JSON = MediaType.get("application/json");

    private final byte[] json;

    JsonBody(byte[] json) {
      this.json = json;
    }

    @Override
    public MediaType contentType() {
      return JSON;
    }

    @Override
    public long contentLength() {
      return json.length;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(json);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case UnknownHostException _ -> "the host's name cannot be resolved";
      case ConnectException _ -> "no connection";
      case SocketTimeoutException _ -> "no answer in time";
      case SSLException tls -> "TLS: " + Visible.of(String.valueOf(tls.getMessage()), 200);
      default ->
          "timeout".equals(e.getMessage())
              ? "no answer in time"
              : "connection broke: " + e.getClass().getSimpleName();
    };
  }
}

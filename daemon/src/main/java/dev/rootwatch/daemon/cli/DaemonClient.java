package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.web.ApiAccess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the daemon that writes a store, over its loopback API. */
final class DaemonClient {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final long MOST_BYTES = 1 << 20;

  private final Path apiFile;

  /**
   * @param store the store's file
   */
  DaemonClient(Path store) {
    this.apiFile = ApiAccess.fileOf(store);
  }

  /**
   * Asks for something to be done about an alert that is in the store.
   *
   * @return what the daemon said of it; empty when no daemon runs on this store
   * @throws CommandFailure when the daemon did not do it
   */
  Optional<JsonNode> about(String alertId, String verb) throws IOException {
    Optional<Answer> answer = post("alerts", alertId, verb);
    if (answer.isPresent() && answer.get().status() != 200) {
      throw CommandFailure.running("the daemon: " + answer.get().error());
    }
    return answer.map(Answer::body);
  }

  /** What the daemon answered. */
  record Answer(int status, JsonNode body) {
    /** Why it did not do it. */
    String error() {
      return body.path("error").asString("status " + status);
    }
  }

  /**
   * Asks for something to be done.
   *
   * @param path segments below {@code /api}
   * @return empty when no daemon runs on this store
   */
  Optional<Answer> post(String... path) throws IOException {
    Optional<ApiAccess> access = ApiAccess.read(apiFile);
    if (access.isEmpty()) {
      return Optional.empty();
    }
    HttpUrl.Builder url =
        HttpUrl.get(access.get().base().toString()).newBuilder().addPathSegment("api");
    for (String segment : path) {
      url.addPathSegment(segment);
    }
    Request request =
        new Request.Builder()
            .url(url.build())
            .header("Authorization", "Bearer " + access.get().token())
            .post(RequestBody.EMPTY)
            .build();
    OkHttpClient http = new OkHttpClient.Builder().proxy(Proxy.NO_PROXY).callTimeout(LIMIT).build();
    try (Response response = http.newCall(request).execute()) {
      JsonNode body = JsonMapper.shared().readTree(response.peekBody(MOST_BYTES).string());
      return Optional.of(new Answer(response.code(), body));
    } catch (ConnectException nobodyListens) {
      // Left behind by a daemon that was killed.
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IOException(
          "what answers at " + access.get().base() + " is no rootwatch daemon", e);
    } finally {
      http.connectionPool().evictAll();
    }
  }
}

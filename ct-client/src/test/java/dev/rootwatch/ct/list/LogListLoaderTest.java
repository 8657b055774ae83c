package dev.rootwatch.ct.list;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rootwatch.ct.list.LogListAnswer.Loaded;
import dev.rootwatch.ct.list.LogListAnswer.NotModified;
import dev.rootwatch.ct.list.LogListAnswer.Reason;
import dev.rootwatch.ct.list.LogListAnswer.Refused;
import dev.rootwatch.ct.list.LogListAnswer.Unavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists over HTTP and from files; nothing unsigned gets through where a key is known. */
class LogListLoaderTest {
  private static final KeyPair PUBLISHER = ListText.publisher();
  private static final ListKey KEY = ListKey.ofPem(ListText.pem(PUBLISHER));
  private static final byte[] LIST =
      ListText.list("2026-11-01T12:00:00Z", "Op", ListText.usable(0)).getBytes(UTF_8);
  private static final byte[] SIGNATURE = ListText.sign(PUBLISHER.getPrivate(), LIST);

  private final MockWebServer server = new MockWebServer();
  private final OkHttpClient client = new OkHttpClient();
  private final LogListLoader loader = new LogListLoader(client, "Rootwatch/1 (soc@corp.test)");

  @TempDir Path directory;

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }

  private LogListAnswer fetch(@Nullable String etag) throws InterruptedException {
    return loader.fetch(URI.create(server.url("/v3/all.json").toString()), KEY, etag);
  }

  private static MockResponse ok(byte[] body) {
    return new MockResponse.Builder().body(new Buffer().write(body)).build();
  }

  @Test
  void fetch_signedList_loadedWithItsTagAndSignature() throws InterruptedException {
    server.enqueue(ok(LIST).newBuilder().addHeader("ETag", "\"abc\"").build());
    server.enqueue(ok(SIGNATURE));

    LogListAnswer answer = fetch(null);

    assertThat(answer).isInstanceOf(Loaded.class);
    if (answer instanceof Loaded loaded) {
      assertThat(loaded.list().logs()).hasSize(1);
      assertThat(loaded.bytes()).isEqualTo(LIST);
      assertThat(loaded.signature()).isEqualTo(SIGNATURE);
      assertThat(loaded.etag()).isEqualTo("\"abc\"");
      assertThat(LogListLoader.check("kept", loaded.bytes(), SIGNATURE, KEY))
          .isInstanceOf(Loaded.class);
    }
    var list = server.takeRequest();
    assertThat(list.getTarget()).isEqualTo("/v3/all.json");
    assertThat(list.getHeaders().get("User-Agent")).isEqualTo("Rootwatch/1 (soc@corp.test)");
    assertThat(list.getHeaders().get("If-None-Match")).isNull();
    assertThat(server.takeRequest().getTarget()).isEqualTo("/v3/all.sig");
  }

  @Test
  void fetch_unchangedList_notModified() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().code(304).build());
    assertThat(fetch("\"abc\"")).isEqualTo(new NotModified());
    assertThat(server.takeRequest().getHeaders().get("If-None-Match")).isEqualTo("\"abc\"");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void fetch_wrongSignatureTwice_refused() throws InterruptedException {
    byte[] changed = LIST.clone();
    changed[changed.length - 1] = ' ';
    for (int i = 0; i < 2; i++) {
      server.enqueue(ok(changed));
      server.enqueue(ok(SIGNATURE));
    }
    assertThat(fetch(null))
        .isEqualTo(
            new Refused(
                Reason.SIGNATURE,
                "the signature of the log list "
                    + server.url("/v3/all.json")
                    + " does not verify"));
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void fetch_listPublishedBetweenTheRequests_loadedAtTheSecondTry() throws InterruptedException {
    byte[] older = ListText.list("2026-10-01T12:00:00Z", "Op", ListText.usable(0)).getBytes(UTF_8);
    server.enqueue(ok(older));
    server.enqueue(ok(SIGNATURE));
    server.enqueue(ok(LIST));
    server.enqueue(ok(SIGNATURE));
    assertThat(fetch(null)).isInstanceOf(Loaded.class);
  }

  @Test
  void fetch_noAnswer_unavailable() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().code(503).build());
    assertThat(fetch(null))
        .isEqualTo(new Unavailable("cannot get " + server.url("/v3/all.json") + ": status 503"));
    server.enqueue(ok(LIST));
    server.enqueue(new MockResponse.Builder().code(404).build());
    assertThat(fetch(null))
        .isEqualTo(new Unavailable("cannot get " + server.url("/v3/all.sig") + ": status 404"));
    server.enqueue(ok(new byte[LogList.MAX_BYTES + 1]));
    assertThat(fetch(null)).asString().contains("more than 8388608 bytes");
  }

  @Test
  void fetch_slowAnswer_unavailableWhenTheTimeIsUp() throws InterruptedException {
    LogListLoader impatient = new LogListLoader(client, "Rootwatch/1", Duration.ofMillis(300));
    server.enqueue(ok(LIST).newBuilder().throttleBody(16, 100, TimeUnit.MILLISECONDS).build());
    assertThat(impatient.fetch(URI.create(server.url("/v3/all.json").toString()), KEY, null))
        .isEqualTo(new Unavailable("cannot get " + server.url("/v3/all.json") + ": timeout"));
  }

  @Test
  void fetch_redirect_notFollowed() throws InterruptedException {
    server.enqueue(
        new MockResponse.Builder()
            .code(302)
            .addHeader("Location", server.url("/elsewhere.json"))
            .build());
    assertThat(fetch(null))
        .isEqualTo(new Unavailable("cannot get " + server.url("/v3/all.json") + ": status 302"));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void fetch_pageInPlaceOfList_refused() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      server.enqueue(ok("<html>Please log in</html>".getBytes(UTF_8)));
    }
    assertThat(fetch(null))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.SIGNATURE));
  }

  @Test
  void fetch_bodyThatInflatesWithoutEnd_unavailable() throws InterruptedException, IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[LogList.MAX_BYTES + 1]);
    }
    server.enqueue(
        ok(packed.toByteArray()).newBuilder().addHeader("Content-Encoding", "gzip").build());
    assertThat(fetch(null)).asString().contains("more than 8388608 bytes");
  }

  @Test
  void fetch_notModifiedThoughNothingWasKnown_unavailable() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().code(304).build());
    assertThat(fetch(null)).asString().contains("status 304");
  }

  @Test
  void fetch_signedButNoList_refused() throws InterruptedException {
    byte[] html = "<html>".getBytes(UTF_8);
    server.enqueue(ok(html));
    server.enqueue(ok(ListText.sign(PUBLISHER.getPrivate(), html)));
    assertThat(fetch(null))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.UNREADABLE));
  }

  @Test
  void fetch_addressThatIsNone_unavailable() throws InterruptedException {
    for (String address :
        new String[] {
          "http://list.test/a.json", "https://list.test/a", "file:///a.json", "a.json"
        }) {
      assertThat(loader.fetch(URI.create(address), KEY, null))
          .as(address)
          .isInstanceOf(Unavailable.class)
          .asString()
          .contains("ending in .json");
    }
  }

  @Test
  void fetch_interrupted_endsAsInterrupted() {
    server.enqueue(new MockResponse.Builder().code(503).build());
    URI address = URI.create(server.url("/v3/all.json").toString());
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> loader.fetch(address, KEY, null));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void read_fileWithSignatureBeside_rawOrBase64() throws IOException {
    Path file = Files.write(directory.resolve("list.json"), LIST);
    Path signature = directory.resolve("list.sig");
    Files.write(signature, SIGNATURE);
    assertThat(LogListLoader.read(file, KEY)).isInstanceOf(Loaded.class);
    Files.writeString(signature, Base64.getMimeEncoder().encodeToString(SIGNATURE) + "\n");
    assertThat(LogListLoader.read(file, KEY)).isInstanceOf(Loaded.class);
    Files.writeString(signature, "nonsense");
    assertThat(LogListLoader.read(file, KEY))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.SIGNATURE));
  }

  @Test
  void read_fileWithoutSignature_loadedOnlyWithoutKey() throws IOException {
    Path file = Files.write(directory.resolve("list.json"), LIST);
    assertThat(LogListLoader.read(file, null)).isInstanceOf(Loaded.class);
    assertThat(LogListLoader.read(file, KEY))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.SIGNATURE);
              assertThat(refused.message()).contains("list.sig cannot be read: NoSuchFile");
            });
    Path other = Files.write(directory.resolve("list.txt"), LIST);
    assertThat(LogListLoader.read(other, KEY)).isInstanceOf(Refused.class);
    assertThat(LogListLoader.read(directory.resolve("absent.json"), null))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void ofPem_noKey_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ListKey.ofPem("-----BEGIN CERTIFICATE-----"))
        .withMessageStartingWith("not a public key: a PEM file with");
    assertThatIllegalArgumentException().isThrownBy(() -> ListKey.ofPem(""));
  }

  @Test
  void google_pinnedKey_isPresent() {
    assertThat(ListKey.google().verifies(LIST, SIGNATURE)).isFalse();
  }
}

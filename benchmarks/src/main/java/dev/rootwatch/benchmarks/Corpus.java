package dev.rootwatch.benchmarks;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.merkle.TreeHasher;
import dev.rootwatch.ct.source.BufferPool;
import dev.rootwatch.ct.source.LogHttp;
import dev.rootwatch.ct.source.LogSources;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.TileReader;
import dev.rootwatch.testlog.Planted;
import dev.rootwatch.testlog.Scenario;
import dev.rootwatch.testlog.ServeOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import okhttp3.OkHttpClient;

/**
 * What is measured on: one window of {@link #ENTRIES} entries as a source hands it over, and the
 * body that it came in.
 *
 * @param log where the window says that it comes from
 * @param window stays open
 * @param body as it came over the wire: gzip of a tile, or the JSON of get-entries
 * @param root of the tree that has just these entries; what the log says, where there is one
 * @param planted what an examiner has to find in the window
 * @param overlay catalog overlay with the family that was made up for the planted
 */
@SuppressWarnings("ArrayRecordComponent") // never written to
record Corpus(
    CtLog log, EntryWindow window, byte[] body, Hash root, List<Planted> planted, String overlay) {
  /** A full tile. */
  static final int ENTRIES = 256;

  private static final long SIZE = 2L * ENTRIES;

  /** The first window of a test log. */
  static Corpus ofTestLog(LogProtocol protocol, int plant) {
    ServeOptions options =
        ServeOptions.of(0, 7).withProtocols(List.of(protocol), 1).withSize(SIZE).withPlant(plant);
    OkHttpClient client = LogHttp.newClient(Map.of()).build();
    try (Scenario scenario = Scenario.start(options);
        HttpClient plain = HttpClient.newHttpClient()) {
      CtLog log = scenario.ctLogs().getFirst();
      LogHttp http =
          new LogHttp(client, "rootwatch-benchmark", InstantSource.system(), new BufferPool(0));
      EntryWindow window =
          LogSources.of(log, http).entries().read(new EntryRange(0, ENTRIES), SIZE);
      String path =
          protocol == LogProtocol.STATIC
              ? "tile/data/000"
              : "ct/v1/get-entries?start=0&end=" + (ENTRIES - 1);
      return new Corpus(
          log,
          window,
          get(plain, log.url().resolve(path)),
          scenario.server().logs().getFirst().root(ENTRIES),
          scenario.planted().stream().filter(planted -> planted.index() < ENTRIES).toList(),
          scenario.family().overlay());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }

  /**
   * A full data tile of a real log, as a file, compressed or not; nothing of it has to be found.
   */
  static Corpus ofTile(Path file) {
    try {
      byte[] stored = Files.readAllBytes(file);
      boolean compressed = stored[0] == 0x1f && (stored[1] & 0xff) == 0x8b;
      byte[] tile =
          compressed
              ? new GZIPInputStream(new ByteArrayInputStream(stored)).readAllBytes()
              : stored;
      byte[] body = compressed ? stored : gzip(tile);
      CtLog log = ofTestLog(LogProtocol.STATIC, 0).log();
      EntryWindow window =
          TileReader.read(
              tile, tile.length, 0, ENTRIES, new EntryRange(0, ENTRIES), body.length, _ -> {});
      return new Corpus(log, window, body, new TreeHasher().hash(window).root(), List.of(), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] get(HttpClient client, URI url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url).header("Accept-Encoding", "gzip").build();
    return client.send(request, BodyHandlers.ofByteArray()).body();
  }
}

package dev.rootwatch.ct.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.wire.EntryWindow;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No objects per entry: what reading a window allocates, on the asking thread and on OkHttp's, is
 * little and known. The answers come from memory, so that no server's allocations are counted.
 */
@Timeout(60)
class EntryAllocationTest {
  private static final int ENTRIES = 256;
  private static final int WARM_UP = 60;
  private static final int ROUNDS = 40;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<TestEntry> entries = TestEntry.synthetic(ENTRIES, 5);

  @Test
  void read_tile_almostNothingAnEntry() throws Exception {
    byte[] tile = new byte[entries.stream().mapToInt(entry -> entry.tileLeaf().length).sum()];
    int at = 0;
    for (TestEntry entry : entries) {
      byte[] leaf = entry.tileLeaf();
      System.arraycopy(leaf, 0, tile, at, leaf.length);
      at += leaf.length;
    }
    double perEntry = allocatedPerEntry(LogProtocol.STATIC, tile);
    // 44 for the offsets; a request has some kilobytes, shared by 256.
    assertThat(perEntry).isLessThan(160);
  }

  @Test
  void read_getEntries_lessThanTheTextOfTheEntry() throws Exception {
    byte[] json =
        entries.stream()
            .map(entry ->
                "{\"leaf_input\":\"%s\",\"extra_data\":\"%s\"}"
                    .formatted(
                        TestLogServer.base64(entry.leafInput()),
                        TestLogServer.base64(entry.extraData())))
            .collect(Collectors.joining(",", "{\"entries\":[", "]}"))
            .getBytes(US_ASCII);
    double perEntry = allocatedPerEntry(LogProtocol.RFC6962, json);
    // What base64 decodes to, three quarters of the text, before it is copied into its place.
    assertThat(perEntry).isLessThan(0.9 * json.length / ENTRIES);
  }

  private double allocatedPerEntry(LogProtocol protocol, byte[] body) throws Exception {
    byte[] gzipped = GzipInflaterTest.gzip(body);
    AtomicLong okHttpThread = new AtomicLong();
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      OkHttpClient client =
          new OkHttpClient.Builder()
              .dispatcher(new Dispatcher(executor))
              .addInterceptor(chain -> {
                okHttpThread.set(Thread.currentThread().threadId());
                return new Response.Builder()
                    .request(chain.request())
                    .protocol(Protocol.HTTP_1_1)
                    .code(200)
                    .message("")
                    .header("Content-Encoding", "gzip")
                    .body(
                        ResponseBody.create(
                            Okio.buffer(Okio.source(new ByteArrayInputStream(gzipped))),
                            null,
                            gzipped.length))
                    .build();
              })
              .build();
      LogHttp http = new LogHttp(client, "test", InstantSource.system(), new BufferPool(16L << 20));
      CtLog log =
          CtLog.custom("test", URI.create("http://127.0.0.1/"), protocol, new TestKeys().logKey());
      EntrySource source = LogSources.of(log, http).entries();
      long before = 0;
      for (int round = 0; round < WARM_UP + ROUNDS; round++) {
        if (round == WARM_UP) {
          before = allocated(okHttpThread.get());
        }
        try (EntryWindow window = source.read(new EntryRange(0, ENTRIES), ENTRIES)) {
          assertThat(window.count() == ENTRIES).isTrue();
        }
      }
      double after = allocated(okHttpThread.get());
      return (after - before) / ROUNDS / ENTRIES;
    }
  }

  private long allocated(long okHttpThread) {
    return threads.getThreadAllocatedBytes(Thread.currentThread().threadId())
        + threads.getThreadAllocatedBytes(okHttpThread);
  }
}

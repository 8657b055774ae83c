package dev.rootwatch.ct.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogProtocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okio.Buffer;

/** A small log on loopback that speaks both protocols, and can be told to answer wrongly. */
final class TestLogServer extends Dispatcher implements AutoCloseable {
  /** Entries in one answer to get-entries; ends are cut at multiples, as CTFE does it. */
  static final int MAX_ENTRIES = 64;

  final TestKeys keys = new TestKeys();
  final List<TestEntry> entries;
  final TestTree tree;

  /** Answers that replace the right ones, by path under the log's url, query included. */
  final Map<String, MockResponse> wrong = new ConcurrentHashMap<>();

  /** What was asked, by path under the log's url, query included. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  boolean gzip = true;

  private final MockWebServer server = new MockWebServer();

  TestLogServer(List<TestEntry> entries) throws IOException {
    this.entries = entries;
    this.tree = new TestTree(entries.stream().map(TestEntry::leafHash).toList());
    server.setDispatcher(this);
    server.start();
  }

  int size() {
    return entries.size();
  }

  CtLog log(LogProtocol protocol) {
    return CtLog.custom("test", server.url("/log/").uri(), protocol, keys.logKey());
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    HttpUrl url = request.getUrl();
    String path = request.getTarget().substring("/log/".length());
    asked.add(path);
    MockResponse instead = wrong.get(path);
    return instead != null ? instead : answer(url, path);
  }

  private MockResponse answer(HttpUrl url, String path) {
    String name = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
    return switch (name) {
      case "ct/v1/get-sth" -> ok(getSth(size()).getBytes(UTF_8));
      case "ct/v1/get-entries" -> getEntries(number(url, "start"), number(url, "end"));
      case "ct/v1/get-sth-consistency" ->
          ok(
              "{\"consistency\":%s}"
                  .formatted(json(tree.proof(number(url, "first"), number(url, "second")))));
      case "ct/v1/get-proof-by-hash" ->
          proofByHash(
              Hash.ofBase64(String.valueOf(url.queryParameter("hash"))), number(url, "tree_size"));
      case "ct/v1/get-entry-and-proof" ->
          entryAndProof(number(url, "leaf_index"), number(url, "tree_size"));
      case "checkpoint" -> ok(checkpoint(log(LogProtocol.STATIC).origin(), size()));
      default -> staticFile(name);
    };
  }

  private static int number(HttpUrl url, String name) {
    return Integer.parseInt(String.valueOf(url.queryParameter(name)));
  }

  private MockResponse ok(String body) {
    return ok(body.getBytes(UTF_8));
  }

  MockResponse ok(byte[] body) {
    MockResponse.Builder response = new MockResponse.Builder();
    if (!gzip) {
      return response.body(new Buffer().write(body)).build();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
      zipped.write(body);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return response
        .setHeader("Content-Encoding", "gzip")
        .body(new Buffer().write(out.toByteArray()))
        .build();
  }

  static MockResponse status(int code) {
    return new MockResponse.Builder().code(code).build();
  }

  String getSth(int size) {
    long timestamp = 1_790_000_000_000L;
    Hash root = tree.root(0, size);
    return "{\"tree_size\":%d,\"timestamp\":%d,\"sha256_root_hash\":\"%s\",\"tree_head_signature\":\"%s\"}"
        .formatted(size, timestamp, root.base64(), base64(digitallySigned(timestamp, size, root)));
  }

  byte[] checkpoint(String origin, int size) {
    long timestamp = 1_790_000_000_000L;
    Hash root = tree.root(0, size);
    ByteArrayOutputStream id = new ByteArrayOutputStream();
    id.writeBytes(origin.getBytes(UTF_8));
    id.write('\n');
    id.write(5);
    id.writeBytes(keys.logKey().id().keyHash().toBytes());
    byte[] signature = digitallySigned(timestamp, size, root);
    byte[] line =
        ByteBuffer.allocate(4 + 8 + signature.length)
            .put(Hash.sha256(id.toByteArray()).toBytes(), 0, 4)
            .putLong(timestamp)
            .put(signature)
            .array();
    return "%s\n%d\n%s\n\n\u2014 %s %s\n"
        .formatted(origin, size, root.base64(), origin, base64(line))
        .getBytes(UTF_8);
  }

  private byte[] digitallySigned(long timestamp, int size, Hash root) {
    byte[] head =
        ByteBuffer.allocate(50)
            .put((byte) 0)
            .put((byte) 1)
            .putLong(timestamp)
            .putLong(size)
            .put(root.toBytes())
            .array();
    byte[] signature = keys.sign(head);
    return ByteBuffer.allocate(4 + signature.length)
        .put((byte) 4)
        .put((byte) 3)
        .putShort((short) signature.length)
        .put(signature)
        .array();
  }

  private MockResponse getEntries(int start, int end) {
    if (start >= size()) {
      return new MockResponse.Builder().code(400).body("start is beyond the tree").build();
    }
    int cut = Math.min((start / MAX_ENTRIES + 1) * MAX_ENTRIES, size());
    return ok(
        IntStream.range(start, Math.min(end + 1, cut))
            .mapToObj(i ->
                "{\"leaf_input\":\"%s\",\"extra_data\":\"%s\"}"
                    .formatted(
                        base64(entries.get(i).leafInput()), base64(entries.get(i).extraData())))
            .collect(Collectors.joining(",", "{\"entries\":[", "]}")));
  }

  private MockResponse entryAndProof(int index, int size) {
    return ok(
        "{\"leaf_input\":\"%s\",\"extra_data\":\"%s\",\"audit_path\":%s}"
            .formatted(
                base64(entries.get(index).leafInput()),
                base64(entries.get(index).extraData()),
                json(tree.path(index, 0, size))));
  }

  private MockResponse proofByHash(Hash leaf, int size) {
    for (int i = 0; i < size; i++) {
      if (tree.leaf(i).equals(leaf)) {
        return ok(
            "{\"leaf_index\":%d,\"audit_path\":%s}".formatted(i, json(tree.path(i, 0, size))));
      }
    }
    return status(404);
  }

  private MockResponse staticFile(String path) {
    for (int number = 0; number * 256 < size(); number++) {
      int width = Math.min(256, size() - number * 256);
      if (path.equals(TilePath.data(number, width))) {
        return ok(dataTile(number, width));
      }
    }
    for (int level = 0; 1 << (8 * level) <= size(); level++) {
      int hashes = size() >> (8 * level);
      for (int number = 0; number * 256 < hashes; number++) {
        int width = Math.min(256, hashes - number * 256);
        if (path.equals(TilePath.hashes(level, number, width))) {
          return ok(hashTile(level, number, width));
        }
      }
    }
    for (TestEntry entry : entries) {
      for (byte[] issuer : entry.issuers()) {
        if (path.equals("issuer/" + Hash.sha256(issuer))) {
          return ok(issuer);
        }
      }
    }
    return status(404);
  }

  byte[] dataTile(int number, int width) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    entries
        .subList(number * 256, number * 256 + width)
        .forEach(entry -> out.writeBytes(entry.tileLeaf()));
    return out.toByteArray();
  }

  byte[] hashTile(int level, int number, int width) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int leaves = 1 << (8 * level);
    for (int i = number * 256; i < number * 256 + width; i++) {
      out.writeBytes(tree.root(i * leaves, (i + 1) * leaves).toBytes());
    }
    return out.toByteArray();
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String json(List<Hash> hashes) {
    return hashes.stream()
        .map(hash -> "\"" + hash.base64() + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Replaces the bytes of an array from {@code at}. */
  static byte[] with(byte[] bytes, int at, int... values) {
    byte[] changed = Arrays.copyOf(bytes, bytes.length);
    for (int i = 0; i < values.length; i++) {
      changed[at + i] = (byte) values[i];
    }
    return changed;
  }

  @Override
  public void close() {
    server.close();
  }
}

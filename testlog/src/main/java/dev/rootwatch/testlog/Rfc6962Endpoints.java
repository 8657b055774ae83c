package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.testlog.EntryFaults.Served;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code <log>/ct/v1/...}, RFC 6962 section 4. Where it leaves freedom, as Google's CTFE does. */
final class Rfc6962Endpoints implements AutoCloseable {
  private static final Base64.Encoder BASE64 = Base64.getEncoder();
  private static final byte[] ENTRIES = ascii("{\"entries\":[");
  private static final byte[] END = ascii("]}");
  private static final byte[] COMMA_LEAF_INPUT = ascii(",{\"leaf_input\":\"");
  private static final byte[] LEAF_INPUT = ascii("{\"leaf_input\":\"");
  private static final byte[] EXTRA_DATA = ascii("\",\"extra_data\":\"");

  private final TestLog log;
  private final BodyStore fullWindows;

  Rfc6962Endpoints(TestLog log) {
    this.log = log;
    this.fullWindows = new BodyStore(log.name());
  }

  /** Makes the full windows of what is published, so that they need not be made when asked. */
  void prepare() {
    int most = log.entriesPerAnswer();
    for (long window = 0; (window + 1) * most <= log.head().size(); window++) {
      long start = window * most;
      fullWindows.get(window, () -> body(start, most, start + most, null));
    }
  }

  @Override
  public void close() {
    fullWindows.close();
  }

  Answer answer(String method, Map<String, String> query) {
    try {
      return switch (method) {
        case "get-sth" -> sth();
        case "get-entries" -> entries(number(query, "start"), number(query, "end"));
        case "get-sth-consistency" -> consistency(number(query, "first"), number(query, "second"));
        case "get-proof-by-hash" ->
            proofByHash(Hash.ofBase64(text(query, "hash")), number(query, "tree_size"));
        case "get-entry-and-proof" ->
            entryAndProof(number(query, "leaf_index"), number(query, "tree_size"));
        case "get-roots" -> roots();
        default -> Answer.notFound();
      };
    } catch (IllegalArgumentException e) {
      return Answer.error(400, String.valueOf(e.getMessage()));
    }
  }

  private Answer sth() {
    PublishedHead head = log.faults().heads().shown(log.head());
    return Answer.json(
        "{\"tree_size\":%d,\"timestamp\":%d,\"sha256_root_hash\":\"%s\",\"tree_head_signature\":\"%s\"}"
            .formatted(
                head.size(),
                head.timestamp(),
                head.root().base64(),
                BASE64.encodeToString(digitallySigned(log.key(), head.signature()))));
  }

  /** {@code struct { hash(1); signature(1); opaque signature<0..2^16-1>; }}, RFC 5246 4.7. */
  static byte[] digitallySigned(LogKey key, byte[] signature) {
    return new Bytes(signature.length + 4)
        .uint8(LogKey.HASH_SHA256)
        .uint8(key.signatureAlgorithm())
        .opaque16(signature)
        .toArray();
  }

  private Answer entries(long start, long end) {
    long size = log.head().size();
    if (start < 0 || end < start || start >= size) {
      throw new IllegalArgumentException(
          "need 0 <= start <= end and start < tree_size, with tree_size " + size);
    }
    long last = lastOf(start, Math.min(end, size - 1));
    EntryFaults faults = log.faults().entries();
    int count = faults.count(start, end - start + 1, (int) (last - start + 1));
    Served served = faults.served(start, start + count);
    int most = log.entriesPerAnswer();
    boolean fullWindow = start % most == 0 && count == most && start + count <= size;
    byte[] body =
        fullWindow && served == null
            ? fullWindows.get(start / most, () -> body(start, count, size, null))
            : body(start, count, size, served);
    return Answer.json(body).withEntries(count);
  }

  /** Of entries beyond the end, which only a fault asks for, the last one stands in the place. */
  private byte[] body(long start, int count, long size, @Nullable Served served) {
    Bytes body = new Bytes(6144 * count);
    body.raw(ENTRIES);
    for (int i = 0; i < count; i++) {
      body.raw(i == 0 ? LEAF_INPUT : COMMA_LEAF_INPUT);
      writeEntry(body, Math.min(start + i, size - 1), served);
    }
    return body.raw(END).toArray();
  }

  /** CTFE: an answer that would be full ends where a multiple of its size ends. */
  private long lastOf(long start, long end) {
    int most = log.entriesPerAnswer();
    long last = end;
    if (end - start + 1 >= most) {
      long full = start + most - 1;
      last = full - (full + 1) % most;
    }
    return last;
  }

  private void writeEntry(Bytes out, long index, @Nullable Served served) {
    TreeLeaf truth = log.leaf(index);
    TreeLeaf leaf = served == null ? truth : served.leaf(index, truth);
    out.raw(BASE64.encode(leaf.merkleTreeLeaf()))
        .raw(EXTRA_DATA)
        .raw(BASE64.encode(leaf.extraData()))
        .raw(ascii("\"}"));
  }

  private Answer consistency(long first, long second) {
    checkPublished(second);
    if (first < 1 || first > second) {
      throw new IllegalArgumentException("need 0 < first <= second");
    }
    return Answer.json(
        "{\"consistency\":"
            + hashes(log.faults().proofs().consistency(log.consistencyProof(first, second)))
            + "}");
  }

  private Answer proofByHash(Hash leafHash, long size) {
    checkPublished(size);
    long index = log.indexOf(leafHash.toBytes(), size);
    if (index < 0) {
      return Answer.error(404, "no such leaf in the tree of size " + size);
    }
    return Answer.json(
        "{\"leaf_index\":"
            + index
            + ",\"audit_path\":"
            + hashes(log.faults().proofs().inclusion(log.inclusionProof(index, size)))
            + "}");
  }

  private Answer entryAndProof(long index, long size) {
    checkPublished(size);
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("need 0 <= leaf_index < tree_size");
    }
    Bytes body = new Bytes(8192).raw(LEAF_INPUT);
    writeEntry(body, index, log.faults().entries().served(index, index + 1));
    String entry = new String(body.toArray(), StandardCharsets.US_ASCII);
    return Answer.json(
        entry.substring(0, entry.length() - 1)
            + ",\"audit_path\":"
            + hashes(log.faults().proofs().inclusion(log.inclusionProof(index, size)))
            + "}");
  }

  private Answer roots() {
    return Answer.json(
        log.issuers().stream()
            .map(der -> "\"" + BASE64.encodeToString(der) + "\"")
            .collect(Collectors.joining(",", "{\"certificates\":[", "]}")));
  }

  private void checkPublished(long size) {
    if (size < 1 || size > log.head().size()) {
      throw new IllegalArgumentException("need 0 < tree_size <= " + log.head().size());
    }
  }

  private static String hashes(List<byte[]> hashes) {
    return hashes.stream()
        .map(hash -> "\"" + BASE64.encodeToString(hash) + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static long number(Map<String, String> query, String parameter) {
    try {
      return Long.parseLong(text(query, parameter));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("parameter " + parameter + " must be a number", e);
    }
  }

  private static String text(Map<String, String> query, String parameter) {
    @Nullable String value = query.get(parameter);
    if (value == null) {
      throw new IllegalArgumentException("parameter " + parameter + " is missing");
    }
    return value;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

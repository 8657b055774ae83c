package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogKey;
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
      fullWindows.get(window, () -> body(start, start + most - 1));
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
    PublishedHead head = log.faults().shown(log.head());
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
    int most = log.entriesPerAnswer();
    boolean fullWindow = start % most == 0 && last == start + most - 1;
    return Answer.json(
        fullWindow ? fullWindows.get(start / most, () -> body(start, last)) : body(start, last));
  }

  private byte[] body(long start, long last) {
    Bytes body = new Bytes(6144 * (int) (last - start + 1));
    body.raw(ENTRIES);
    for (long index = start; index <= last; index++) {
      body.raw(index == start ? LEAF_INPUT : COMMA_LEAF_INPUT);
      writeEntry(body, index);
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
    int allowed = log.faults().entriesAtMost((int) (last - start + 1));
    return start + allowed - 1;
  }

  private void writeEntry(Bytes out, long index) {
    Submission entry = log.entry(index);
    Bytes leaf = new Bytes(entry.signedCertificate().length + 64);
    leaf.uint8(0).uint8(0);
    entry.writeTimestampedEntry(leaf, log.timestamp(index), log.extensions(index));
    Bytes extra = new Bytes(6144);
    entry.writeExtraData(extra);
    out.raw(BASE64.encode(leaf.toArray()))
        .raw(EXTRA_DATA)
        .raw(BASE64.encode(extra.toArray()))
        .raw(ascii("\"}"));
  }

  private Answer consistency(long first, long second) {
    checkPublished(second);
    if (first < 1 || first > second) {
      throw new IllegalArgumentException("need 0 < first <= second");
    }
    return Answer.json("{\"consistency\":" + hashes(log.consistencyProof(first, second)) + "}");
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
            + hashes(log.inclusionProof(index, size))
            + "}");
  }

  private Answer entryAndProof(long index, long size) {
    checkPublished(size);
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("need 0 <= leaf_index < tree_size");
    }
    Bytes body = new Bytes(8192).raw(LEAF_INPUT);
    writeEntry(body, index);
    String entry = new String(body.toArray(), StandardCharsets.US_ASCII);
    return Answer.json(
        entry.substring(0, entry.length() - 1)
            + ",\"audit_path\":"
            + hashes(log.inclusionProof(index, size))
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

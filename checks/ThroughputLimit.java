import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.Inflater;

/**
 * What nobody can do without: SHA-256 of the leaves, and inflate (tiles) or Base64 (get-entries) of the bodies. Its own
 * few lines of parsing, not the product's: it must not get faster or slower with it.
 *
 * <p>Arguments: static or rfc6962, and a folder of bodies as they came. CPU seconds of this thread per million entries,
 * the best of some rounds after a warm-up.
 */
final class ThroughputLimit {
  private static final int ROUNDS = 12;

  /** Bodies of one kind, and where their leaves stand in what they decode to. */
  private static final List<byte[]> bodies = new ArrayList<>();

  private static final List<byte[]> decoded = new ArrayList<>();
  private static final List<int[]> leaves = new ArrayList<>(); // start, length, start, length ...

  /** Of get-entries: the Base64 texts of each body. */
  private static final List<List<byte[]>> texts = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    boolean tiles = args[0].equals("static");
    try (var files = Files.list(Path.of(args[1]))) {
      for (Path file : files.sorted().toList()) {
        byte[] body = Files.readAllBytes(file);
        if (tiles) {
          tile(body);
        } else {
          getEntries(new String(body, StandardCharsets.ISO_8859_1));
        }
      }
    }
    int entries = leaves.stream().mapToInt(l -> l.length / 2).sum();
    if (entries == 0) {
      throw new IllegalStateException("no entries in " + args[1]);
    }
    double hash = best(() -> hash(tiles)) / entries;
    double decode = best(tiles ? ThroughputLimit::inflate : ThroughputLimit::base64) / entries;
    System.out.printf(
        Locale.ROOT,
        "limit=%.1f limit_sha256=%.1f limit_%s=%.1f%n",
        (hash + decode) * 1e6,
        hash * 1e6,
        tiles ? "inflate" : "base64",
        decode * 1e6);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double best(Work work) throws Exception {
    var threads = ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long begun = threads.getCurrentThreadCpuTime();
      work.run();
      best = Math.min(best, threads.getCurrentThreadCpuTime() - begun);
    }
    return best / 1e9;
  }

  private static void hash(boolean tiles) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] prefix = new byte[tiles ? 3 : 1];
    byte[] digest = new byte[32];
    for (int b = 0; b < decoded.size(); b++) {
      int[] places = leaves.get(b);
      for (int i = 0; i < places.length; i += 2) {
        sha256.update(prefix);
        sha256.update(decoded.get(b), places[i], places[i + 1]);
        sha256.digest(digest, 0, 32);
      }
    }
  }

  private static void inflate() throws Exception {
    Inflater inflater = new Inflater(true);
    byte[] target = new byte[decoded.stream().mapToInt(d -> d.length).max().orElseThrow()];
    for (byte[] body : bodies) {
      inflate(inflater, body, target);
    }
    inflater.end();
  }

  private static int inflate(Inflater inflater, byte[] gzip, byte[] target) throws Exception {
    inflater.reset();
    inflater.setInput(gzip, 10, gzip.length - 18); // a plain header, CRC and length
    int length = 0;
    while (!inflater.finished()) {
      int made = inflater.inflate(target, length, target.length - length);
      if (made == 0 && !inflater.finished()) {
        throw new IllegalStateException("a body that is longer than it said");
      }
      length += made;
    }
    return length;
  }

  private static void base64() {
    for (List<byte[]> body : texts) {
      for (byte[] text : body) {
        Base64.getDecoder().decode(text);
      }
    }
  }

  private static void tile(byte[] body) throws Exception {
    if (body.length < 18 || body[0] != 0x1f || body[3] != 0) {
      throw new IllegalStateException("no gzip with a plain header");
    }
    int size = ByteBuffer.wrap(body).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(body.length - 4);
    byte[] bytes = new byte[size];
    inflate(new Inflater(true), body, bytes);
    List<Integer> places = new ArrayList<>();
    for (int at = 0; at < size; ) {
      int start = at;
      boolean precertificate = bytes[at + 9] == 1; // uint64 timestamp, uint16 entry_type
      at += precertificate ? 42 : 10;
      at = past(bytes, at, 3); // certificate or TBSCertificate
      at = past(bytes, at, 2); // extensions
      places.add(start);
      places.add(at - start);
      if (precertificate) {
        at = past(bytes, at, 3);
      }
      at = past(bytes, at, 2); // fingerprints
    }
    keep(body, bytes, places);
  }

  private static int past(byte[] bytes, int at, int lengthBytes) {
    int length = 0;
    for (int i = 0; i < lengthBytes; i++) {
      length = length << 8 | bytes[at + i] & 0xff;
    }
    return at + lengthBytes + length;
  }

  private static void getEntries(String json) {
    List<byte[]> found = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    byte[] all = new byte[json.length()];
    int end = 0;
    for (int at = json.indexOf("_input\":\""); at >= 0; at = json.indexOf("_input\":\"", at)) {
      at += 9;
      byte[] leaf = text(json, at, found);
      System.arraycopy(leaf, 0, all, end, leaf.length);
      places.add(end);
      places.add(leaf.length);
      end += leaf.length;
      at = json.indexOf("_data\":\"", at) + 8;
      text(json, at, found);
    }
    texts.add(found);
    keep(new byte[0], Arrays.copyOf(all, end), places);
  }

  private static byte[] text(String json, int at, List<byte[]> found) {
    byte[] text = json.substring(at, json.indexOf('"', at)).getBytes(StandardCharsets.ISO_8859_1);
    found.add(text);
    return Base64.getDecoder().decode(text);
  }

  private static void keep(byte[] body, byte[] bytes, List<Integer> places) {
    bodies.add(body);
    decoded.add(bytes);
    leaves.add(places.stream().mapToInt(Integer::intValue).toArray());
  }
}

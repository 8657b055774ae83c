package dev.rootwatch.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.x509.CertificateScanner;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Certificates in which one thing is there thousands of times, or thousands deep, in growing sizes:
 * the time and the memory of each kind must grow no faster than its bytes. Each goes through the
 * examiner as a precertificate under a watched key, so that it is read whole, and as a certificate
 * of nobody, so that it is only looked over.
 */
final class BlownUp {
  private static final int SMALL = 2_500;
  private static final int LARGE = 20_000;

  /** Eight times the size takes eight times as long, up to what a busy machine adds. */
  private static final double MOST_GROWTH = 2.5 * LARGE / SMALL;

  /** Below this nothing can be said of growth. */
  private static final long MEASURABLE_NANOS = 2_000_000;

  /** Longest that one entry may take for each kilobyte, and as a whole for small ones. */
  private static final long MOST_NANOS_PER_KB = 500_000;

  private static final long MOST_NANOS = 50_000_000;

  /** Most memory for each byte of the entry, and for small ones. */
  private static final long MOST_ALLOCATED_PER_BYTE = 64;

  private static final long MOST_ALLOCATED = 8 << 20;
  private static final int RUNS = 5;

  private static final String KEY = "key: ";

  private static final Hash WATCHED = Hash.sha256(new byte[] {1});

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<String> complaints = new ArrayList<>();
  private final Map<String, Long> slowest = new TreeMap<>();
  private final ExaminerSetup setup;
  private final CtLog log;
  private int inputs;
  private double worstGrowth;
  private String worstKind = "none";
  private long slowestNanos;

  private BlownUp() throws Exception {
    setup = Mutations.setup(WATCHED);
    log = TestWindow.log();
  }

  static BlownUp run() throws Exception {
    BlownUp blownUp = new BlownUp();
    for (Map.Entry<String, IntFunction<byte[]>> kind : kinds().entrySet()) {
      blownUp.measure(kind.getKey(), kind.getValue());
    }
    blownUp.expensiveKeys();
    return blownUp;
  }

  /** Keys of strangers whose use is expensive: in a chain, under a leaf that names a watched CA. */
  private void expensiveKeys() throws Exception {
    byte[] watched =
        setup.catalog().family("trustcor").orElseThrow().certificates().getFirst().der();
    CertificateScanner scan = new CertificateScanner();
    if (watched == null || !scan.scanCertificate(watched, 0, watched.length)) {
      throw new IllegalStateException("the catalog's first certificate");
    }
    byte[] name =
        Arrays.copyOfRange(
            watched, scan.subjectOffset(), scan.subjectOffset() + scan.subjectLength());
    SplittableRandom random = new SplittableRandom(1);
    Map<String, byte[]> keys = new LinkedHashMap<>();
    for (int bits : new int[] {3072, 4096, 8192, 16_384}) {
      keys.put(KEY + "RSA " + bits + " bits", rsaKey(random, bits, 17));
      keys.put(KEY + "RSA " + bits + " bits and as large an exponent", rsaKey(random, bits, bits));
      keys.put(KEY + "DSA " + bits + " bits", dsaKey(random, bits));
    }
    keys.put(KEY + "EC over an own field of 1042 bits", ecKey(random, 1042));
    keys.put(KEY + "EC over an own field of 8192 bits", ecKey(random, 8192));
    for (Map.Entry<String, byte[]> key : keys.entrySet()) {
      byte[] issuer = certificate(tbs(name, name, key.getValue(), new byte[0]));
      boolean rsa = key.getKey().startsWith(KEY + "RSA");
      byte[] algorithm =
          rsa
              ? HexFormat.of().parseHex("300d06092a864886f70d01010b0500")
              : key.getKey().startsWith(KEY + "DSA")
                  ? HexFormat.of().parseHex("300b0609608648016503040302")
                  : HexFormat.of().parseHex("300a06082a8648ce3d040302");
      byte[] signature =
          rsa
              ? signature(random, key.getKey())
              : der(0x30, joined(number(random, 200), number(random, 200)));
      byte[] leaf =
          der(
              0x30,
              joined(
                  tbs(name, name(1, "c"), key(), new byte[0]),
                  algorithm,
                  der(3, joined(new byte[1], signature))));
      long nanos = measure(key.getKey(), EntryParts.certificate(leaf, List.of(issuer)));
      slowestNanos = Math.max(slowestNanos, nanos);
    }
  }

  /** As long as the modulus, and smaller. */
  private static byte[] signature(SplittableRandom random, String key) {
    byte[] signature = new byte[Integer.parseInt(key.split(" ", -1)[2]) / 8];
    random.nextBytes(signature);
    signature[0] = 0;
    return signature;
  }

  private static byte[] rsaKey(SplittableRandom random, int modulusBits, int exponentBits) {
    byte[] numbers = der(0x30, joined(number(random, modulusBits), number(random, exponentBits)));
    return der(
        0x30,
        joined(
            HexFormat.of().parseHex("300d06092a864886f70d0101010500"),
            der(3, joined(new byte[1], numbers))));
  }

  private static byte[] dsaKey(SplittableRandom random, int bits) {
    byte[] parameters =
        der(0x30, joined(number(random, bits), number(random, bits), number(random, bits)));
    byte[] algorithm = der(0x30, joined(HexFormat.of().parseHex("06072a8648ce380401"), parameters));
    return der(0x30, joined(algorithm, der(3, joined(new byte[1], number(random, bits)))));
  }

  /** ECParameters (X9.62) with a field, a curve and a point that nobody knows. */
  private static byte[] ecKey(SplittableRandom random, int bits) {
    byte[] point = new byte[1 + 2 * ((bits + 7) / 8)];
    point[0] = 4;
    byte[] field =
        der(0x30, joined(HexFormat.of().parseHex("06072a8648ce3d0101"), number(random, bits)));
    byte[] element = der(4, new byte[(bits + 7) / 8]);
    byte[] parameters =
        der(
            0x30,
            joined(
                der(2, new byte[] {1}),
                field,
                der(0x30, joined(element, element)),
                der(4, point),
                number(random, bits)));
    byte[] algorithm = der(0x30, joined(HexFormat.of().parseHex("06072a8648ce3d0201"), parameters));
    return der(0x30, joined(algorithm, der(3, joined(new byte[1], point))));
  }

  /** An odd INTEGER of so many bits. */
  private static byte[] number(SplittableRandom random, int bits) {
    byte[] bytes = new byte[bits / 8 + 1];
    random.nextBytes(bytes);
    bytes[0] = 0;
    bytes[1] |= (byte) 0x80;
    bytes[bytes.length - 1] |= 1;
    return der(2, bytes);
  }

  List<String> complaints() {
    return complaints;
  }

  @Override
  public String toString() {
    return "blown_up=%d blown_up_slowest_us=%d blown_up_worst_growth=%.1f/%d(%s)"
        .formatted(inputs, slowestNanos / 1000, worstGrowth, LARGE / SMALL, worstKind);
  }

  private void measure(String kind, IntFunction<byte[]> maker) throws InterruptedException {
    for (boolean precertificate : new boolean[] {true, false}) {
      String name = kind + (precertificate ? " as precertificate" : " as certificate");
      long small = measure(name, parts(maker.apply(SMALL), precertificate));
      long large = measure(name, parts(maker.apply(LARGE), precertificate));
      slowestNanos = Math.max(slowestNanos, large);
      if (large > MEASURABLE_NANOS && small > 0) {
        double growth = (double) large / Math.max(small, MEASURABLE_NANOS / 10);
        if (growth > worstGrowth) {
          worstGrowth = growth;
          worstKind = name.replace(' ', '-');
        }
        if (growth > MOST_GROWTH) {
          complaints.add(
              "%s: %d us at %d, %d us at %d"
                  .formatted(name, small / 1000, SMALL, large / 1000, LARGE));
        }
      }
    }
  }

  private static EntryParts parts(byte[] tbs, boolean precertificate) {
    byte[] der = certificate(tbs);
    return precertificate
        ? EntryParts.precertificate(WATCHED, tbs, der, List.of(der))
        : EntryParts.certificate(der, List.of(der));
  }

  /** The best time of several, in nanoseconds. */
  private long measure(String name, EntryParts parts) throws InterruptedException {
    List<byte[]> input = List.of(parts.leafInput(), parts.extraData());
    int size = input.get(0).length + input.get(1).length;
    long best = Long.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      Examiner examiner = setup.newExaminer();
      long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
      long began = threads.getCurrentThreadCpuTime();
      try (EntryWindow window = EntryParts.getEntries(input)) {
        Examined result = examiner.examine(log, window, IssuerSource.none());
        best = Math.min(best, threads.getCurrentThreadCpuTime() - began);
        if (run == 0) {
          checkResult(name, parts, result);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
        if (run == RUNS - 1 && allocated > MOST_ALLOCATED + size * MOST_ALLOCATED_PER_BYTE) {
          complaints.add(name + ": " + allocated + " bytes allocated for " + size);
        }
      } catch (RuntimeException | StackOverflowError escaped) {
        complaints.add(name + ": escaped " + escaped);
      }
    }
    if (System.getenv("BLOWN_UP_TIMES") != null) {
      System.err.println(name + ": " + best / 1000 + " us for " + size + " bytes");
    }
    inputs++;
    slowest.merge(name, best, Math::max);
    if (best > MOST_NANOS + MOST_NANOS_PER_KB * (size / 1024)) {
      complaints.add(name + ": " + best / 1000 + " us for " + size + " bytes");
    }
    return best;
  }

  private void checkResult(String name, EntryParts parts, Examined result) {
    boolean watched = parts.issuerKeyHash() != null || name.startsWith(KEY);
    if (watched && result.findings().isEmpty()) {
      complaints.add(name + ": names a watched key and not found");
    }
    result.malformed().stream()
        .map(row -> row.entry().reason())
        .filter(reason -> reason.startsWith("not examined"))
        .forEach(reason -> complaints.add(name + ": " + reason));
  }

  // --- what is blown up: n to a TBSCertificate

  private static Map<String, IntFunction<byte[]>> kinds() {
    Map<String, IntFunction<byte[]>> kinds = new LinkedHashMap<>();
    kinds.put("dns names", n -> withSans(n, i -> san(2, "host" + i + ".example.net")));
    kinds.put("watched names", n -> withSans(n, i -> san(2, "host" + i + ".example.com")));
    kinds.put("wildcards", n -> withSans(n, i -> san(2, "*" + i + "*.net")));
    kinds.put("names with a NUL", n -> withSans(n, i -> san(2, "a\0" + i + ".example.net")));
    kinds.put("names not ASCII", n -> withSans(n, i -> san(2, "b\u00fc" + i + ".example.net")));
    kinds.put("names of dots", n -> withSans(n / 10, _ -> san(2, "a.".repeat(100))));
    kinds.put("one long name", n -> withSans(1, _ -> san(2, "a.".repeat(5 * n))));
    kinds.put("one long odd name", n -> withSans(1, _ -> san(2, "\u00fc.".repeat(5 * n))));
    kinds.put("addresses", n -> withSans(n, i -> der(0x87, new byte[] {10, 0, 0, (byte) i})));
    kinds.put("mail names", n -> withSans(n, i -> san(1, "u" + i + "@example.net")));
    kinds.put("common names", n -> tbs(new byte[0], name(n, "c"), key(), new byte[0]));
    kinds.put("issuer names", n -> tbs(name(n, "i"), name(1, "c"), key(), new byte[0]));
    kinds.put("one wide RDN", n -> tbs(wideName(n), wideName(n), key(), new byte[0]));
    kinds.put("extensions", n -> withExtensions(repeated(n, i -> extension(oid(i), new byte[2]))));
    kinds.put(
        "extensions twice", n -> withExtensions(repeated(n, _ -> extension(oid(1), new byte[2]))));
    kinds.put(
        "SAN again and again",
        n ->
            withExtensions(
                repeated(n, i -> extension(SAN, der(0x30, san(2, "host" + i + ".example.net"))))));
    kinds.put(
        "key usages", n -> withExtensions(extension(EKU, der(0x30, repeated(n, i -> oid(i))))));
    kinds.put("nested EKU", n -> withExtensions(extension(EKU, nested(n, 0x30))));
    kinds.put("nested SAN", n -> withExtensions(extension(SAN, nested(n, 0xa4))));
    kinds.put("nested unknown", n -> withExtensions(extension(oid(7), nested(n, 0x30))));
    kinds.put("nested key", n -> tbs(name(1, "i"), name(1, "c"), nested(n, 0x30), new byte[0]));
    kinds.put(
        "nested algorithm in the key",
        n -> tbs(name(1, "i"), name(1, "c"), nestedKey(n), new byte[0]));
    kinds.put("nested issuer", n -> tbs(nested(n, 0x30), name(1, "c"), key(), new byte[0]));
    kinds.put(
        "nested name value",
        n -> tbs(valueName(nested(n, 0x30)), valueName(nested(n, 0x30)), key(), new byte[0]));
    kinds.put(
        "indefinite name value",
        n -> tbs(valueName(indefinite(n)), valueName(indefinite(n)), key(), new byte[0]));
    kinds.put("SCTs", n -> withExtensions(extension(SCTS, der(0x04, scts(n / 10)))));
    kinds.put("not a certificate: zeros", n -> new byte[20 * n]);
    kinds.put("not a certificate: sequences", n -> filled(20 * n, "0\u0080"));
    kinds.put("not a certificate: keys", BlownUp::keys);
    kinds.put("not a certificate: nested keys", BlownUp::nestedKeys);
    kinds.put("not a certificate: names", n -> filled(20 * n, "example.co"));
    kinds.put("not a certificate: ends of names", n -> filled(20 * n, "om"));
    kinds.put("not a certificate: dots", n -> filled(20 * n, "."));
    kinds.put("not a certificate: UTF-16", n -> "xample.con".repeat(n).getBytes(UTF_16BE));
    return Collections.unmodifiableMap(kinds);
  }

  private static final byte[] SAN = {6, 3, 0x55, 0x1d, 17};
  private static final byte[] EKU = {6, 3, 0x55, 0x1d, 37};
  private static final byte[] SCTS = {6, 10, 0x2b, 6, 1, 4, 1, (byte) 0xd6, 0x79, 2, 4, 2};

  private static byte[] certificate(byte[] tbs) {
    byte[] algorithm = der(0x30, new byte[] {6, 3, 0x2a, 3, 4});
    return der(0x30, joined(tbs, algorithm, der(3, new byte[33])));
  }

  private static byte[] withSans(int n, IntFunction<byte[]> san) {
    return withExtensions(extension(SAN, der(0x30, repeated(n, san))));
  }

  private static byte[] withExtensions(byte[] extensions) {
    return tbs(name(1, "i"), name(1, "c"), key(), der(0xa3, der(0x30, extensions)));
  }

  private static byte[] tbs(byte[] issuer, byte[] subject, byte[] key, byte[] rest) {
    byte[] time = der(0x17, "260101000000Z".getBytes(US_ASCII));
    return der(
        0x30,
        joined(
            der(0xa0, der(2, new byte[] {2})),
            der(2, new byte[] {1}),
            der(0x30, new byte[] {6, 3, 0x2a, 3, 4}),
            issuer.length == 0 ? name(1, "i") : issuer,
            der(0x30, joined(time, time)),
            subject,
            key,
            rest));
  }

  private static byte[] name(int n, String prefix) {
    return der(0x30, repeated(n, i -> der(0x31, attribute(prefix + i))));
  }

  private static byte[] wideName(int n) {
    return der(0x30, der(0x31, repeated(n, i -> attribute("w" + i))));
  }

  private static byte[] attribute(String value) {
    return der(0x30, joined(new byte[] {6, 3, 0x55, 4, 3}, der(0x0c, value.getBytes(UTF_8))));
  }

  private static byte[] valueName(byte[] value) {
    return der(0x30, der(0x31, der(0x30, joined(new byte[] {6, 3, 0x55, 4, 3}, value))));
  }

  private static byte[] key() {
    return der(0x30, joined(der(0x30, new byte[] {6, 3, 0x2a, 3, 5}), der(3, new byte[66])));
  }

  private static byte[] nestedKey(int n) {
    byte[] algorithm = der(0x30, joined(new byte[] {6, 3, 0x2a, 3, 5}, nested(n, 0x30)));
    return der(0x30, joined(algorithm, der(3, new byte[66])));
  }

  /** As many keys, one after the other, as n allows. */
  private static byte[] keys(int n) {
    return repeated(n / 4, _ -> key());
  }

  /** A key in the bits of a key, and so on. */
  private static byte[] nestedKeys(int n) {
    byte[] key = key();
    for (int i = 0; i < n / 40; i++) {
      key = der(0x30, joined(der(0x30, new byte[0]), der(3, joined(new byte[1], key))));
    }
    return key;
  }

  private static byte[] extension(byte[] id, byte[] value) {
    return der(0x30, joined(id, der(4, value)));
  }

  private static byte[] oid(int i) {
    return der(
        6,
        new byte[] {0x2a, (byte) ((i >> 14) | 0x80), (byte) ((i >> 7) | 0x80), (byte) (i & 0x7f)});
  }

  private static byte[] san(int tag, String name) {
    return der(0x80 | tag, name.getBytes(UTF_8));
  }

  /** {@code depth} constructed elements, each in the other, with nothing inside. */
  private static byte[] nested(int depth, int tag) {
    byte[] inner = new byte[6 * depth + 6];
    int at = inner.length;
    int length = 0;
    for (int i = 0; i < depth; i++) {
      byte[] element = der(tag, new byte[0], length);
      at -= element.length;
      System.arraycopy(element, 0, inner, at, element.length);
      length += element.length;
    }
    return Arrays.copyOfRange(inner, at, at + length);
  }

  /** A header for a content that is longer than what is given. */
  private static byte[] der(int tag, byte[] content, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      int lengthBytes = length < 0x100 ? 1 : length < 0x1_0000 ? 2 : length < 0x100_0000 ? 3 : 4;
      out.write(0x80 | lengthBytes);
      for (int i = lengthBytes - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] der(int tag, byte[] content) {
    return der(tag, content, content.length);
  }

  /** SEQUENCEs of indefinite length, each in the other, in an OCTET STRING's place. */
  private static byte[] indefinite(int depth) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < depth; i++) {
      out.write(0x30);
      out.write(0x80);
    }
    out.writeBytes(new byte[2 * depth]);
    return der(0x30, out.toByteArray());
  }

  private static byte[] scts(int n) {
    byte[] sct = new byte[2 + 47];
    sct[1] = 47;
    byte[] list = repeated(Math.min(n, 1300), _ -> sct);
    return joined(new byte[] {(byte) (list.length >> 8), (byte) list.length}, list);
  }

  private static byte[] filled(int length, String pattern) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) pattern.charAt(i % pattern.length());
    }
    return bytes;
  }

  private static byte[] repeated(int n, IntFunction<byte[]> part) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < n; i++) {
      out.writeBytes(part.apply(i));
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}

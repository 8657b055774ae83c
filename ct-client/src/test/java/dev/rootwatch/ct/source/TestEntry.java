package dev.rootwatch.ct.source;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.TileReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An entry as its parts.
 *
 * @param timestampedEntry what is hashed, without version and leaf_type
 * @param precertificate null in x509 entries
 * @param issuers certificates (any bytes); may be unknown, then only their fingerprints are there
 */
@SuppressWarnings("ArrayRecordComponent") // a test's
record TestEntry(
    byte[] timestampedEntry,
    byte @Nullable [] precertificate,
    List<byte[]> issuers,
    List<Hash> fingerprints) {

  static final Path SHARED = Path.of("../../shared/data/ct");

  /** Entries of this many bytes or so, of both kinds, with a leaf_index; the same for a seed. */
  static List<TestEntry> synthetic(int count, long seed) {
    Random random = new Random(seed);
    List<byte[]> cas = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      cas.add(bytes(random, 700 + 100 * i));
    }
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean precert = random.nextBoolean();
      byte[] body = bytes(random, 300 + random.nextInt(1200));
      List<byte[]> chain = cas.subList(0, random.nextInt(4));
      entries.add(
          new TestEntry(
              timestampedEntry(i, precert ? 1 : 0, bytes(random, 32), body, leafIndex(i)),
              precert ? bytes(random, body.length + 300) : null,
              chain,
              chain.stream().map(Hash::sha256).toList()));
    }
    return entries;
  }

  /** The first {@code count} entries, at most 1024, of the real log navigli2025h2. */
  static List<TestEntry> navigli(int count) throws IOException {
    List<TestEntry> entries = new ArrayList<>();
    for (int number = 0; number * 256 < count; number++) {
      byte[] tile =
          Files.readAllBytes(SHARED.resolve("static/navigli2025h2/tile/data/00" + number));
      EntryRange all = new EntryRange(number * 256L, number * 256L + 256);
      try (EntryWindow window =
          TileReader.read(tile, tile.length, all.from(), 256, all, tile.length, _ -> {})) {
        for (int i = 0; i < Math.min(256, count - number * 256); i++) {
          List<Hash> fingerprints = new ArrayList<>();
          for (int k = 0; k < window.chainLength(i); k++) {
            fingerprints.add(Hash.copyOf(tile, window.chainOffset(i, k)));
          }
          entries.add(
              new TestEntry(
                  copy(tile, window.leafOffset(i), window.leafLength(i)),
                  copy(tile, window.precertificateOffset(i), window.precertificateLength(i)),
                  List.of(),
                  fingerprints));
        }
      }
    }
    return entries;
  }

  static byte[] timestampedEntry(
      int index, int type, byte[] issuerKeyHash, byte[] body, byte[] extensions) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, 1_790_000_000_000L + index, 8);
    number(out, type, 2);
    if (type == 1) {
      out.writeBytes(issuerKeyHash);
    }
    vector(out, 3, body);
    vector(out, 2, extensions);
    return out.toByteArray();
  }

  static byte[] leafIndex(long index) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, 0, 1);
    number(out, 5, 2);
    number(out, index, 5);
    return out.toByteArray();
  }

  byte[] tileLeaf() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(timestampedEntry);
    if (precertificate != null) {
      vector(out, 3, precertificate);
    }
    ByteArrayOutputStream chain = new ByteArrayOutputStream();
    fingerprints.forEach(f -> chain.writeBytes(f.toBytes()));
    vector(out, 2, chain.toByteArray());
    return out.toByteArray();
  }

  byte[] leafInput() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, 0, 2);
    out.writeBytes(timestampedEntry);
    return out.toByteArray();
  }

  byte[] extraData() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (precertificate != null) {
      vector(out, 3, precertificate);
    }
    ByteArrayOutputStream chain = new ByteArrayOutputStream();
    issuers.forEach(der -> vector(chain, 3, der));
    vector(out, 3, chain.toByteArray());
    return out.toByteArray();
  }

  Hash leafHash() {
    MessageDigest sha256 = Hash.newSha256();
    sha256.update((byte) 0);
    return Hash.of(sha256.digest(leafInput()));
  }

  private static void vector(ByteArrayOutputStream out, int lengthBytes, byte[] content) {
    number(out, content.length, lengthBytes);
    out.writeBytes(content);
  }

  private static void number(ByteArrayOutputStream out, long value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] copy(byte[] from, int offset, int length) {
    return Arrays.copyOfRange(from, offset, offset + length);
  }
}

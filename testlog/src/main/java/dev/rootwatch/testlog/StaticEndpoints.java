package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The monitoring prefix of c2sp.org/static-ct-api: checkpoint, tiles, issuers. */
final class StaticEndpoints implements AutoCloseable {
  private static final int TILE = 256;

  private final TestLog log;
  private final BodyStore fullDataTiles;

  StaticEndpoints(TestLog log) {
    this.log = log;
    this.fullDataTiles = new BodyStore(log.name());
  }

  /**
   * The signed note. Its log's line is not the first, as the specification allows: before it stands
   * one of an unknown kind, behind it one that looks like a witness's cosignature.
   */
  Answer checkpoint(String origin) {
    PublishedHead head = log.faults().shown(log.head());
    byte[] grease = Arrays.copyOf(Hash.sha256(ascii("grease " + head.size())).toBytes(), 24);
    byte[] cosignature =
        new Bytes(76)
            .raw(Hash.sha256(ascii("witness.invalid")).toBytes(), 0, 4)
            .uint64(head.timestamp() / 1000)
            .raw(Hash.sha256(ascii("cosignature a " + head.root())).toBytes())
            .raw(Hash.sha256(ascii("cosignature b " + head.root())).toBytes())
            .toArray();
    String note =
        origin
            + "\n"
            + head.size()
            + "\n"
            + head.root().base64()
            + "\n\n"
            + line("grease.invalid", grease)
            + line(origin, logSignature(origin, head))
            + line("witness.invalid/w1", cosignature);
    return Answer.text(Answer.TEXT, note);
  }

  /** keyID[4] || uint64 timestamp || digitally-signed, static-ct-api "Checkpoints". */
  private byte[] logSignature(String origin, PublishedHead head) {
    byte[] keyId =
        Hash.sha256(
                new Bytes(128)
                    .raw(ascii(origin))
                    .uint8('\n')
                    .uint8(0x05)
                    .raw(log.id().keyHash().toBytes())
                    .toArray())
            .toBytes();
    return new Bytes(128)
        .raw(keyId, 0, 4)
        .uint64(head.timestamp())
        .raw(Rfc6962Endpoints.digitallySigned(log.key(), head.signature()))
        .toArray();
  }

  private static String line(String name, byte[] signature) {
    return "\u2014 " + name + " " + Base64.getEncoder().encodeToString(signature) + "\n";
  }

  /** {@code tile/<L>/<N>[.p/<W>]}. */
  Answer hashTile(String path) {
    TilePath tile = TilePath.parse(path, 5);
    if (tile == null || !isPublished(tile)) {
      return Answer.notFound();
    }
    return Answer.immutable(log.hashTile(tile.level(), tile.number(), tile.width()));
  }

  /** {@code tile/data/<N>[.p/<W>]}, gzip as most logs send it. */
  Answer dataTile(String path) {
    TilePath tile = TilePath.parseData(path);
    if (tile == null || !isPublished(tile)) {
      return Answer.notFound();
    }
    byte[] body =
        tile.width() == TILE
            ? fullDataTiles.get(tile.number(), () -> gzip(leaves(tile)))
            : gzip(leaves(tile));
    return Answer.gzipped(body);
  }

  /** Makes the full data tiles of what is published, so that they need not be made when asked. */
  void prepare() {
    long full = log.head().size() / TILE;
    for (long number = 0; number < full; number++) {
      TilePath tile = new TilePath(0, number, TILE);
      fullDataTiles.get(number, () -> gzip(leaves(tile)));
    }
  }

  Answer issuer(String fingerprint) {
    byte @Nullable [] certificate =
        fingerprint.matches("[0-9a-f]{64}") ? log.issuer(Hash.ofHex(fingerprint)) : null;
    return certificate == null
        ? Answer.notFound()
        : Answer.immutable("application/pkix-cert", certificate);
  }

  @Override
  public void close() {
    fullDataTiles.close();
  }

  /** Full tiles inside the published tree, and the partial one at its right edge. */
  private boolean isPublished(TilePath tile) {
    long hashes = log.head().size() >> (8 * tile.level());
    long inTile = Math.min(TILE, hashes - tile.number() * TILE);
    return inTile >= tile.width() && (tile.width() == TILE || log.isRightEdge(tile));
  }

  private byte[] leaves(TilePath tile) {
    Bytes leaves = new Bytes(tile.width() * 4096);
    long first = tile.number() * TILE;
    for (long index = first; index < first + tile.width(); index++) {
      Submission entry = log.entry(index);
      entry.writeTimestampedEntry(leaves, log.timestamp(index), log.extensions(index));
      entry.writeTileLeafTail(leaves);
    }
    return leaves.toArray();
  }

  /** At the fastest level: keys and signatures do not compress, and these tiles are made often. */
  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
    try (FastGzip gzip = new FastGzip(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out, 16384);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

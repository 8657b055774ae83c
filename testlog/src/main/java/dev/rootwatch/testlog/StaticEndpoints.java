package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.testlog.EntryFaults.Served;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
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
    PublishedHead head = log.faults().heads().shown(log.head());
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
    if (tile == null || !isPublished(tile) || log.faults().tiles().hides(tile, false)) {
      return Answer.notFound();
    }
    byte[] hashes = log.hashTile(tile.level(), tile.number(), tile.width());
    return Answer.immutable(log.faults().tiles().hashes(hashes));
  }

  /** {@code tile/data/<N>[.p/<W>]}, gzip as most logs send it. */
  Answer dataTile(String path) {
    TilePath tile = TilePath.parseData(path);
    if (tile == null || !isPublished(tile) || log.faults().tiles().hides(tile, true)) {
      return Answer.notFound();
    }
    long first = tile.number() * TILE;
    Served served = log.faults().entries().served(first, first + tile.width());
    byte[] body =
        tile.width() == TILE && served == null
            ? fullDataTiles.get(tile.number(), () -> gzip(leaves(tile, null)))
            : gzip(leaves(tile, served));
    return Answer.gzipped(body).withEntries(tile.width());
  }

  /** Makes the full data tiles of what is published, so that they need not be made when asked. */
  void prepare() {
    long full = log.head().size() / TILE;
    for (long number = 0; number < full; number++) {
      TilePath tile = new TilePath(0, number, TILE);
      fullDataTiles.get(number, () -> gzip(leaves(tile, null)));
    }
  }

  Answer issuer(String fingerprint) {
    byte @Nullable [] certificate =
        fingerprint.matches("[0-9a-f]{64}") ? log.issuer(Hash.ofHex(fingerprint)) : null;
    return certificate == null
        ? Answer.notFound()
        : Answer.immutable("application/pkix-cert", log.faults().tiles().issuer(certificate));
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

  private byte[] leaves(TilePath tile, @Nullable Served served) {
    Bytes leaves = new Bytes(tile.width() * 4096);
    long first = tile.number() * TILE;
    for (long index = first; index < first + tile.width(); index++) {
      TreeLeaf truth = log.leaf(index);
      (served == null ? truth : served.leaf(index, truth)).writeTileLeaf(leaves);
    }
    return leaves.toArray();
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
    try (FastGzip gzip = new FastGzip(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

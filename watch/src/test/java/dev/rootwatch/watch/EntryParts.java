package dev.rootwatch.watch;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.GetEntriesBuilder;
import dev.rootwatch.ct.wire.TileReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a log entry, each of which may be any bytes, and what a log would serve of them in
 * either protocol.
 *
 * @param timestamp milliseconds since the epoch
 * @param issuerKeyHash of a precertificate entry; null makes it a certificate entry
 * @param certificate what the leaf commits to: a certificate, or a TBSCertificate
 * @param precertificate beside the leaf of a precertificate entry
 * @param chain certificates, nearest issuer first
 */
@SuppressWarnings("ArrayRecordComponent") // test data
record EntryParts(
    long timestamp,
    byte @Nullable [] issuerKeyHash,
    byte[] certificate,
    byte[] precertificate,
    List<byte[]> chain) {

  static EntryParts of(LogEntry entry) {
    Hash key = entry.issuerKeyHash();
    byte[] precertificate = entry.precertificate();
    return new EntryParts(
        entry.timestamp(),
        key == null ? null : key.toBytes(),
        entry.signedCertificate(),
        precertificate == null ? new byte[0] : precertificate,
        entry.chain());
  }

  static EntryParts certificate(byte[] der, List<byte[]> chain) {
    return new EntryParts(1_700_000_000_000L, null, der, new byte[0], chain);
  }

  static EntryParts precertificate(Hash key, byte[] tbs, byte[] der, List<byte[]> chain) {
    return new EntryParts(1_700_000_000_000L, key.toBytes(), tbs, der, chain);
  }

  EntryParts withCertificate(byte[] value) {
    return new EntryParts(timestamp, issuerKeyHash, value, precertificate, chain);
  }

  EntryParts withPrecertificate(byte[] value) {
    return new EntryParts(timestamp, issuerKeyHash, certificate, value, chain);
  }

  EntryParts withIssuer(byte[] value) {
    List<byte[]> changed = new ArrayList<>(chain);
    changed.set(0, value);
    return new EntryParts(timestamp, issuerKeyHash, certificate, precertificate, changed);
  }

  private byte[] timestampedEntry() {
    byte[] key = issuerKeyHash;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ByteBuffer.allocate(10).putLong(timestamp).putShort((short) (key == null ? 0 : 1)).array());
    if (key != null) {
      out.writeBytes(key);
    }
    out.writeBytes(vector(3, certificate));
    out.writeBytes(vector(2, new byte[0]));
    return out.toByteArray();
  }

  byte[] leafInput() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0});
    out.writeBytes(timestampedEntry());
    return out.toByteArray();
  }

  byte[] extraData() {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    chain.forEach(der -> list.writeBytes(vector(3, der)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (issuerKeyHash != null) {
      out.writeBytes(vector(3, precertificate));
    }
    out.writeBytes(vector(3, list.toByteArray()));
    return out.toByteArray();
  }

  byte[] tileLeaf() {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    chain.forEach(der -> list.writeBytes(Hash.sha256(der).toBytes()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(timestampedEntry());
    if (issuerKeyHash != null) {
      out.writeBytes(vector(3, precertificate));
    }
    out.writeBytes(vector(2, list.toByteArray()));
    return out.toByteArray();
  }

  /** A window of a get-entries answer: leaf_input and extra_data of each entry, in turn. */
  static EntryWindow getEntries(List<byte[]> inputs) {
    int size = inputs.stream().mapToInt(input -> input.length).sum();
    byte[] buffer = new byte[size];
    GetEntriesBuilder builder = new GetEntriesBuilder(0, inputs.size() / 2, buffer, _ -> {});
    int at = 0;
    for (int i = 0; i < inputs.size(); i += 2) {
      byte[] leaf = inputs.get(i);
      byte[] extra = inputs.get(i + 1);
      System.arraycopy(leaf, 0, buffer, at, leaf.length);
      System.arraycopy(extra, 0, buffer, at + leaf.length, extra.length);
      builder.add(at, leaf.length, at + leaf.length, extra.length);
      at += leaf.length + extra.length;
    }
    return builder.build(size);
  }

  /** A data tile of these TileLeafs. */
  static EntryWindow tile(List<byte[]> leaves) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    leaves.forEach(out::writeBytes);
    byte[] bytes = out.toByteArray();
    int count = leaves.size();
    EntryWindow window =
        TileReader.read(
            bytes, bytes.length, 0, count, new EntryRange(0, count), bytes.length, _ -> {});
    // As the reader does where framing is broken: the hashes come from the level-0 tile.
    return window.canHashLeaves() ? window : window.withLeafHashes(new byte[count * Hash.BYTES], 0);
  }

  static byte[] vector(int lengthBytes, byte[] content) {
    byte[] out = new byte[lengthBytes + content.length];
    for (int i = 0; i < lengthBytes; i++) {
      out[i] = (byte) (content.length >> (8 * (lengthBytes - 1 - i)));
    }
    System.arraycopy(content, 0, out, lengthBytes, content.length);
    return out;
  }
}

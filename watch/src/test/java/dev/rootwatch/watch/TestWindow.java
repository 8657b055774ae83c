package dev.rootwatch.watch;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.source.IssuerAnswer;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.GetEntriesBuilder;
import dev.rootwatch.ct.wire.TileReader;
import dev.rootwatch.ct.x509.CanonicalTbs;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes entries as a log would serve them, in both protocols. */
final class TestWindow {
  private final List<Entry> entries = new ArrayList<>();
  private long timestamp = 1_700_000_000_000L;

  @SuppressWarnings("ArrayRecordComponent") // test data
  private record Entry(
      long timestamp, int type, byte[] head, byte[] body, byte[] precertificate, byte[][] chain) {}

  TestWindow at(String instant) {
    timestamp = java.time.Instant.parse(instant).toEpochMilli();
    return this;
  }

  TestWindow certificate(byte[] der, byte[]... chain) {
    entries.add(new Entry(timestamp, 0, new byte[0], der, new byte[0], chain));
    return this;
  }

  TestWindow precertificate(Hash issuerKey, byte[] der, byte[]... chain) {
    byte[] tbs = CanonicalTbs.ofCertificate(der, 0, der.length).orElseThrow();
    return precertificate(issuerKey, tbs, der, chain);
  }

  TestWindow precertificate(Hash issuerKey, byte[] tbs, byte[] der, byte[][] chain) {
    entries.add(new Entry(timestamp, 1, issuerKey.toBytes(), tbs, der, chain));
    return this;
  }

  /** A get-entries window. */
  EntryWindow getEntries() {
    GetEntriesBuilder builder =
        new GetEntriesBuilder(1000, entries.size(), new byte[64 * 1024], _ -> {});
    for (Entry entry : entries) {
      ByteArrayOutputStream leaf = new ByteArrayOutputStream();
      leaf.writeBytes(new byte[] {0, 0});
      leaf.writeBytes(timestampedEntry(entry));
      put(builder, leaf.toByteArray(), true);
      ByteArrayOutputStream chain = new ByteArrayOutputStream();
      for (byte[] certificate : entry.chain()) {
        chain.writeBytes(EntryParts.vector(3, certificate));
      }
      ByteArrayOutputStream extra = new ByteArrayOutputStream();
      if (entry.type() == 1) {
        extra.writeBytes(EntryParts.vector(3, entry.precertificate()));
      }
      extra.writeBytes(EntryParts.vector(3, chain.toByteArray()));
      put(builder, extra.toByteArray(), false);
      builder.endEntry();
    }
    return builder.build(1);
  }

  private static void put(GetEntriesBuilder builder, byte[] bytes, boolean leaf) {
    byte[] buffer = builder.reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, builder.position(), bytes.length);
    if (leaf) {
      builder.leafInput(bytes.length);
    } else {
      builder.extraData(bytes.length);
    }
  }

  /** A data tile. */
  EntryWindow tile() {
    ByteArrayOutputStream tile = new ByteArrayOutputStream();
    for (Entry entry : entries) {
      tile.writeBytes(timestampedEntry(entry));
      if (entry.type() == 1) {
        tile.writeBytes(EntryParts.vector(3, entry.precertificate()));
      }
      ByteArrayOutputStream fingerprints = new ByteArrayOutputStream();
      for (byte[] certificate : entry.chain()) {
        fingerprints.writeBytes(Hash.sha256(certificate).toBytes());
      }
      tile.writeBytes(EntryParts.vector(2, fingerprints.toByteArray()));
    }
    byte[] bytes = tile.toByteArray();
    return TileReader.read(
        bytes,
        bytes.length,
        1024,
        entries.size(),
        new EntryRange(1024, 1024 + entries.size()),
        1,
        _ -> {});
  }

  /** Gives every certificate of every chain. */
  IssuerSource issuers() {
    Map<Hash, byte[]> certificates = new HashMap<>();
    for (Entry entry : entries) {
      for (byte[] certificate : entry.chain()) {
        certificates.put(Hash.sha256(certificate), certificate);
      }
    }
    return fingerprint -> {
      byte[] der = certificates.get(fingerprint);
      return der == null ? new IssuerAnswer.Missing() : new IssuerAnswer.Found(der);
    };
  }

  private static byte[] timestampedEntry(Entry entry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ByteBuffer.allocate(10).putLong(entry.timestamp()).putShort((short) entry.type()).array());
    out.writeBytes(entry.head());
    out.writeBytes(EntryParts.vector(3, entry.body()));
    out.writeBytes(new byte[] {0, 0});
    return out.toByteArray();
  }

  static CtLog log() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return CtLog.custom(
        "lab",
        URI.create("https://ct.example/log/"),
        LogProtocol.RFC6962,
        LogKey.ofSpki(generator.generateKeyPair().getPublic().getEncoded()));
  }
}

package dev.rootwatch.watch.authority;

import dev.rootwatch.ct.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * Which key a CA certificate holds, remembered by the certificate's SHA-256: entries of static logs
 * name their chain by fingerprint alone, and the same few thousand certificates come again and
 * again. Readers never wait; a certificate is added once. Bounded: when it is full, what is new is
 * looked up each time.
 */
public final class IssuerMemory {
  /** CCADB lists some ten thousand CA certificates; a log's issuers are fewer. */
  private static final int MAX_CERTIFICATES = 65_536;

  private volatile Snapshot snapshot = new Snapshot(List.of(), List.of());

  private record Snapshot(List<Hash> fingerprints, List<Integer> values, KeyTable table) {
    Snapshot(List<Hash> fingerprints, List<Integer> values) {
      this(
          fingerprints,
          values,
          KeyTable.of(fingerprints, values.stream().mapToInt(Integer::intValue).toArray()));
    }
  }

  /**
   * What was remembered for the certificate whose SHA-256 stands at {@code offset}; {@link
   * KeyTable#ABSENT} when nothing was.
   */
  public int find(byte[] bytes, int offset) {
    return snapshot.table().find(bytes, offset);
  }

  /** Remembers a value, not negative, for a certificate. */
  public synchronized void remember(Hash fingerprint, int value) {
    Snapshot current = snapshot;
    if (current.fingerprints().size() >= MAX_CERTIFICATES
        || current.table().find(fingerprint) != KeyTable.ABSENT) {
      return;
    }
    List<Hash> fingerprints = new ArrayList<>(current.fingerprints());
    List<Integer> values = new ArrayList<>(current.values());
    fingerprints.add(fingerprint);
    values.add(value);
    snapshot = new Snapshot(fingerprints, values);
  }

  /** How many certificates are remembered. */
  public int size() {
    return snapshot.fingerprints().size();
  }
}

package dev.rootwatch.watch.authority;

import dev.rootwatch.ct.Hash;
import java.util.Arrays;

/**
 * Which key a CA certificate holds, remembered by the certificate's SHA-256: entries of static logs
 * name their chain by fingerprint alone, and the same few thousand certificates come again and
 * again. Readers never wait. Bounded: when it is full, what is new is looked up each time.
 */
public final class IssuerMemory {
  /** CCADB lists some ten thousand CA certificates; a log's issuers are fewer. */
  private static final int MAX_CERTIFICATES = 65_536;

  private final GrowingKeyTable fingerprints = new GrowingKeyTable();
  private volatile long[] values = new long[256];

  /**
   * What was remembered for the certificate whose SHA-256 stands at {@code offset}; {@link
   * KeyTable#ABSENT} when nothing was.
   */
  public long find(byte[] bytes, int offset) {
    int number = fingerprints.find(bytes, offset);
    return number == KeyTable.ABSENT ? KeyTable.ABSENT : values[number];
  }

  /** Remembers a value, not negative, for a certificate; in place of what was remembered. */
  public synchronized void remember(Hash fingerprint, long value) {
    int number = fingerprints.find(fingerprint);
    if (number != KeyTable.ABSENT) {
      values[number] = value;
      return;
    }
    int size = fingerprints.size();
    if (size >= MAX_CERTIFICATES) {
      return;
    }
    long[] all = size < values.length ? values : Arrays.copyOf(values, 2 * size);
    all[size] = value;
    values = all; // before the number can be found
    fingerprints.add(fingerprint);
  }

  /** How many certificates are remembered. */
  public int size() {
    return fingerprints.size();
  }
}

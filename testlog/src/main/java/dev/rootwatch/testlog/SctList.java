package dev.rootwatch.testlog;

import java.time.Instant;
import java.util.Arrays;

/**
 * The SignedCertificateTimestampList of a final certificate (RFC 6962 section 3.3), shaped like a
 * real one, signed by nobody.
 *
 * <pre>
 * opaque SerializedSCT&lt;1..2^16-1>;
 * struct { SerializedSCT sct_list &lt;1..2^16-1>; } SignedCertificateTimestampList;
 * struct {
 *     Version sct_version; LogID id; uint64 timestamp; CtExtensions extensions;
 *     digitally-signed ...
 * } SignedCertificateTimestamp;                                       section 3.2
 * </pre>
 */
final class SctList {
  private static final int SHA256_ECDSA = 0x0403;
  private static final int SCTS = 2;

  private SctList() {}

  /** Two SCTs of the given moment. */
  static byte[] madeUp(Seed seed, String label, Instant timestamp) {
    Bytes list = new Bytes(256);
    for (int i = 0; i < SCTS; i++) {
      byte[] random = seed.bytes("sct " + i + " " + label);
      byte[] log = Arrays.copyOf(seed.bytes("sct log " + i), 32);
      list.opaque16(one(log, timestamp.toEpochMilli(), ecdsaShaped(random)));
    }
    return new Bytes(list.length() + 2).opaque16(list.toArray()).toArray();
  }

  /** One SCT. */
  static byte[] one(byte[] logId, long timestamp, byte[] signature) {
    return new Bytes(128)
        .uint8(0)
        .raw(logId)
        .uint64(timestamp)
        .uint16(0)
        .uint16(SHA256_ECDSA)
        .opaque16(signature)
        .toArray();
  }

  /** 70 bytes that parse as the DER of an ECDSA signature, made of 64 bytes of anything. */
  static byte[] ecdsaShaped(byte[] random) {
    byte[] signature = new byte[70];
    signature[0] = 0x30;
    signature[1] = 68;
    for (int part = 0; part < 2; part++) {
      int at = 2 + 34 * part;
      signature[at] = 0x02;
      signature[at + 1] = 32;
      System.arraycopy(random, 32 * part, signature, at + 2, 32);
      // Positive and of full length.
      signature[at + 2] = (byte) ((signature[at + 2] & 0x3f) | 0x40);
    }
    return signature;
  }
}

package dev.rootwatch.watch;

import dev.rootwatch.ct.wire.TlsReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The timestamps of SCTs embedded in a certificate (RFC 6962 section 3.3).
 *
 * <pre>{@code
 * opaque SerializedSCT<1..2^16-1>;
 * struct { SerializedSCT sct_list <1..2^16-1>; } SignedCertificateTimestampList;
 * struct {
 *   Version sct_version;      // uint8
 *   LogID id;                 // opaque[32]
 *   uint64 timestamp;
 *   ...
 * } SignedCertificateTimestamp;
 * }</pre>
 */
final class EmbeddedScts {
  private static final int LOG_ID = 32;
  private static final int MAX_SCTS = 64;

  /** 9999-12-31: later times are junk. */
  private static final long LAST_TIME = 253_402_300_799_999L;

  private EmbeddedScts() {}

  /**
   * The timestamps of the version 1 SCTs; what cannot be read ends the list.
   *
   * @param offset content of the extension's extnValue: an OCTET STRING that holds the list
   */
  static List<Instant> timestamps(byte[] bytes, int offset, int length) {
    List<Instant> timestamps = new ArrayList<>();
    int header = derHeader(bytes, offset, length);
    if (header < 0) {
      return timestamps;
    }
    TlsReader list = new TlsReader().over(bytes, offset + header, length - header);
    int at = list.vector16("sct_list");
    TlsReader scts = new TlsReader().over(bytes, at, list.failed() ? 0 : list.vectorLength());
    while (!scts.failed() && scts.remaining() > 0 && timestamps.size() < MAX_SCTS) {
      int sctAt = scts.vector16("SerializedSCT");
      if (scts.failed()) {
        break;
      }
      TlsReader sct = new TlsReader().over(bytes, sctAt, scts.vectorLength());
      int version = sct.uint8("sct_version");
      sct.fixed(LOG_ID, "id");
      long timestamp = sct.uint64("timestamp");
      if (!sct.failed() && version == 0 && timestamp >= 0 && timestamp <= LAST_TIME) {
        timestamps.add(Instant.ofEpochMilli(timestamp));
      }
    }
    return timestamps;
  }

  /** Bytes of the header of the OCTET STRING that fills the slice; -1 when there is none. */
  private static int derHeader(byte[] bytes, int offset, int length) {
    if (length < 2 || bytes[offset] != 0x04) {
      return -1;
    }
    int first = bytes[offset + 1] & 0xff;
    int header = first < 0x80 ? 2 : 2 + (first & 0x7f);
    return header <= length && header <= 6 ? header : -1;
  }
}

package dev.rootwatch.ct.wire;

import dev.rootwatch.ct.LogEntry;

/**
 * Reads what both protocols have in common (RFC 6962 section 3.4).
 *
 * <pre>{@code
 * struct {
 *   uint64 timestamp;
 *   LogEntryType entry_type;              // uint16: 0 x509_entry, 1 precert_entry
 *   select (entry_type) {
 *     case x509_entry: ASN.1Cert;         // opaque <1..2^24-1>
 *     case precert_entry: PreCert;
 *   } signed_entry;
 *   CtExtensions extensions;              // opaque <0..2^16-1>
 * } TimestampedEntry;
 *
 * struct {
 *   opaque issuer_key_hash[32];
 *   TBSCertificate tbs_certificate;       // opaque <1..2^24-1>
 * } PreCert;
 * }</pre>
 */
final class EntryReader {
  private EntryReader() {}

  /**
   * Reads a TimestampedEntry into {@code row}. An unknown type is written down and the rest left
   * unread: only its container, if it has one, knows how long it is. When the reader fails, the
   * place and reason are the reader's and nothing but the type is in the row.
   *
   * @return whether the type is known
   */
  static boolean timestampedEntry(TlsReader in, EntryTable table, int row) {
    in.uint64("timestamp");
    int type = in.uint16("entry_type");
    if (in.failed()) {
      return true;
    }
    table.set(row, EntryTable.TYPE, type);
    int body;
    switch (type) {
      case LogEntry.X509 -> body = in.vector24("certificate");
      case LogEntry.PRECERT -> {
        in.fixed(32, "issuer_key_hash");
        body = in.vector24("tbs_certificate");
      }
      default -> {
        return false;
      }
    }
    int bodyLength = in.vectorLength();
    in.vector16("extensions");
    if (!in.failed()) {
      table.set(row, EntryTable.BODY, body);
      table.set(row, EntryTable.BODY_LENGTH, bodyLength);
    }
    return true;
  }

  /**
   * ASN.1Cert demands one byte at least. An empty one does not break the framing, so it is no
   * business of the reader; but there is nothing to read in it.
   */
  static void refuseEmptyBody(EntryTable table, int row, int leafStart) {
    int body = table.get(row, EntryTable.BODY);
    if (body >= 0 && table.get(row, EntryTable.BODY_LENGTH) == 0) {
      table.defect(row, EntryTable.LEAF_DEFECT, body - 3 - leafStart, "empty certificate");
      table.set(row, EntryTable.BODY, -1);
    }
  }
}

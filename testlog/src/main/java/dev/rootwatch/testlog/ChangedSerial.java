package dev.rootwatch.testlog;

/**
 * A certificate that is another one by one byte, of the same length and as readable as it was: the
 * last byte of its serial number is changed.
 *
 * <pre>
 * Certificate     ::= SEQUENCE { tbsCertificate TBSCertificate, ... }
 * TBSCertificate  ::= SEQUENCE { version [0] EXPLICIT ..., serialNumber INTEGER, ... }   RFC 5280 4.1
 * </pre>
 */
final class ChangedSerial {
  private static final int INTEGER = 0x02;
  private static final int SEQUENCE = 0x30;
  private static final int VERSION = 0xa0;

  private ChangedSerial() {}

  /** Of a DER Certificate or TBSCertificate; where it is neither, the last byte is changed. */
  static byte[] of(byte[] der) {
    byte[] changed = der.clone();
    changed[lastByteOfSerial(der)] ^= 1;
    return changed;
  }

  private static int lastByteOfSerial(byte[] der) {
    int at = 0;
    while (at + 4 < der.length) {
      int tag = der[at] & 0xff;
      int lengthBytes = der[at + 1] < 0 ? der[at + 1] & 0x7f : 0;
      int contents = at + 2 + lengthBytes;
      if (tag == SEQUENCE) {
        at = contents;
      } else if (tag == VERSION && lengthBytes == 0) {
        at = contents + der[at + 1];
      } else if (tag == INTEGER && lengthBytes == 0 && contents + der[at + 1] <= der.length) {
        return contents + der[at + 1] - 1;
      } else {
        break;
      }
    }
    return der.length - 1;
  }
}

package dev.rootwatch.watch;

import dev.rootwatch.ct.x509.CertificateScanner;
import dev.rootwatch.watch.authority.DirectoryText;
import dev.rootwatch.watch.name.DomainTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The names of a certificate that domain rules look at: dNSName of the SAN and common names. */
final class NameWalk {
  /**
   * Names that are no plain host names, and so take long to read; real certificates have a common
   * name or two. Where there are more, the rest counts as matching: nobody reads them in time.
   */
  static final int MOST_ODD_NAMES = 64;

  private static final int IA5_STRING = 22;
  private static final int MOST_NAME = 1024;

  private NameWalk() {}

  /** Gets the string type of one name, and its place in the scanned bytes. */
  @FunctionalInterface
  interface NameConsumer {
    void name(int type, int offset, int length);
  }

  static void each(CertificateScanner scan, NameConsumer consumer) {
    for (int i = 0; i < scan.sanCount(); i++) {
      if (scan.sanTag(i) == CertificateScanner.SAN_DNS) {
        consumer.name(IA5_STRING, scan.sanOffset(i), scan.sanLength(i));
      }
    }
    for (int i = 0; i < scan.commonNameCount(); i++) {
      consumer.name(scan.commonNameTag(i), scan.commonNameOffset(i), scan.commonNameLength(i));
    }
  }

  /**
   * Whether any name falls under a watched domain, or there are more odd ones than are read. No
   * object created for plain names.
   */
  static boolean anyMatch(DomainTable table, byte[] bytes, CertificateScanner scan) {
    int odd = 0;
    for (int i = 0; i < scan.sanCount(); i++) {
      if (scan.sanTag(i) == CertificateScanner.SAN_DNS) {
        int offset = scan.sanOffset(i);
        int length = scan.sanLength(i);
        odd += DomainTable.isPlain(bytes, offset, length) ? 0 : 1;
        if (odd > MOST_ODD_NAMES || table.matches(bytes, offset, length)) {
          return true;
        }
      }
    }
    for (int i = 0; i < scan.commonNameCount(); i++) {
      int offset = scan.commonNameOffset(i);
      int length = scan.commonNameLength(i);
      odd += DomainTable.isPlain(bytes, offset, length) ? 0 : 1;
      if (odd > MOST_ODD_NAMES || table.matches(bytes, offset, length)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there are more odd names than {@link #MOST_ODD_NAMES}. */
  static boolean hasTooManyOdd(byte[] bytes, CertificateScanner scan) {
    int[] odd = new int[1];
    each(
        scan,
        (type, offset, length) -> odd[0] += DomainTable.isPlain(bytes, offset, length) ? 0 : 1);
    return odd[0] > MOST_ODD_NAMES;
  }

  /** Whether a name that matches may not be listed: a field is damaged, or there were too many. */
  static boolean mayHideNames(CertificateScanner scan) {
    return scan.truncated() || !scan.damaged().isEmpty();
  }

  /**
   * Looks for watched domains anywhere in bytes that cannot be read as they should, as they stand
   * and without the zeros between letters that UTF-16 and UTF-32 have.
   *
   * @param hits null asks for any
   */
  static boolean search(
      DomainTable table, byte[] bytes, int offset, int length, boolean @Nullable [] hits) {
    boolean found = table.search(bytes, offset, length, hits);
    if (found && hits == null) {
      return true;
    }
    byte[] squeezed = new byte[length];
    int count = 0;
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] != 0) {
        squeezed[count++] = bytes[i];
      }
    }
    return table.search(squeezed, 0, count, hits) || found;
  }

  /** The name as a text, not too long. */
  static String text(int type, byte[] bytes, int offset, int length) {
    return shortened(DirectoryText.of(type, Arrays.copyOfRange(bytes, offset, offset + length)));
  }

  /** Cut between characters. */
  static String shortened(String name) {
    if (name.length() <= MOST_NAME) {
      return name;
    }
    boolean splits = Character.isHighSurrogate(name.charAt(MOST_NAME - 1));
    return name.substring(0, splits ? MOST_NAME - 1 : MOST_NAME) + "…";
  }
}

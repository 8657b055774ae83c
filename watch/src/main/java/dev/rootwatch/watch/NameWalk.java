package dev.rootwatch.watch;

import dev.rootwatch.ct.x509.CertificateScanner;
import dev.rootwatch.watch.authority.DirectoryText;
import dev.rootwatch.watch.name.DomainTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The names of a certificate that domain rules look at: dNSName of the SAN and common names. */
final class NameWalk {
  private NameWalk() {}

  private static final int IA5_STRING = 22;
  private static final int MOST_NAME = 1024;

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

  /** Whether any name falls under a watched domain. No object created for plain names. */
  static boolean anyMatch(DomainTable table, byte[] bytes, CertificateScanner scan) {
    for (int i = 0; i < scan.sanCount(); i++) {
      if (scan.sanTag(i) == CertificateScanner.SAN_DNS
          && table.matches(bytes, scan.sanOffset(i), scan.sanLength(i))) {
        return true;
      }
    }
    for (int i = 0; i < scan.commonNameCount(); i++) {
      if (table.matches(bytes, scan.commonNameOffset(i), scan.commonNameLength(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a name that matches may not be listed: a field is damaged, or there were too many. */
  static boolean mayHideNames(CertificateScanner scan) {
    return scan.truncated() || !scan.damaged().isEmpty();
  }

  /**
   * Looks for watched domains anywhere in bytes that cannot be read as they should: every run of
   * host name characters counts as a name.
   *
   * @param hits null asks for any
   */
  static boolean search(
      DomainTable table, byte[] bytes, int offset, int length, boolean @Nullable [] hits) {
    boolean found = false;
    int end = offset + length;
    int start = -1;
    for (int i = offset; i <= end; i++) {
      boolean inside = i < end && isHostNameByte(bytes[i]);
      if (inside && start < 0) {
        start = i;
      } else if (!inside && start >= 0) {
        found |= searchRun(table, bytes, start, i, hits);
        if (found && hits == null) {
          return true;
        }
        start = -1;
      }
    }
    return found;
  }

  /**
   * A length byte before a name can look like one of its characters, so a run counts from its
   * second byte, too.
   */
  private static boolean searchRun(
      DomainTable table, byte[] bytes, int from, int to, boolean @Nullable [] hits) {
    boolean found = false;
    for (int skip = 0; skip <= 2 && from + skip < to; skip++) {
      int length = to - from - skip;
      found |=
          hits == null
              ? table.matches(bytes, from + skip, length)
              : table.collect(bytes, from + skip, length, hits);
    }
    return found;
  }

  private static boolean isHostNameByte(byte c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '*';
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

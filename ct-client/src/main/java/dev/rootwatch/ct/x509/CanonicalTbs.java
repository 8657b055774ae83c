package dev.rootwatch.ct.x509;

import dev.rootwatch.ct.Hash;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of a certificate that its precertificate and its final form share: the TBS bytes without
 * the poison and SCT list extensions, enclosing lengths re-encoded in DER, an empty extensions
 * field left out (RFC 6962 section 3.2). Its SHA-256 identifies a certificate whatever form it came
 * in.
 *
 * <p>Everything else is copied as it stands. Where the extensions cannot be walked, the field is
 * copied whole: identity must not depend on guesses. Empty only when the frame of the
 * TBSCertificate itself cannot be followed, which is when {@link CertificateScanner} fails.
 */
public final class CanonicalTbs {
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;

  /** Elements from serialNumber to subjectPublicKeyInfo. */
  private static final int MANDATORY_FIELDS = 6;

  private CanonicalTbs() {}

  /** Of a TBSCertificate; empty when it cannot be read. */
  public static Optional<byte[]> ofTbs(byte[] bytes, int offset, int length) {
    long tbs = Der.header(bytes, offset, checkedEnd(bytes, offset, length), Der.SEQUENCE);
    if (tbs == Der.NONE) {
      return Optional.empty();
    }
    int end = Der.end(tbs);
    int extensions = extensionsAt(bytes, Der.start(tbs), end);
    return extensions < 0
        ? Optional.empty()
        : Optional.of(rebuilt(bytes, Der.start(tbs), extensions, end));
  }

  /** Of a whole certificate or precertificate; empty when it cannot be read. */
  public static Optional<byte[]> ofCertificate(byte[] bytes, int offset, int length) {
    long certificate = Der.header(bytes, offset, checkedEnd(bytes, offset, length), Der.SEQUENCE);
    return certificate == Der.NONE
        ? Optional.empty()
        : ofTbs(bytes, Der.start(certificate), Der.length(certificate));
  }

  /** SHA-256 of {@link #ofTbs}. */
  public static Optional<Hash> hashOfTbs(byte[] bytes, int offset, int length) {
    return ofTbs(bytes, offset, length).map(Hash::sha256);
  }

  /** SHA-256 of {@link #ofCertificate}. */
  public static Optional<Hash> hashOfCertificate(byte[] bytes, int offset, int length) {
    return ofCertificate(bytes, offset, length).map(Hash::sha256);
  }

  private static int checkedEnd(byte[] bytes, int offset, int length) {
    if (offset < 0 || length < 0 || offset > bytes.length - length) {
      throw new IndexOutOfBoundsException(
          "[" + offset + ", +" + length + ") of " + bytes.length + " bytes");
    }
    return offset + length;
  }

  /** Where the extensions field starts, {@code end} when there is none; -1 without a frame. */
  private static int extensionsAt(byte[] bytes, int from, int end) {
    int at = from;
    if (at < end && (bytes[at] & 0xff) == VERSION) {
      long version = Der.header(bytes, at, end);
      if (version == Der.NONE) {
        return -1;
      }
      at = Der.end(version);
    }
    for (int i = 0; i < MANDATORY_FIELDS; i++) {
      long field = Der.header(bytes, at, end, i == 0 ? Der.INTEGER : Der.SEQUENCE);
      if (field == Der.NONE) {
        return -1;
      }
      at = Der.end(field);
    }
    while (at < end && (bytes[at] & 0xff) != EXTENSIONS) {
      long field = Der.header(bytes, at, end);
      if (field == Der.NONE) {
        return end;
      }
      at = Der.end(field);
    }
    return at;
  }

  private static byte[] rebuilt(byte[] bytes, int from, int extensions, int end) {
    long field = Der.header(bytes, extensions, end, EXTENSIONS);
    long list =
        field == Der.NONE
            ? Der.NONE
            : Der.header(bytes, Der.start(field), Der.end(field), Der.SEQUENCE);
    byte[] kept =
        list == Der.NONE || Der.end(list) != Der.end(field)
            ? null
            : withoutCt(bytes, Der.start(list), Der.end(list));
    if (kept == null) {
      return assembled(bytes, from, end, new byte[0], end, end);
    }
    return assembled(bytes, from, extensions, kept, Der.end(field), end);
  }

  /**
   * TBSCertificate of what stands before the extensions, the extensions, and what stands behind.
   */
  private static byte[] assembled(
      byte[] bytes, int from, int fromEnd, byte[] kept, int behind, int end) {
    int listLength = Der.headerLength(kept.length) + kept.length;
    int fieldLength = kept.length == 0 ? 0 : Der.headerLength(listLength) + listLength;
    int contentLength = fromEnd - from + fieldLength + end - behind;
    byte[] tbs = new byte[Der.headerLength(contentLength) + contentLength];
    int at = Der.writeHeader(tbs, 0, Der.SEQUENCE, contentLength);
    System.arraycopy(bytes, from, tbs, at, fromEnd - from);
    at += fromEnd - from;
    if (fieldLength > 0) {
      at = Der.writeHeader(tbs, at, EXTENSIONS, listLength);
      at = Der.writeHeader(tbs, at, Der.SEQUENCE, kept.length);
      System.arraycopy(kept, 0, tbs, at, kept.length);
      at += kept.length;
    }
    System.arraycopy(bytes, behind, tbs, at, end - behind);
    return tbs;
  }

  /** The extensions that both forms share; null when the list cannot be walked. */
  private static byte @Nullable [] withoutCt(byte[] bytes, int from, int end) {
    byte[] kept = new byte[end - from];
    int keptLength = 0;
    int at = from;
    while (at < end) {
      long extension = Der.header(bytes, at, end, Der.SEQUENCE);
      if (extension == Der.NONE) {
        return null;
      }
      if (!isCt(bytes, Der.start(extension), Der.end(extension))) {
        int length = Der.end(extension) - at;
        System.arraycopy(bytes, at, kept, keptLength, length);
        keptLength += length;
      }
      at = Der.end(extension);
    }
    return Arrays.copyOf(kept, keptLength);
  }

  private static boolean isCt(byte[] bytes, int at, int end) {
    long id = Der.header(bytes, at, end, Der.OBJECT_IDENTIFIER);
    if (id == Der.NONE) {
      return false;
    }
    int arc = Oids.ct(bytes, Der.start(id), Der.length(id));
    return arc == Oids.CT_POISON || arc == Oids.CT_SCT_LIST;
  }
}

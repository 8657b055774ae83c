package dev.rootwatch.ct.x509;

import dev.rootwatch.ct.Hash;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of a certificate that its precertificate and its final form share: the TBS bytes without
 * the poison and SCT list extensions, enclosing lengths re-encoded in DER, an empty extensions
 * field left out (RFC 6962 section 3.2). Its SHA-256 identifies a certificate whatever form it came
 * in.
 *
 * <p>Everything else is copied as it stands. Where the extensions cannot be walked, the field is
 * copied whole: identity must not depend on guesses. Doing it twice changes nothing. Empty only
 * when the frame of the TBSCertificate itself cannot be followed, which is when {@link
 * CertificateScanner} fails.
 */
public final class CanonicalTbs {
  static final int VERSION = 0xa0;
  static final int EXTENSIONS = 0xa3;

  /** Elements from serialNumber to subjectPublicKeyInfo. */
  private static final int MANDATORY_FIELDS = 6;

  private CanonicalTbs() {}

  /** Of a TBSCertificate; empty when it cannot be read. */
  public static Optional<byte[]> ofTbs(byte[] bytes, int offset, int length) {
    long tbs = Der.header(bytes, offset, checkedEnd(bytes, offset, length), Der.SEQUENCE);
    if (tbs == Der.NONE) {
      return Optional.empty();
    }
    int from = Der.start(tbs);
    int end = Der.end(tbs);
    int optional = optionalFieldsAt(bytes, from, end);
    if (optional < 0) {
      return Optional.empty();
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream(end - from);
    content.write(bytes, from, optional - from);
    writeOptionalFields(content, bytes, optional, end);
    return Optional.of(element(Der.SEQUENCE, content.toByteArray()));
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

  /** Where subjectPublicKeyInfo ends; -1 without a frame. */
  static int optionalFieldsAt(byte[] bytes, int from, int end) {
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
    return at;
  }

  /** There is one extensions field at most; where a stranger put more, none of them is special. */
  private static void writeOptionalFields(
      ByteArrayOutputStream content, byte[] bytes, int from, int end) {
    int at = from;
    while (at < end) {
      long field = Der.header(bytes, at, end);
      int next = field == Der.NONE ? end : Der.end(field);
      byte[] kept =
          field != Der.NONE && (bytes[at] & 0xff) == EXTENSIONS
              ? withoutCt(bytes, Der.start(field), next)
              : null;
      if (kept == null) {
        content.write(bytes, at, next - at);
      } else if (kept.length > 0) {
        content.writeBytes(element(EXTENSIONS, element(Der.SEQUENCE, kept)));
      }
      at = next;
    }
  }

  /** The extensions that both forms share; null when the list cannot be walked. */
  private static byte @Nullable [] withoutCt(byte[] bytes, int from, int limit) {
    long list = Der.header(bytes, from, limit, Der.SEQUENCE);
    if (list == Der.NONE || Der.end(list) != limit) {
      return null;
    }
    ByteArrayOutputStream kept = new ByteArrayOutputStream(limit - from);
    int at = Der.start(list);
    while (at < limit) {
      long extension = Der.header(bytes, at, limit, Der.SEQUENCE);
      if (extension == Der.NONE) {
        return null;
      }
      if (!isCt(bytes, Der.start(extension), Der.end(extension))) {
        kept.write(bytes, at, Der.end(extension) - at);
      }
      at = Der.end(extension);
    }
    return kept.toByteArray();
  }

  static boolean isCt(byte[] bytes, int at, int end) {
    long id = Der.header(bytes, at, end, Der.OBJECT_IDENTIFIER);
    if (id == Der.NONE) {
      return false;
    }
    int arc = Oids.ct(bytes, Der.start(id), Der.length(id));
    return arc == Oids.CT_POISON || arc == Oids.CT_SCT_LIST;
  }

  private static byte[] element(int tag, byte[] content) {
    byte[] element = new byte[Der.headerLength(content.length) + content.length];
    int at = Der.writeHeader(element, 0, tag, content.length);
    System.arraycopy(content, 0, element, at, content.length);
    return element;
  }
}

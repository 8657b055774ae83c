package dev.rootwatch.ct.x509;

import java.util.Arrays;
import java.util.Optional;

/**
 * Whether the TBSCertificate that a log committed to is that of the precertificate beside it (RFC
 * 6962 section 3.2). The precertificate is outside the Merkle tree, so a log could show another one
 * than was submitted.
 */
public enum PrecertificateAgreement {
  /** Equal byte for byte in their {@linkplain CanonicalTbs canonical form}. */
  SAME,
  /**
   * Equal but for the issuer's name and the authority key identifier: right where a Precertificate
   * Signing Certificate signed, wrong elsewhere.
   */
  OTHER_ISSUER,
  /** Two different certificates. */
  DIFFERENT,
  /** The precertificate cannot be followed. */
  PRECERTIFICATE_UNREADABLE,
  /** What the log committed to cannot be followed. */
  TBS_UNREADABLE;

  /** serialNumber and signature stand before the issuer. */
  private static final int FIELDS_BEFORE_ISSUER = 2;

  /**
   * Compares the two. Creates no object when they are written as they usually are, and equal.
   *
   * @param tbsOffset the TBSCertificate that the log committed to
   * @param certificateOffset the precertificate
   */
  public static PrecertificateAgreement of(
      byte[] bytes, int tbsOffset, int tbsLength, int certificateOffset, int certificateLength) {
    return areSame(bytes, tbsOffset, tbsLength, certificateOffset, certificateLength)
        ? SAME
        : slowly(bytes, tbsOffset, tbsLength, certificateOffset, certificateLength);
  }

  // --- the usual case

  private static boolean areSame(
      byte[] bytes, int tbsOffset, int tbsLength, int certificateOffset, int certificateLength) {
    long tbs = Der.header(bytes, tbsOffset, tbsOffset + tbsLength, Der.SEQUENCE);
    long certificate =
        Der.header(bytes, certificateOffset, certificateOffset + certificateLength, Der.SEQUENCE);
    if (tbs == Der.NONE || certificate == Der.NONE) {
      return false;
    }
    long other = Der.header(bytes, Der.start(certificate), Der.end(certificate), Der.SEQUENCE);
    if (other == Der.NONE) {
      return false;
    }
    int end = Der.end(tbs);
    int otherEnd = Der.end(other);
    int optional = CanonicalTbs.optionalFieldsAt(bytes, Der.start(tbs), end);
    int fields = optional - Der.start(tbs);
    int otherOptional = Der.start(other) + fields;
    if (optional < 0
        || otherOptional > otherEnd
        || !Arrays.equals(
            bytes, Der.start(tbs), optional, bytes, Der.start(other), otherOptional)) {
      return false;
    }
    if (optional == end || otherOptional == otherEnd) {
      return optional == end && otherOptional == otherEnd;
    }
    long extensions = extensions(bytes, optional, end);
    long otherExtensions = extensions(bytes, otherOptional, otherEnd);
    return extensions != Der.NONE
        && otherExtensions != Der.NONE
        && haveSameExtensions(
            bytes,
            Der.start(extensions),
            Der.end(extensions),
            Der.start(otherExtensions),
            Der.end(otherExtensions));
  }

  /** The list in an extensions field that is the last field and filled by it. */
  private static long extensions(byte[] bytes, int at, int end) {
    long field = Der.header(bytes, at, end, CanonicalTbs.EXTENSIONS);
    if (field == Der.NONE || Der.end(field) != end) {
      return Der.NONE;
    }
    long list = Der.header(bytes, Der.start(field), end, Der.SEQUENCE);
    return list == Der.NONE || Der.end(list) != end ? Der.NONE : list;
  }

  private static boolean haveSameExtensions(
      byte[] bytes, int from, int end, int otherFrom, int otherEnd) {
    int at = from;
    int other = otherFrom;
    while (true) {
      other = behindCt(bytes, other, otherEnd);
      at = behindCt(bytes, at, end);
      if (at == end || other == otherEnd) {
        return at == end && other == otherEnd;
      }
      long extension = Der.header(bytes, at, end, Der.SEQUENCE);
      int length = Der.end(extension) - at;
      if (extension == Der.NONE
          || length > otherEnd - other
          || !Arrays.equals(bytes, at, at + length, bytes, other, other + length)) {
        return false;
      }
      at += length;
      other += length;
    }
  }

  /** Where the next extension begins that both forms share, or the list ends. */
  private static int behindCt(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end) {
      long extension = Der.header(bytes, at, end, Der.SEQUENCE);
      if (extension == Der.NONE
          || !CanonicalTbs.isCt(bytes, Der.start(extension), Der.end(extension))) {
        return at;
      }
      at = Der.end(extension);
    }
    return at;
  }

  // --- what is odd, or different

  private static PrecertificateAgreement slowly(
      byte[] bytes, int tbsOffset, int tbsLength, int certificateOffset, int certificateLength) {
    Optional<byte[]> tbs = CanonicalTbs.ofTbs(bytes, tbsOffset, tbsLength);
    if (tbs.isEmpty()) {
      return TBS_UNREADABLE;
    }
    Optional<byte[]> other =
        CanonicalTbs.ofCertificate(bytes, certificateOffset, certificateLength);
    if (other.isEmpty()) {
      return PRECERTIFICATE_UNREADABLE;
    }
    if (Arrays.equals(tbs.get(), other.get())) {
      return SAME;
    }
    return Arrays.equals(withoutIssuer(tbs.get()), withoutIssuer(other.get()))
        ? OTHER_ISSUER
        : DIFFERENT;
  }

  /** The fields of a canonical TBSCertificate but for the issuer and its key identifier. */
  private static byte[] withoutIssuer(byte[] tbs) {
    long frame = Der.header(tbs, 0, tbs.length, Der.SEQUENCE);
    int end = Der.end(frame);
    int issuer = Der.start(frame);
    if ((tbs[issuer] & 0xff) == CanonicalTbs.VERSION) {
      issuer = Der.end(Der.header(tbs, issuer, end));
    }
    for (int i = 0; i < FIELDS_BEFORE_ISSUER; i++) {
      issuer = Der.end(Der.header(tbs, issuer, end));
    }
    int behindIssuer = Der.end(Der.header(tbs, issuer, end));
    int optional = CanonicalTbs.optionalFieldsAt(tbs, Der.start(frame), end);
    byte[] rest = new byte[tbs.length];
    int length = put(rest, 0, tbs, Der.start(frame), issuer);
    length = put(rest, length, tbs, behindIssuer, optional);
    long extensions = extensions(tbs, optional, end);
    if (extensions == Der.NONE) {
      length = put(rest, length, tbs, optional, end);
      return Arrays.copyOf(rest, length);
    }
    for (int at = Der.start(extensions); at < end; ) {
      long extension = Der.header(tbs, at, end, Der.SEQUENCE);
      if (extension == Der.NONE) {
        length = put(rest, length, tbs, at, end);
        break;
      }
      if (!isAuthorityKeyIdentifier(tbs, Der.start(extension), Der.end(extension))) {
        length = put(rest, length, tbs, at, Der.end(extension));
      }
      at = Der.end(extension);
    }
    return Arrays.copyOf(rest, length);
  }

  private static boolean isAuthorityKeyIdentifier(byte[] bytes, int at, int end) {
    long id = Der.header(bytes, at, end, Der.OBJECT_IDENTIFIER);
    return id != Der.NONE
        && Oids.idCe(bytes, Der.start(id), Der.length(id)) == Oids.AUTHORITY_KEY_IDENTIFIER;
  }

  private static int put(byte[] target, int at, byte[] source, int from, int to) {
    System.arraycopy(source, from, target, at, to - from);
    return at + to - from;
  }
}

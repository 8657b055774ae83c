package dev.rootwatch.ct;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A SHA-256 digest: exactly 32 bytes, immutable, compared byte for byte.
 *
 * <p>It is the value in which roots, leaf hashes, key hashes and fingerprints travel between the
 * stages. The hot path works on flat byte arrays instead and never creates one per entry.
 */
public final class Hash implements Comparable<Hash> {
  /** Length in bytes. */
  public static final int BYTES = 32;

  private final byte[] bytes;

  private Hash(byte[] owned) {
    this.bytes = owned;
  }

  /**
   * Copies a digest.
   *
   * @throws IllegalArgumentException when {@code digest} is not 32 bytes long
   */
  public static Hash of(byte[] digest) {
    if (digest.length != BYTES) {
      throw new IllegalArgumentException("a SHA-256 hash has 32 bytes, not " + digest.length);
    }
    return new Hash(digest.clone());
  }

  /** Copies the 32 bytes of {@code source} that start at {@code offset}. */
  public static Hash copyOf(byte[] source, int offset) {
    return new Hash(Arrays.copyOfRange(source, offset, offset + BYTES));
  }

  /** Hashes the whole of {@code data}. */
  public static Hash sha256(byte[] data) {
    return sha256(data, 0, data.length);
  }

  /** Hashes {@code length} bytes of {@code data} from {@code offset}. */
  public static Hash sha256(byte[] data, int offset, int length) {
    MessageDigest digest = newSha256();
    digest.update(data, offset, length);
    return new Hash(digest.digest());
  }

  /** A fresh SHA-256; every Java platform has one. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /**
   * Reads 64 hexadecimal digits, in either case.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static Hash ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /**
   * Reads standard, padded base64 (RFC 4648 section 4).
   *
   * @throws IllegalArgumentException when the text is not base64 of 32 bytes
   */
  public static Hash ofBase64(String base64) {
    return of(Base64.getDecoder().decode(base64));
  }

  /** A copy of the 32 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Writes the 32 bytes into {@code target} from {@code offset}. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, BYTES);
  }

  /** Whether the 32 bytes of {@code other} from {@code offset} are these. */
  public boolean matches(byte[] other, int offset) {
    return Arrays.equals(bytes, 0, BYTES, other, offset, offset + BYTES);
  }

  /** Standard, padded base64. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Lower-case hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public int compareTo(Hash other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}

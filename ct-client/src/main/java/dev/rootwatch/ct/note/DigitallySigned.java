package dev.rootwatch.ct.note;

import dev.rootwatch.ct.LogKey;
import java.nio.ByteBuffer;
import java.text.ParseException;

/**
 * A signature as TLS writes it (RFC 5246 section 4.7, used by RFC 6962 section 2.1.4).
 *
 * <pre>
 * struct {
 *   HashAlgorithm hash;                 // uint8, 4 = sha256
 *   SignatureAlgorithm signature;       // uint8, 1 = rsa, 3 = ecdsa
 *   opaque signature&lt;0..2^16-1&gt;;
 * } DigitallySigned;
 * </pre>
 *
 * @param signatureAlgorithm 1 or 3
 * @param signature ECDSA in DER, or RSA PKCS#1 v1.5
 */
@SuppressWarnings("ArrayRecordComponent") // parsed and used in one method, never kept
record DigitallySigned(int signatureAlgorithm, byte[] signature) {
  private static final int HEADER_BYTES = 4;

  /**
   * Why {@code bytes} are not {@code key}'s signature over {@code message}; empty when they are.
   */
  static String fault(ByteBuffer bytes, LogKey key, byte[] message) {
    try {
      DigitallySigned signed = parse(bytes);
      if (signed.signatureAlgorithm != key.signatureAlgorithm()) {
        return "signature algorithm %d, the log's key needs %d"
            .formatted(signed.signatureAlgorithm, key.signatureAlgorithm());
      }
      return key.verifies(message, signed.signature)
          ? ""
          : "the signature does not verify with the log's key, id " + key.id();
    } catch (ParseException e) {
      return "the log's signature is malformed: " + e.getMessage();
    }
  }

  /** Reads the whole of {@code bytes}. */
  static DigitallySigned parse(ByteBuffer bytes) throws ParseException {
    if (bytes.remaining() < HEADER_BYTES) {
      throw new ParseException("at least 4 bytes are needed, not " + bytes.remaining(), 0);
    }
    int hash = Byte.toUnsignedInt(bytes.get());
    int algorithm = Byte.toUnsignedInt(bytes.get());
    int length = Short.toUnsignedInt(bytes.getShort());
    if (hash != LogKey.HASH_SHA256) {
      throw new ParseException("hash algorithm " + hash + ", CT knows 4 (SHA-256) only", 0);
    }
    if (length != bytes.remaining()) {
      throw new ParseException(length + " bytes announced, " + bytes.remaining() + " follow", 2);
    }
    byte[] signature = new byte[length];
    bytes.get(signature);
    return new DigitallySigned(algorithm, signature);
  }

  byte[] encode() {
    return ByteBuffer.allocate(HEADER_BYTES + signature.length)
        .put((byte) LogKey.HASH_SHA256)
        .put((byte) signatureAlgorithm)
        .putShort((short) signature.length)
        .put(signature)
        .array();
  }
}

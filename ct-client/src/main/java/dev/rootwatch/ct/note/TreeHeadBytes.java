package dev.rootwatch.ct.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogKey;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * The bytes that a log signs and serves as its tree head, for whoever plays a log. The signature is
 * made outside: SHA256withECDSA or SHA256withRSA over {@link #toBeSigned}.
 */
public final class TreeHeadBytes {
  private TreeHeadBytes() {}

  /**
   * What the signature of a tree head covers, in both protocols (RFC 6962 section 3.5), 50 bytes.
   *
   * <pre>
   * digitally-signed struct {
   *   Version version;                    // uint8, 0 = v1
   *   SignatureType signature_type;       // uint8, 1 = tree_hash
   *   uint64 timestamp;                   // milliseconds since the epoch
   *   uint64 tree_size;
   *   opaque sha256_root_hash[32];
   * } TreeHeadSignature;
   * </pre>
   */
  public static byte[] toBeSigned(long timestamp, long size, Hash root) {
    return ByteBuffer.allocate(2 + 8 + 8 + Hash.BYTES)
        .put((byte) 0)
        .put((byte) 1)
        .putLong(timestamp)
        .putLong(size)
        .put(root.toBytes())
        .array();
  }

  /** A get-sth body (RFC 6962 section 4.3). */
  public static byte[] getSth(LogKey key, long size, Hash root, long timestamp, byte[] signature) {
    String treeHeadSignature =
        base64(new DigitallySigned(key.signatureAlgorithm(), signature).encode());
    return """
    {"tree_size":%d,"timestamp":%d,"sha256_root_hash":"%s","tree_head_signature":"%s"}\
    """
        .formatted(size, timestamp, root.base64(), treeHeadSignature)
        .getBytes(UTF_8);
  }

  /** A checkpoint with the log's signature alone (c2sp.org/static-ct-api). */
  public static byte[] checkpoint(
      String origin, LogKey key, long size, Hash root, long timestamp, byte[] signature) {
    byte[] signed = new DigitallySigned(key.signatureAlgorithm(), signature).encode();
    byte[] line =
        ByteBuffer.allocate(4 + 8 + signed.length)
            .putInt(CheckpointKey.id(origin, key.id()))
            .putLong(timestamp)
            .put(signed)
            .array();
    return "%s\n%d\n%s\n\n\u2014 %s %s\n"
        .formatted(origin, size, root.base64(), origin, base64(line))
        .getBytes(UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

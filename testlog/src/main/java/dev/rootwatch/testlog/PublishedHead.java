package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;

/**
 * A tree head that a test log has signed and shows.
 *
 * @param size entries in the tree
 * @param root its Merkle tree hash
 * @param timestamp milliseconds since the epoch
 * @param signature the DigitallySigned's signature bytes, over {@link #signedBytes}
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention of this package
public record PublishedHead(long size, Hash root, long timestamp, byte[] signature) {

  /**
   * What a log signs.
   *
   * <pre>
   * digitally-signed struct {
   *     Version version;                         0
   *     SignatureType signature_type = tree_hash; 1
   *     uint64 timestamp; uint64 tree_size; opaque sha256_root_hash[32];
   * } TreeHeadSignature;                          RFC 6962 section 3.5
   * </pre>
   */
  static byte[] signedBytes(long timestamp, long size, Hash root) {
    return new Bytes(50)
        .uint8(0)
        .uint8(1)
        .uint64(timestamp)
        .uint64(size)
        .raw(root.toBytes())
        .toArray();
  }
}

package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;

/**
 * An entry in its place: what a log's tree commits to, and what is served beside it.
 *
 * @param timestamp milliseconds since the epoch
 * @param extensions its CtExtensions, without their length
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention of this package
record TreeLeaf(Submission submission, long timestamp, byte[] extensions) {

  /** {@code MerkleTreeLeaf} of RFC 6962 section 3.4: version v1, leaf_type timestamped_entry. */
  byte[] merkleTreeLeaf() {
    Bytes leaf = new Bytes(submission.signedCertificate().length + 64);
    leaf.uint8(0).uint8(0);
    submission.writeTimestampedEntry(leaf, timestamp, extensions);
    return leaf.toArray();
  }

  /** Its hash in the tree: SHA-256(0x00 || MerkleTreeLeaf), RFC 6962 section 2.1. */
  byte[] hash() {
    return Hash.sha256(new Bytes(1).uint8(0).raw(merkleTreeLeaf()).toArray()).toBytes();
  }

  /** {@code extra_data} of get-entries, RFC 6962 section 4.6. */
  byte[] extraData() {
    Bytes extra = new Bytes(6144);
    submission.writeExtraData(extra);
    return extra.toArray();
  }

  /** {@code TileLeaf} of static-ct-api. */
  void writeTileLeaf(Bytes tile) {
    submission.writeTimestampedEntry(tile, timestamp, extensions);
    submission.writeTileLeafTail(tile);
  }

  /** With one byte of the certificate's serial number changed, in the precertificate as well. */
  TreeLeaf withChangedCertificate() {
    return new TreeLeaf(submission.withChangedSerial(), timestamp, extensions);
  }

  TreeLeaf withExtensions(byte[] value) {
    return new TreeLeaf(submission, timestamp, value);
  }
}

package dev.rootwatch.testlog;

/**
 * What the log would be if one entry had been another one. Its tree is kept in step with the log's;
 * the log's lock guards it.
 *
 * @param index the entry that is different
 * @param tree of all entries, with that one
 */
record OtherHistory(long index, MerkleTree tree) {

  /** The leaf of this history where the true one has {@code truth}. */
  TreeLeaf leaf(long at, TreeLeaf truth) {
    return at == index ? truth.withChangedCertificate() : truth;
  }
}

package dev.rootwatch.ct.source;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.ConsistencyProof;
import dev.rootwatch.ct.merkle.InclusionProof;

/**
 * Where a log's proofs come from. What is returned has the right shape but is not yet believed: the
 * caller verifies it against a head.
 */
public interface ProofSource {
  /** Inclusion of the leaf at {@code index} in the tree of {@code head}, with its leaf hash. */
  ProvenLeaf inclusion(long index, SignedTreeHead head)
      throws SourceException, InterruptedException;

  /** Consistency of the tree of size {@code first} (not 0) with that of {@code second}. */
  ConsistencyProof consistency(long first, SignedTreeHead second)
      throws SourceException, InterruptedException;

  /** What was given did not verify: a source that keeps answers asks the log again next time. */
  default void forget() {}

  /** A leaf hash and its audit path. */
  record ProvenLeaf(Hash leafHash, InclusionProof proof) {}
}

package dev.rootwatch.testlog;

import dev.rootwatch.ct.LogProtocol;

/** What is wrong with the proofs of RFC 6962; those of static logs are made of hash tiles. */
public sealed interface ProofFault extends Fault {

  /** The first hash of a consistency proof has one bit changed. */
  record BadConsistencyProof() implements ProofFault {}

  /** The first hash of an inclusion proof has one bit changed. */
  record BadInclusionProof() implements ProofFault {}

  @Override
  default boolean appliesTo(LogProtocol protocol) {
    return protocol != LogProtocol.STATIC;
  }

  @Override
  default boolean lies() {
    return true;
  }

  @Override
  default int every() {
    return 1;
  }
}

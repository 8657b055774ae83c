package dev.rootwatch.testlog;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with proofs. */
final class ProofFaults {
  private final List<InForce<ProofFault>> inForce;

  ProofFaults(List<InForce<ProofFault>> faults) {
    this.inForce = faults;
  }

  List<byte[]> consistency(List<byte[]> proof) {
    return comesIn(ProofFault.BadConsistencyProof.class) ? spoiled(proof) : proof;
  }

  List<byte[]> inclusion(List<byte[]> proof) {
    return comesIn(ProofFault.BadInclusionProof.class) ? spoiled(proof) : proof;
  }

  private boolean comesIn(Class<? extends ProofFault> kind) {
    boolean comesIn = false;
    for (var fault : inForce) {
      comesIn |= kind.isInstance(fault.what()) && fault.occasions().next();
    }
    return comesIn;
  }

  private static List<byte[]> spoiled(List<byte[]> proof) {
    if (proof.isEmpty()) {
      return proof;
    }
    List<byte[]> spoiled = new ArrayList<>(proof);
    byte[] first = proof.getFirst().clone();
    first[0] ^= 1;
    spoiled.set(0, first);
    return spoiled;
  }
}

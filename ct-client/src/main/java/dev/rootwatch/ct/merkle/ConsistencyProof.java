package dev.rootwatch.ct.merkle;

import dev.rootwatch.ct.Hash;
import java.util.List;

/**
 * That a tree only grew (RFC 6962 section 2.1.2; verified as in RFC 9162 section 2.1.4.2).
 *
 * @param first the smaller size
 * @param second the larger size
 * @param path the proof's nodes
 */
@SuppressWarnings({"DoNotCallSuggester", "unused", "UnusedVariable"})
public record ConsistencyProof(long first, long second, List<Hash> path) {
  // SKELETON: replaced by its owner.

  /** Whether the tree of size {@code second} begins with the one of size {@code first}. */
  public boolean verifies(Hash firstRoot, Hash secondRoot) {
    throw new UnsupportedOperationException();
  }
}

package dev.rootwatch.ct.merkle;

import dev.rootwatch.ct.wire.EntryWindow;

/** Hashes the leaves of a window and folds them into a subtree: the hot half of the proof. */
@SuppressWarnings({"DoNotCallSuggester", "unused", "UnusedVariable"})
public final class TreeHasher {
  // SKELETON: replaced by its owner. One instance per thread; scratch reused. Also static Hash
  // leaf(byte[]), node(Hash,Hash).

  /** The compact range over all entries of {@code window}. */
  public CompactRange hash(EntryWindow window) {
    throw new UnsupportedOperationException();
  }
}

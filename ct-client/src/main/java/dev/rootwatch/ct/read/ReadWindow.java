package dev.rootwatch.ct.read;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.merkle.CompactRange;

/**
 * A window after both halves of the work on it: its leaves hashed, its entries examined.
 *
 * @param subtree compact range over exactly the entries of the window
 * @param examined what the examiner made of them
 * @param receivedBytes body bytes that came over the network for it
 */
public record ReadWindow<T>(CompactRange subtree, T examined, long receivedBytes) {
  public EntryRange range() {
    return subtree.range();
  }
}

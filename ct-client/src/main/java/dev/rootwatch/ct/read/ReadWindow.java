package dev.rootwatch.ct.read;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.merkle.CompactRange;
import java.util.List;

/**
 * A window after both halves of the work on it: its leaves hashed, its entries examined.
 *
 * @param subtree compact range over exactly the entries of the window
 * @param examined what the examiner made of them
 * @param receivedBytes body bytes that came over the network for it
 * @param misplaced entries that say of themselves that they stand elsewhere, the first few
 */
public record ReadWindow<T>(
    CompactRange subtree, T examined, long receivedBytes, List<MisplacedLeaf> misplaced) {
  public ReadWindow {
    misplaced = List.copyOf(misplaced);
  }

  public EntryRange range() {
    return subtree.range();
  }
}

package dev.rootwatch.ct.source;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.wire.EntryWindow;

/** Where a log's entries come from. Safe for several threads. */
public interface EntrySource {
  /**
   * Reads a window that begins at {@code range.from()}.
   *
   * <p>Logs may give less than asked: the window then ends earlier, but it is never empty and never
   * longer than {@code range}. The caller goes on from its end.
   *
   * @param range the entries wanted, not empty, inside a tree whose head was seen
   * @param treeSize size of that head; static logs need it to know which tiles are partial
   */
  EntryWindow read(EntryRange range, long treeSize) throws SourceException, InterruptedException;

  /** Windows best begin and end at multiples of this many entries: 256 for tiles. */
  int alignment();

  /** A smaller window costs as much memory and transfer: 256 for tiles, which come whole. */
  int smallestWindow();

  /** The largest window that makes sense at first; readers learn the real one from the answers. */
  int initialWindow();
}

package dev.rootwatch.ct.source;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.wire.EntryWindow;

/**
 * Reads the body of get-entries (RFC 6962 section 4.6) into a window: the seam behind which the
 * decoding of five kilobytes an entry may become faster. Safe for several threads.
 *
 * <pre>{@code
 * {"entries": [{"leaf_input": "<base64>", "extra_data": "<base64>"}, ...]}
 * }</pre>
 */
interface GetEntriesParser {
  /**
   * Makes a window from {@code asked.from()} of all entries in {@code body}.
   *
   * @param body JSON; becomes the window's memory, or stays the caller's when this throws
   * @param asked what was asked for: the answer has one entry at least and no more than that
   * @param buffers where the window's memory goes in the end
   * @throws InvalidAnswer when the body is anything else
   */
  EntryWindow parse(PooledBytes body, EntryRange asked, BufferPool buffers) throws InvalidAnswer;
}

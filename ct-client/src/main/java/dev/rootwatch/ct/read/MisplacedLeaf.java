package dev.rootwatch.ct.read;

import dev.rootwatch.ct.wire.EntryWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An entry that says of itself that it stands elsewhere: its leaf_index extension
 * (c2sp.org/static-ct-api, "SCT Extension") is not its index. It is read like any other; whether
 * the log really signed it so, the tree head tells.
 *
 * @param index where it stands
 * @param claimed what its extension says
 * @param leaf the hashed bytes without version and leaf type: a TimestampedEntry, at most {@link
 *     #MOST_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent")
public record MisplacedLeaf(long index, long claimed, byte[] leaf) {
  /** Longer leaves are cut. */
  public static final int MOST_BYTES = 16 * 1024;

  /** So many of a window are kept: they tell the same. */
  private static final int MOST_OF_A_WINDOW = 4;

  /** Those of a window, the first few. */
  static List<MisplacedLeaf> of(EntryWindow window) {
    List<MisplacedLeaf> misplaced = List.of();
    for (int i = 0; i < window.count(); i++) {
      long claimed = window.leafIndex(i);
      long index = window.firstIndex() + i;
      // Logs that once were RFC 6962 ones have no leaf_index.
      if (claimed >= 0 && claimed != index && misplaced.size() < MOST_OF_A_WINDOW) {
        int from = window.leafOffset(i);
        int to = from + Math.min(window.leafLength(i), MOST_BYTES);
        misplaced = new ArrayList<>(misplaced);
        misplaced.add(
            new MisplacedLeaf(index, claimed, Arrays.copyOfRange(window.bytes(), from, to)));
      }
    }
    return misplaced;
  }
}

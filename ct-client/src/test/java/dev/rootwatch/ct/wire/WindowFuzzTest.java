package dev.rootwatch.ct.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rootwatch.ct.EntryRange;

/** The readers of entries against whatever comes; the seeds run in every build. */
class WindowFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void tile(byte[] tile) {
    WindowInvariants.hold(
        TileReader.read(tile, tile.length, 256, 8, new EntryRange(257, 264), 0, returned -> {}),
        tile.length);
  }

  /** The first two bytes say where leaf_input ends and extra_data begins. */
  @FuzzTest(maxDuration = "5m")
  void getEntries(byte[] entry) {
    if (entry.length < 2) {
      return;
    }
    int split = 2 + (((entry[0] & 0xff) << 8) | (entry[1] & 0xff)) % (entry.length - 1);
    GetEntriesBuilder builder = new GetEntriesBuilder(1L << 40, 1, entry, returned -> {});
    builder.add(2, split - 2, split, entry.length - split);
    WindowInvariants.hold(builder.build(0), entry.length);
  }
}

package dev.rootwatch.ct.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import java.security.MessageDigest;

/** The readers of entries against whatever comes; the seeds run in every build. */
class WindowFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void tile(byte[] tile) {
    WindowInvariants.hold(
        TileReader.read(tile, tile.length, 256, 8, new EntryRange(257, 264), 0, returned -> {}),
        tile.length);
  }

  /** A tile of which the leaf hashes are known: some of what a broken entry hides is found. */
  @FuzzTest(maxDuration = "5m")
  void lostLeaves(byte[] tile) {
    MessageDigest sha256 = Hash.newSha256();
    byte[] hashes = new byte[8 * Hash.BYTES];
    // The hashes of what lies at every place where an entry might begin, the last eight of them.
    int found = 0;
    for (int at = tile.length - 12; at >= 0 && found < 8; at--) {
      if (tile[at] == 0 && tile[at + 1] == 0) {
        EntryTable table = new EntryTable(0, 1);
        TlsReader reader = new TlsReader().over(tile, at, tile.length - at);
        if (EntryReader.timestampedEntry(reader, table, table.addRow()) && !reader.failed()) {
          sha256.update(new byte[3]);
          sha256.update(tile, at, reader.position() - at);
          System.arraycopy(sha256.digest(), 0, hashes, found++ * Hash.BYTES, Hash.BYTES);
        }
      }
    }
    LostLeaves lost = new LostLeaves(tile, tile.length, hashes);
    int from = 0;
    int after = -1;
    for (LostLeaves.Found next = lost.next(from, after);
        next != null;
        next = lost.next(from, after)) {
      assertThat(next.offset()).isBetween(from, tile.length - 1);
      assertThat(next.number()).isBetween(after + 1, 7);
      from = next.offset() + 1;
      after = next.number();
    }
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

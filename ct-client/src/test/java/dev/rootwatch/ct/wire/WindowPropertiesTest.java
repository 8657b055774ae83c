package dev.rootwatch.ct.wire;

import dev.rootwatch.ct.EntryRange;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Entries cut short and with flipped bits: values, never exceptions. */
class WindowPropertiesTest {
  private static final byte[] BODY = Wire.filled(40, 0xce);
  private static final byte[] KEY = Wire.filled(32, 0x4e);

  private static byte[] tile() {
    Wire tile = new Wire();
    for (int i = 0; i < 4; i++) {
      tile.raw(Wire.x509(1000, BODY, Wire.leafIndex(2L * i))).vector(2, Wire.filled(64, 1));
      tile.raw(Wire.precert(1000, KEY, BODY, Wire.leafIndex(2L * i + 1)))
          .vector(3, BODY)
          .vector(2, Wire.filled(96, 1));
    }
    return tile.bytes();
  }

  private static byte[] flipped(byte[] bytes, List<Integer> bits) {
    for (int bit : bits) {
      bytes[(bit >> 3) % bytes.length] ^= (byte) (1 << (bit & 7));
    }
    return bytes;
  }

  @Property(tries = 3000)
  void tile_cutAndFlipped_neverThrows(
      @ForAll @IntRange(max = 100) int percent,
      @ForAll @Size(max = 4) List<@IntRange(max = 1 << 16) Integer> bits) {
    byte[] tile = flipped(tile(), bits);
    int length = tile.length * percent / 100;

    WindowInvariants.hold(
        TileReader.read(tile, length, 0, 8, new EntryRange(0, 8), 0, returned -> {}), length);
  }

  @Property(tries = 3000)
  void getEntries_cutAndFlipped_neverThrows(
      @ForAll @IntRange(max = 100) int percent,
      @ForAll @Size(max = 4) List<@IntRange(max = 1 << 16) Integer> bits) {
    byte[] leaf = Wire.leafInput(Wire.precert(1000, KEY, BODY, new byte[0]));
    byte[] extra = new Wire().vector(3, BODY).raw(Wire.chain(BODY, BODY, BODY)).bytes();
    byte[] entry = flipped(new Wire().raw(leaf).raw(extra).bytes(), bits);
    GetEntriesBuilder builder = new GetEntriesBuilder(0, 3, entry, returned -> {});
    builder.add(0, leaf.length, leaf.length, extra.length * percent / 100);
    builder.add(0, leaf.length * percent / 100, leaf.length, extra.length);
    builder.add(0, leaf.length, -1, 0);

    WindowInvariants.hold(builder.build(0), entry.length);
  }
}

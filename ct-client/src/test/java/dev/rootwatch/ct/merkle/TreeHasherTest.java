package dev.rootwatch.ct.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.real.RealWindows;
import dev.rootwatch.ct.real.SharedData;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.GetEntriesBuilder;
import java.nio.file.Path;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Folding in place against appending leaf by leaf. */
class TreeHasherTest {
  private static final NaiveTree TREE = NaiveTree.ofSize(2100, 2);

  private final TreeHasher hasher = new TreeHasher();

  private static CompactRange leafByLeaf(long from, long to) {
    CompactRange range = CompactRange.emptyAt(from);
    for (long i = from; i < to; i++) {
      range = range.append(CompactRange.ofLeaf(i, TREE.leaf(i)));
    }
    return range;
  }

  @Example
  void rangeOf_allSmallRanges_equalsLeafByLeaf() {
    for (int from = 0; from <= 40; from++) {
      for (int to = from; to <= 75; to++) {
        assertThat(hasher.rangeOf(from, TREE.flat(from, to), to - from))
            .isEqualTo(leafByLeaf(from, to));
      }
    }
  }

  @Property(tries = 60)
  void rangeOf_largeWindows_equalsLeafByLeaf(
      @ForAll @IntRange(max = 1000) int from, @ForAll @IntRange(max = 1100) int count) {
    byte[] flat = TREE.flat(from, from + count);
    byte[] before = flat.clone();

    CompactRange range = hasher.rangeOf(from, flat, count);

    assertThat(range).isEqualTo(leafByLeaf(from, from + count));
    assertThat(flat).as("the caller's hashes").isEqualTo(before);
  }

  @Test
  void rangeOf_smallWindowAfterLargeOne_noTraceOfTheLargeOne() {
    hasher.rangeOf(0, TREE.flat(0, 2100), 2100);
    assertThat(hasher.rangeOf(5, TREE.flat(5, 9), 4)).isEqualTo(leafByLeaf(5, 9));
  }

  @Property(tries = 40)
  void hash_window_equalsLeafByLeaf(
      @ForAll @LongRange(max = 1L << 40) long first,
      @ForAll @IntRange(min = 1, max = 300) int count) {
    GetEntriesBuilder builder = new GetEntriesBuilder(first, 1, new byte[64], returned -> {});
    CompactRange expected = CompactRange.emptyAt(first);
    for (int i = 0; i < count; i++) {
      byte[] leaf = ("leaf " + i).repeat(i % 40).getBytes(UTF_8);
      System.arraycopy(leaf, 0, builder.reserve(leaf.length), builder.position(), leaf.length);
      builder.leafInput(leaf.length);
      builder.extraData(0);
      builder.endEntry();
      expected = expected.append(CompactRange.ofLeaf(first + i, TreeHasher.leaf(leaf)));
    }
    try (EntryWindow window = builder.build(0)) {
      assertThat(hasher.hash(window)).isEqualTo(expected);
      assertThat(hasher.hash(window)).as("a second time").isEqualTo(expected);
    }
  }

  @Test
  void hash_realDataTiles_equalsTheirHashTiles() {
    SharedData shared = SharedData.orSkip();
    for (Path tile : shared.dataTiles()) {
      byte[] hashTile = shared.hashTile(tile);
      try (EntryWindow window = RealWindows.tile(shared, tile)) {
        assertThat(hasher.hash(window))
            .isEqualTo(hasher.rangeOf(window.firstIndex(), hashTile, window.count()));
      }
    }
  }

  @Test
  void rangeOf_fewerHashesThanCount_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hasher.rangeOf(0, new byte[63], 2))
        .withMessage("2 hashes of 32 bytes wanted, 63 bytes given");
    assertThatIllegalArgumentException().isThrownBy(() -> hasher.rangeOf(0, new byte[0], -1));
    assertThatIllegalArgumentException().isThrownBy(() -> hasher.rangeOf(-1, new byte[32], 1));
  }

  @Test
  void leafAndNode_knownTree_publishedHashes() {
    // The reference leaves "" and 0x00 of the certificate-transparency test vectors.
    Hash empty = TreeHasher.leaf(new byte[0]);
    Hash zero = TreeHasher.leaf(new byte[] {0});
    assertThat(empty)
        .hasToString("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assertThat(TreeHasher.node(empty, zero))
        .hasToString("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
    assertThat(TreeHasher.leaf("x".getBytes(UTF_8)))
        .isEqualTo(Hash.sha256(new byte[] {0, (byte) 'x'}));
  }
}

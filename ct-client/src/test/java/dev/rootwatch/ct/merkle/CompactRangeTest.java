package dev.rootwatch.ct.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Ranges against the recursive definition of the tree. */
class CompactRangeTest {
  private static final NaiveTree TREE = NaiveTree.ofSize(600, 1);

  private static CompactRange leafByLeaf(long from, long to) {
    CompactRange range = CompactRange.emptyAt(from);
    for (long i = from; i < to; i++) {
      range = range.append(CompactRange.ofLeaf(i, TREE.leaf(i)));
    }
    return range;
  }

  @Example
  void root_allSmallSizes_equalsTheDefinition() {
    CompactRange range = CompactRange.EMPTY;
    for (int size = 0; size <= 70; size++) {
      assertThat(range.root()).as("size %d", size).isEqualTo(TREE.root(size));
      range = range.append(CompactRange.ofLeaf(size, TREE.leaf(size)));
    }
  }

  @Test
  void root_ofNothing_isTheHashOfNothing() {
    assertThat(CompactRange.EMPTY.root())
        .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Example
  void hashes_allSmallRanges_areTheLargestSubtreesOfTheTree() {
    for (int from = 0; from <= 40; from++) {
      for (int to = from; to <= 40; to++) {
        CompactRange range = leafByLeaf(from, to);
        assertThat(range.hashes())
            .as("[%d, %d)", from, to)
            .isEqualTo(largestSubtrees(from, to))
            .hasSize(CompactRange.hashCount(from, to));
      }
    }
  }

  /** Tries every subtree of every level, largest first. */
  private static List<Hash> largestSubtrees(int from, int to) {
    if (from == to) {
      return List.of();
    }
    for (int level = 10; level > 0; level--) {
      int width = 1 << level;
      for (int start = 0; start + width <= to; start += width) {
        if (start >= from) {
          List<Hash> all = new ArrayList<>(largestSubtrees(from, start));
          all.add(TREE.node(level, start / width));
          all.addAll(largestSubtrees(start + width, to));
          return all;
        }
      }
    }
    List<Hash> leaves = new ArrayList<>();
    for (int i = from; i < to; i++) {
      leaves.add(TREE.leaf(i));
    }
    return leaves;
  }

  @Property(tries = 300)
  void append_anyTwoCuts_isAssociative(
      @ForAll @IntRange(max = 600) int a,
      @ForAll @IntRange(max = 600) int b,
      @ForAll @IntRange(max = 600) int c,
      @ForAll @IntRange(max = 600) int d) {
    int[] cut = IntStream.of(a, b, c, d).sorted().toArray();
    CompactRange first = range(cut[0], cut[1]);
    CompactRange second = range(cut[1], cut[2]);
    CompactRange third = range(cut[2], cut[3]);

    CompactRange leftFirst = first.append(second).append(third);

    assertThat(leftFirst).isEqualTo(first.append(second.append(third)));
    assertThat(leftFirst).isEqualTo(range(cut[0], cut[3]));
    assertThat(range(0, cut[0]).append(leftFirst).root()).isEqualTo(TREE.root(cut[3]));
  }

  private static CompactRange range(int from, int to) {
    return new TreeHasher().rangeOf(from, TREE.flat(from, to), to - from);
  }

  @Property(tries = 2000)
  void hashCount_hugeIndexes_countsTheSubtrees(
      @ForAll @LongRange(max = Long.MAX_VALUE) long a,
      @ForAll @LongRange(max = Long.MAX_VALUE) long b) {
    long from = Math.min(a, b);
    long to = Math.max(a, b);
    int counted = 0;
    for (long start = from; start < to; start += 1L << CompactRange.levelAt(start, to)) {
      counted++;
    }
    assertThat(CompactRange.hashCount(from, to)).isEqualTo(counted);
  }

  @Property(tries = 200)
  void append_atHugeIndexes_sameHashesAsAtAnAlignedDistance(
      @ForAll @IntRange(max = 299) int from, @ForAll @IntRange(max = 300) int more) {
    // Only the low bits of an index matter below 2^32: a log beyond that size folds the same way.
    long far = 1L << 40;
    CompactRange near = range(from + 1, from + 1 + more).append(range(from + 1 + more, 600));
    TreeHasher hasher = new TreeHasher();
    CompactRange away =
        hasher
            .rangeOf(far + from + 1, TREE.flat(from + 1, from + 1 + more), more)
            .append(
                hasher.rangeOf(
                    far + from + 1 + more, TREE.flat(from + 1 + more, 600), 600 - from - 1 - more));
    assertThat(away.hashes()).isEqualTo(near.hashes());
  }

  @Property(tries = 100)
  void toBytes_anyRange_readsBack(
      @ForAll @IntRange(max = 600) int a, @ForAll @IntRange(max = 600) int b) {
    CompactRange range = range(Math.min(a, b), Math.max(a, b));
    CompactRange again = CompactRange.ofBytes(range.from(), range.to(), range.toBytes());
    assertThat(again).isEqualTo(range).hasSameHashCodeAs(range);
    assertThat(CompactRange.of(range.from(), range.to(), range.hashes())).isEqualTo(range);
  }

  @Test
  void append_rangesThatDoNotTouch_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> range(0, 3).append(range(4, 5)))
        .withMessage("ranges that do not touch: [0, 3) and [4, 5)");
  }

  @Test
  void of_wrongNumberOfHashes_refused() {
    List<Hash> three = range(0, 7).hashes();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CompactRange.of(0, 8, three))
        .withMessage("the range [0, 8) has 1 hashes of 32 bytes, not 96 bytes");
    assertThatIllegalArgumentException().isThrownBy(() -> CompactRange.of(-1, 2, three));
    assertThatIllegalArgumentException().isThrownBy(() -> CompactRange.of(3, 2, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> CompactRange.ofBytes(0, 1, new byte[31]));
  }

  @Test
  void root_ofRangeInTheMiddle_refused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> range(2, 4).root())
        .withMessage("only a range from 0 has a root, not [2, 4)");
  }

  @Test
  void emptyRange_appended_changesNothing() {
    CompactRange range = range(3, 9);
    assertThat(range.append(CompactRange.emptyAt(9))).isEqualTo(range);
    assertThat(CompactRange.emptyAt(3).append(range)).isEqualTo(range);
    assertThat(CompactRange.emptyAt(3).range()).isEqualTo(new EntryRange(3, 3));
    assertThat(CompactRange.emptyAt(3)).isNotEqualTo(CompactRange.emptyAt(4));
  }

  @Test
  void toBytes_changedByTheCaller_rangeUntouched() {
    CompactRange range = range(0, 5);
    Hash root = range.root();
    range.toBytes()[0] ^= 1;
    assertThat(range.root()).isEqualTo(root).isEqualTo(TREE.root(5));
  }
}

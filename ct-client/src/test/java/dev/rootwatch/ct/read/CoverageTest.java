package dev.rootwatch.ct.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.read.Segment.State;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final LogId LOG = new LogId(Hash.sha256(new byte[] {1}));

  @Test
  void extended_nothingOpened_refused() {
    assertThatThrownBy(() -> Coverage.NONE.extended(leaves(0, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no segment ends at 0");
  }

  @Test
  void extended_verifiedSegment_standsBehindItAsPending() {
    Coverage coverage = verifiedTo(4).extended(leaves(4, 7));

    assertThat(coverage.segments())
        .extracting(Segment::range, Segment::state)
        .containsExactly(
            tuple(new EntryRange(0, 4), State.VERIFIED),
            tuple(new EntryRange(4, 7), State.PENDING));
  }

  @Test
  void extended_pendingSegment_growsInPlace() {
    Coverage coverage = verifiedTo(4).extended(leaves(4, 7)).extended(leaves(7, 8));

    assertThat(coverage.pending()).extracting(Segment::range).containsExactly(new EntryRange(4, 8));
  }

  @Test
  void verified_pendingBehindVerified_becomesOneWithTheRootOfAll() {
    Coverage coverage = verifiedTo(4).extended(leaves(4, 9)).verified(9, head(9), List.of());

    assertThat(coverage.segments()).hasSize(1);
    Segment whole = coverage.segments().getFirst();
    assertThat(whole.range()).isEqualTo(new EntryRange(0, 9));
    assertThat(whole.headSize()).isEqualTo(9);
    assertThat(whole.right().root()).isEqualTo(leaves(0, 9).root());
  }

  @Test
  void met_reachesNextSegmentAndAgrees_becomesOne() {
    Coverage apart = verifiedTo(4).opened(Segment.anchoredAt(leaves(0, 10), 10));
    Coverage grown = apart.extended(leaves(10, 12)).verified(12, head(12), List.of());

    Coverage reached = grown.extended(leaves(4, 10));
    Coverage met = reached.met(reached.seam().orElseThrow());

    assertThat(met.segments()).hasSize(1);
    assertThat(met.segments().getFirst().range()).isEqualTo(new EntryRange(0, 12));
    assertThat(met.segments().getFirst().state()).isEqualTo(State.VERIFIED);
  }

  @Test
  void met_reachesNextSegmentAndDisagrees_olderOneIsContradicted() {
    Coverage apart = verifiedTo(4).opened(Segment.anchoredAt(leaves(0, 10), 10));

    Coverage reached = apart.extended(leaves(104, 110, 4));
    Coverage met = reached.met(reached.seam().orElseThrow());

    assertThat(met.segments())
        .extracting(Segment::range, Segment::state)
        .containsExactly(
            tuple(new EntryRange(0, 4), State.VERIFIED),
            tuple(new EntryRange(4, 10), State.CONTRADICTED),
            tuple(new EntryRange(10, 10), State.VERIFIED));
  }

  @Test
  void seam_nextSegmentHasPendingEntriesBehindItsAnchor_isMetAtTheAnchor() {
    Coverage apart =
        verifiedTo(4).opened(Segment.anchoredAt(leaves(0, 10), 10)).extended(leaves(10, 12));
    Coverage reached = apart.extended(leaves(4, 10));

    Coverage met = reached.met(reached.seam().orElseThrow());

    assertThat(met.segments())
        .extracting(Segment::range, Segment::state)
        .containsExactly(
            tuple(new EntryRange(0, 10), State.VERIFIED),
            tuple(new EntryRange(10, 12), State.PENDING));
    assertThat(apart.extended(leaves(4, 9)).seam()).isEmpty();
  }

  @Test
  void contradicted_pendingSegment_staysAndIsNeverMerged() {
    Coverage coverage = verifiedTo(4).extended(leaves(4, 7)).contradicted(7, head(7));

    Coverage further =
        coverage
            .opened(Segment.anchoredAt(leaves(0, 7), 7))
            .extended(leaves(7, 9))
            .verified(9, head(9), List.of());

    assertThat(further.segments())
        .extracting(Segment::range, Segment::state)
        .containsExactly(
            tuple(new EntryRange(0, 4), State.VERIFIED),
            tuple(new EntryRange(4, 7), State.CONTRADICTED),
            tuple(new EntryRange(7, 9), State.VERIFIED));
  }

  @Test
  void toRead_severalSegments_tipFirstAndNothingAfterAContradiction() {
    Coverage coverage =
        verifiedTo(4)
            .opened(Segment.anchoredAt(leaves(0, 6), 6))
            .extended(leaves(6, 8))
            .contradicted(8, head(8))
            .opened(Segment.anchoredAt(leaves(0, 12), 12));

    assertThat(coverage.toRead(20)).containsExactly(new EntryRange(12, 20), new EntryRange(4, 6));
  }

  @Test
  void without_pendingSegment_canBeReadAgain() {
    Coverage wrong = verifiedTo(4).extended(leaves(104, 107, 4)).contradicted(7, head(7));

    Coverage again = wrong.without(new EntryRange(4, 7)).extended(leaves(4, 7));

    assertThat(again.pending().getFirst().right().root()).isEqualTo(head(7).root());
  }

  @Test
  void constructor_overlappingSegments_refused() {
    Segment whole = verifiedTo(4).segments().getFirst();
    Segment inside = Segment.anchoredAt(leaves(0, 2), 4);

    assertThatThrownBy(() -> new Coverage(List.of(whole, inside)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("overlap");
  }

  @Property(tries = 300)
  void gaps_andSegments_tileTheWantedRange(
      @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 5) Integer> steps,
      @ForAll @IntRange(min = 0, max = 70) int to) {
    Coverage coverage = Coverage.NONE;
    int position = 0;
    for (int i = 0; i + 1 < steps.size(); i += 2) {
      position += steps.get(i) + 1;
      coverage = coverage.opened(Segment.anchoredAt(leaves(0, position), 100));
      int end = position + steps.get(i + 1);
      if (end > position) {
        coverage = coverage.extended(leaves(position, end));
      }
      position = end;
    }
    EntryRange wanted = new EntryRange(Math.min(3, to), to);
    List<EntryRange> gaps = coverage.gaps(wanted);
    for (long index = wanted.from(); index < wanted.to(); index++) {
      long i = index;
      boolean read = coverage.segments().stream().anyMatch(s -> s.range().contains(i));
      boolean gap = gaps.stream().anyMatch(g -> g.contains(i));
      assertThat(gap).as("index %d", i).isNotEqualTo(read);
    }
  }

  @Property(tries = 200)
  void extended_anyWindowsFromAnyStart_endWithTheRootOfTheWholeTree(
      @ForAll @IntRange(min = 0, max = 40) int start,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9) Integer> windows) {
    CompactRange left = start == 0 ? CompactRange.EMPTY : leaves(0, start);
    Coverage coverage = Coverage.NONE.opened(Segment.anchoredAt(left, start));
    int position = start;
    for (int size : windows) {
      coverage = coverage.extended(leaves(position, position + size));
      position += size;
    }
    Segment grown = coverage.pending().getFirst();
    assertThat(grown.right().root()).isEqualTo(leaves(0, position).root());
    assertThat(grown.left().append(grown.leaves())).isEqualTo(grown.right());
  }

  private static Coverage verifiedTo(int size) {
    return Coverage.NONE
        .opened(Segment.anchoredAt(CompactRange.EMPTY, 0))
        .extended(leaves(0, size))
        .verified(size, head(size), List.of());
  }

  private static SignedTreeHead head(int size) {
    return new SignedTreeHead(LOG, size, leaves(0, size).root(), 0, new byte[0]);
  }

  private static CompactRange leaves(int from, int to) {
    return leaves(from, to, from);
  }

  /** Leaves made from the numbers {@code [from, to)}, placed at {@code at}. */
  private static CompactRange leaves(int from, int to, int at) {
    CompactRange range = CompactRange.emptyAt(at);
    for (int i = from; i < to; i++) {
      range =
          range.append(
              CompactRange.ofLeaf(at + i - from, Hash.sha256(new byte[] {0, (byte) i, 7})));
    }
    return range;
  }
}

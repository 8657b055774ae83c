package dev.rootwatch.ct.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a contradiction leaves behind must be found again, wherever it lies. */
class DeadEndsTest {
  private static CompactRange leaves(long from, long to) {
    CompactRange range = CompactRange.emptyAt(from);
    for (long i = from; i < to; i++) {
      range = range.append(CompactRange.ofLeaf(i, Hash.sha256(new byte[] {(byte) i})));
    }
    return range;
  }

  private static SignedTreeHead head(long size) {
    return new SignedTreeHead(
        new LogId(Hash.sha256(new byte[0])), size, Hash.sha256(new byte[] {9}), 0, new byte[0]);
  }

  private final Coverage contradicted =
      Coverage.NONE
          .opened(Segment.anchoredAt(CompactRange.EMPTY, 0))
          .extended(leaves(0, 10))
          .contradicted(10, head(10));

  @Test
  void deadEnds_segmentOpenedFurtherOn_isStillOneAndCountsAsUnread() {
    Coverage further = contradicted.opened(Segment.anchoredAt(leaves(0, 40), 40));
    assertThat(further.deadEnds(40)).extracting(Segment::to).containsExactly(10L);
    assertThat(further.toRead(40)).isEmpty();
    assertThat(further.unread(45)).containsExactly(new EntryRange(10, 40), new EntryRange(40, 45));
  }

  @Test
  void deadEnds_provenAnchorBehindIt_isNone() {
    assertThat(contradicted.opened(Segment.anchoredAt(leaves(0, 10), 12)).deadEnds(12)).isEmpty();
  }

  @Test
  void deadEnds_unprovenAnchorBehindIt_isOneUntilItIsReadFrom() {
    Coverage unproven = contradicted.opened(Segment.anchoredAt(leaves(0, 10), 0));
    assertThat(unproven.deadEnds(12)).hasSize(1);
    assertThat(unproven.toRead(12)).containsExactly(new EntryRange(10, 12));
  }

  @Test
  void bounded_whatBeginsBehindAContradiction_isKept() {
    Coverage many = contradicted.opened(Segment.anchoredAt(leaves(0, 10), 12));
    for (long at = 20; at < 60; at += 10) {
      many = many.opened(Segment.anchoredAt(leaves(0, at), at)).extended(leaves(at, at + 2));
      many = many.verified(at + 2, head(at + 2), List.of());
    }
    Coverage bounded = many.bounded(4);
    assertThat(bounded.segments()).hasSize(4);
    assertThat(bounded.deadEnds(100)).isEmpty();
  }
}

package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.merkle.ConsistencyProof;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks one segment of a coverage file against the signed heads of its log. */
final class SegmentCheck {
  private final Place place;
  private final List<SignedTreeHead> heads;
  private final @Nullable SegmentCheck before;

  private @Nullable EntryRange range;
  private @Nullable CompactRange left;
  private @Nullable CompactRange right;
  private boolean verified;

  /**
   * @param heads heads of the log that were found to be signed
   * @param before the segment before it in the file
   */
  SegmentCheck(Place place, List<SignedTreeHead> heads, @Nullable SegmentCheck before) {
    this.place = place;
    this.heads = heads;
    this.before = before;
  }

  Place place() {
    return place;
  }

  /** Null when it has none that can be worked with. */
  @Nullable EntryRange range() {
    return range;
  }

  EntryRange checkedRange() {
    return Objects.requireNonNull(range);
  }

  /** Whether it is a verified segment; what is wrong is noted where it stands. */
  boolean run() {
    readRange();
    String state = place.at("state").text();
    Long headSize = place.at("headSize").count();
    EntryRange entries = range;
    if (entries == null || state == null || headSize == null) {
      return false;
    }
    left = edge(place.at("left"), 0, entries.from());
    right = edge(place.at("right"), 0, entries.to());
    CompactRange leftEdge = left;
    CompactRange rightEdge = right;
    if (leftEdge == null || rightEdge == null) {
      return false;
    }
    verified = state.equals("verified");
    boolean leavesLead = checkLeaves(entries, leftEdge, rightEdge);
    switch (state) {
      case "verified" -> {
        checkRight(entries, rightEdge, headSize);
        checkLeft(entries, leftEdge, headSize, leavesLead);
      }
      case "contradicted" -> checkContradiction(entries, rightEdge, headSize);
      case "pending" -> checkPending(entries, leftEdge, headSize);
      default -> place.at("state").fail("verified, pending or contradicted is needed");
    }
    return verified;
  }

  private void readRange() {
    Long from = place.at("from").count();
    Long to = place.at("to").count();
    if (from == null || to == null) {
      return;
    }
    if (from >= to) {
      place.fail("it ends at " + to + ", before or where it begins");
    } else if (before != null && from < before.checkedRange().to()) {
      place.at("from").fail("it overlaps the segment before, " + before.checkedRange());
    } else {
      range = new EntryRange(from, to);
    }
  }

  private static @Nullable CompactRange edge(Place place, long from, long to) {
    List<Hash> hashes = place.hashes();
    if (hashes == null) {
      return null;
    }
    int needed = CompactRange.hashCount(from, to);
    if (hashes.size() != needed) {
      place.fail(
          "the compact range of [%d, %d) has %d hashes, not %d"
              .formatted(from, to, needed, hashes.size()));
      return null;
    }
    return CompactRange.of(from, to, hashes);
  }

  /** Whether what was read leads from the left edge to the right one. */
  private boolean checkLeaves(EntryRange entries, CompactRange leftEdge, CompactRange rightEdge) {
    Place leaves = place.at("leaves");
    if (!leaves.isPresent()) {
      return false;
    }
    CompactRange read = edge(leaves, entries.from(), entries.to());
    if (read == null) {
      return false;
    }
    if (!leftEdge.append(read).equals(rightEdge)) {
      leaves.fail("left, followed by what was read, is not right");
      return false;
    }
    return true;
  }

  private void checkRight(EntryRange entries, CompactRange rightEdge, long headSize) {
    if (entries.to() > headSize) {
      place.at("headSize").fail("the head is smaller than the segment's end");
      return;
    }
    List<SignedTreeHead> signed = headsOf(headSize);
    if (signed.isEmpty()) {
      place.at("headSize").fail("the file has no valid head of " + headSize + " entries");
      return;
    }
    Place proof = place.at("rightProof");
    List<Hash> path = proof.isPresent() ? proof.hashes() : List.of();
    if (path == null) {
      return;
    }
    if (!leadsToAny(entries.to(), rightEdge, headSize, path, signed)) {
      (proof.isPresent() ? proof : place.at("right"))
          .fail(
              entries.to() == headSize
                  ? "its root %s is not that of the head of %d entries"
                      .formatted(rightEdge.root(), headSize)
                  : "no proof that the tree of %d entries, root %s, is the beginning of the head's, %d entries"
                      .formatted(entries.to(), rightEdge.root(), headSize));
    }
  }

  private void checkLeft(
      EntryRange entries, CompactRange leftEdge, long headSize, boolean leavesLead) {
    Place proof = place.at("leftProof");
    boolean proven = false;
    if (proof.isPresent()) {
      List<Hash> path = proof.hashes();
      if (path == null) {
        return;
      }
      proven = leadsToAny(entries.from(), leftEdge, headSize, path, headsOf(headSize));
      if (!proven) {
        proof.fail(
            "it does not prove that the tree of %d entries is the beginning of the head's, %d entries"
                .formatted(entries.from(), headSize));
        return;
      }
    }
    if (!proven && !leavesLead && entries.from() > 0 && !isKnown(leftEdge)) {
      place.at("left").fail("nothing proves it: no leftProof, no leaves, no head of this size");
    }
  }

  private void checkContradiction(EntryRange entries, CompactRange rightEdge, long headSize) {
    List<SignedTreeHead> signed = headsOf(headSize);
    if (signed.isEmpty()) {
      place.at("headSize").fail("the file has no valid head of " + headSize + " entries");
    } else if (entries.to() == headSize
        && signed.stream().allMatch(head -> head.root().equals(rightEdge.root()))) {
      place.at("state").fail("the head has this very root and contradicts nothing");
    }
  }

  /** Its right edge is our word alone; its left one is not, where something stands before it. */
  private void checkPending(EntryRange entries, CompactRange leftEdge, long headSize) {
    if (headSize != 0) {
      place.at("headSize").fail("no head has judged a pending segment: 0 is needed");
    }
    if (before != null
        && before.verified
        && before.checkedRange().to() == entries.from()
        && !Objects.equals(leftEdge, before.right)) {
      place.at("left").fail("it is not the right edge of the verified segment before");
    }
  }

  /** A head of this size, or the end of the verified segment before, has the same root. */
  private boolean isKnown(CompactRange edge) {
    boolean continues = before != null && before.verified && Objects.equals(edge, before.right);
    return continues
        || headsOf(edge.to()).stream().anyMatch(head -> head.root().equals(edge.root()));
  }

  private List<SignedTreeHead> headsOf(long size) {
    return heads.stream().filter(head -> head.size() == size).toList();
  }

  /** A log that equivocated has several heads of one size; the segment stands on one of them. */
  private static boolean leadsToAny(
      long size, CompactRange edge, long headSize, List<Hash> path, List<SignedTreeHead> signed) {
    ConsistencyProof proof = new ConsistencyProof(size, headSize, path);
    Hash root = edge.root();
    return signed.stream().anyMatch(head -> proof.verifies(root, head.root()));
  }
}

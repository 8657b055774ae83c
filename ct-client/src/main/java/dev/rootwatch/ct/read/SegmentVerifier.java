package dev.rootwatch.ct.read;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.merkle.ConsistencyProof;
import dev.rootwatch.ct.source.ProofSource;
import dev.rootwatch.ct.source.ProofSource.ProvenLeaf;
import dev.rootwatch.ct.source.SourceException;
import java.util.List;

/**
 * Holds what was read against what the log signed.
 *
 * <p>The leaves read are folded, window by window, into the compact range at a segment's right edge
 * ({@link Coverage#extended}). Where that edge stands at the size of a signed head, its root must
 * be the head's: then every entry of the segment is exactly the one the log committed to. Where it
 * stands before the head, a consistency proof carries the comparison over.
 */
public final class SegmentVerifier {
  private final ProofSource proofs;
  private final Retry retry;

  public SegmentVerifier(ProofSource proofs, Retry retry) {
    this.proofs = proofs;
    this.retry = retry;
  }

  /** What a head says of the segment that ends at {@code range.to()}. */
  public sealed interface Judgement {
    /** Coverage after the judgement. */
    Coverage coverage();

    /** The segment's entries are the log's. */
    record Verified(Coverage coverage, EntryRange range) implements Judgement {}

    /**
     * They are not: the log signed another tree than it showed, or showed us other entries.
     *
     * @param computed the root of what was read
     */
    record Contradicted(Coverage coverage, EntryRange range, Hash computed) implements Judgement {}

    /** Nothing to say: no pending segment ends there, or nothing proves it. */
    record Nothing(Coverage coverage) implements Judgement {}
  }

  /** Compares the pending segment that ends at the head's size, if one does. */
  public Judgement verifyAtHead(Coverage coverage, SignedTreeHead head) {
    for (Segment segment : coverage.pending()) {
      if (segment.to() == head.size()) {
        Hash computed = segment.right().root();
        return computed.equals(head.root())
            ? new Judgement.Verified(
                coverage.verified(segment.to(), head, List.of()), segment.range())
            : new Judgement.Contradicted(
                coverage.contradicted(segment.to(), head), segment.range(), computed);
      }
    }
    return new Judgement.Nothing(coverage);
  }

  /**
   * Compares the pending segment that ends at {@code to}, before the head, by a consistency proof
   * from the log. A proof that does not verify judges nothing, for it may be the proof that is
   * wrong: the segment stays pending and is held against a head when it reaches one.
   *
   * @throws SourceException when the log does not give a proof; nothing is judged then
   */
  public Judgement verifyBefore(Coverage coverage, long to, SignedTreeHead head)
      throws SourceException, InterruptedException {
    for (Segment segment : coverage.pending()) {
      if (segment.to() == to) {
        ConsistencyProof proof = retry.ask(() -> proofs.consistency(to, head));
        if (proof.verifies(segment.right().root(), head.root())) {
          return new Judgement.Verified(coverage.verified(to, head, proof.path()), segment.range());
        }
      }
    }
    return new Judgement.Nothing(coverage);
  }

  /**
   * A place to start reading at {@code index}, proven by the head: the left siblings in a leaf's
   * inclusion proof are the compact range of everything before it.
   *
   * @param index 0 to {@code head.size()}, inclusive
   * @throws SourceException also when the log's proof does not lead to the head's root
   */
  public Segment anchor(long index, SignedTreeHead head)
      throws SourceException, InterruptedException {
    if (index == 0) {
      return Segment.anchoredAt(CompactRange.EMPTY, 0);
    }
    if (index == head.size()) {
      ProvenLeaf last = proven(index - 1, head);
      CompactRange all =
          last.proof().left().append(CompactRange.ofLeaf(index - 1, last.leafHash()));
      return Segment.anchoredAt(all, head.size());
    }
    return Segment.anchoredAt(proven(index, head).proof().left(), head.size());
  }

  private ProvenLeaf proven(long index, SignedTreeHead head)
      throws SourceException, InterruptedException {
    ProvenLeaf leaf = retry.ask(() -> proofs.inclusion(index, head));
    boolean asked = leaf.proof().leafIndex() == index && leaf.proof().treeSize() == head.size();
    if (!asked || !leaf.proof().verifies(leaf.leafHash(), head.root())) {
      throw new SourceException(
          SourceException.Kind.INVALID_ANSWER,
          "the inclusion proof of entry "
              + index
              + " does not lead to the root of the head of size "
              + head.size());
    }
    return leaf;
  }
}

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

    /**
     * The log was asked for a proof, and what it gave does not lead from what was read to its head.
     * Either may be wrong, so nothing is judged; but the log signed the head and gave the proof.
     *
     * @param computed the root of what was read up to {@code range.to()}
     */
    record Unproven(Coverage coverage, EntryRange range, Hash computed, ConsistencyProof proof)
        implements Judgement {}

    /** Nothing to say: no pending segment ends there. */
    record Nothing(Coverage coverage) implements Judgement {}
  }

  /** What can be said without asking the log: at a seam, else at the head's size. */
  public Judgement verify(Coverage coverage, SignedTreeHead head) {
    return coverage
        .seam()
        .map(seam -> verifyAtSeam(coverage, seam))
        .orElseGet(() -> verifyAtHead(coverage, head));
  }

  private static Judgement verifyAtSeam(Coverage coverage, Coverage.Seam seam) {
    Coverage met = coverage.met(seam);
    EntryRange range = seam.grown().range();
    return seam.agrees()
        ? new Judgement.Verified(met, range)
        : new Judgement.Contradicted(met, range, seam.grown().right().root());
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
   * wrong: the segment stays pending and is held against a head when it reaches one. It is asked
   * for twice, as answers may be damaged.
   *
   * @throws SourceException when the log does not give a proof; nothing is judged then
   */
  public Judgement verifyBefore(Coverage coverage, long to, SignedTreeHead head)
      throws SourceException, InterruptedException {
    for (Segment segment : coverage.pending()) {
      if (segment.to() == to) {
        return verifyAgain(coverage, segment, head);
      }
    }
    return new Judgement.Nothing(coverage);
  }

  /**
   * Carries a verified segment over to a newer head by a consistency proof from the log: that the
   * tree we know is the beginning of the one it signs now.
   *
   * @throws SourceException when the log does not give a proof
   */
  public Judgement verifyAgain(Coverage coverage, Segment segment, SignedTreeHead head)
      throws SourceException, InterruptedException {
    Hash computed = segment.right().root();
    ConsistencyProof proof = consistency(segment.to(), computed, head);
    return proof.verifies(computed, head.root())
        ? new Judgement.Verified(
            coverage.verified(segment.to(), head, proof.path()), segment.range())
        : new Judgement.Unproven(coverage, segment.range(), computed, proof);
  }

  /**
   * The log's proof that the tree of {@code first} entries with root {@code root} is the beginning
   * of {@code second}'s. Where it does not verify it is asked for once more; the caller looks at
   * what came then.
   *
   * @param first not 0, at most {@code second.size()}
   */
  public ConsistencyProof consistency(long first, Hash root, SignedTreeHead second)
      throws SourceException, InterruptedException {
    ConsistencyProof proof = retry.ask(() -> proofs.consistency(first, second));
    if (!proof.verifies(root, second.root())) {
      proofs.forget();
      proof = retry.ask(() -> proofs.consistency(first, second));
    }
    return proof;
  }

  /** Whether a log proved a place to start from. */
  public sealed interface Anchor {
    /** It did. */
    record Proven(Segment segment) implements Anchor {}

    /** What it gave, twice, does not lead to the root that it signed. */
    record Unproven(ProvenLeaf given) implements Anchor {}
  }

  /**
   * A place to start reading at {@code index}, proven by the head: the left siblings in a leaf's
   * inclusion proof are the compact range of everything before it.
   *
   * @param index 0 to {@code head.size()}, inclusive
   * @throws SourceException when the log does not give a proof
   */
  public Anchor anchor(long index, SignedTreeHead head)
      throws SourceException, InterruptedException {
    if (index == 0) {
      return new Anchor.Proven(Segment.anchoredAt(CompactRange.EMPTY, 0));
    }
    boolean atEnd = index == head.size();
    ProvenLeaf leaf = inclusion(atEnd ? index - 1 : index, head);
    if (!proves(leaf, atEnd ? index - 1 : index, head)) {
      return new Anchor.Unproven(leaf);
    }
    CompactRange before = leaf.proof().left();
    CompactRange left =
        atEnd ? before.append(CompactRange.ofLeaf(index - 1, leaf.leafHash())) : before;
    return new Anchor.Proven(Segment.anchoredAt(left, head.size()));
  }

  private ProvenLeaf inclusion(long index, SignedTreeHead head)
      throws SourceException, InterruptedException {
    ProvenLeaf leaf = retry.ask(() -> proofs.inclusion(index, head));
    if (!proves(leaf, index, head)) {
      proofs.forget();
      leaf = retry.ask(() -> proofs.inclusion(index, head));
    }
    return leaf;
  }

  private static boolean proves(ProvenLeaf leaf, long index, SignedTreeHead head) {
    return leaf.proof().leafIndex() == index
        && leaf.proof().treeSize() == head.size()
        && leaf.proof().verifies(leaf.leafHash(), head.root());
  }
}

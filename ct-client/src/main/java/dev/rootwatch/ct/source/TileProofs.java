package dev.rootwatch.ct.source;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.ConsistencyProof;
import dev.rootwatch.ct.merkle.InclusionProof;
import dev.rootwatch.ct.merkle.TreeProofs;

/** Static logs serve no proofs; these are made of their hash tiles. */
final class TileProofs implements ProofSource {
  private final HashTiles tiles;

  TileProofs(HashTiles tiles) {
    this.tiles = tiles;
  }

  @Override
  public void forget() {
    tiles.forget();
  }

  @Override
  public ProvenLeaf inclusion(long index, SignedTreeHead head)
      throws SourceException, InterruptedException {
    long size = head.size();
    InclusionProof proof =
        TreeProofs.inclusion(
            index, size, tiles.nodes(TreeProofs.inclusionNodes(index, size), size));
    byte[] leaves = tiles.tile(0, index / TilePath.WIDTH, size);
    int offset = (int) (index % TilePath.WIDTH) * Hash.BYTES;
    return new ProvenLeaf(Hash.copyOf(leaves, offset), proof);
  }

  @Override
  public ConsistencyProof consistency(long first, SignedTreeHead second)
      throws SourceException, InterruptedException {
    long size = second.size();
    if (first <= 0) {
      throw new IllegalArgumentException("no consistency proof from size " + first);
    }
    return TreeProofs.consistency(
        first, size, tiles.nodes(TreeProofs.consistencyNodes(first, size), size));
  }
}

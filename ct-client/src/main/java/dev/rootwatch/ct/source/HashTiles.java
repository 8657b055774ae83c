package dev.rootwatch.ct.source;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.merkle.TreeNodes;
import dev.rootwatch.ct.merkle.TreeNodes.NodeId;
import dev.rootwatch.ct.source.SourceException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A static log's hash tiles. What they say is not believed here: proofs made of them are verified
 * like any other. The tiles used last are kept, since proofs share those near the root.
 */
final class HashTiles {
  /** 32 full tiles. */
  private static final int CACHE_BYTES = 32 * LogEndpoint.HASH_TILE.maxBytes();

  /** Each level of tiles covers eight levels of the tree. */
  private static final int TILE_HEIGHT = 8;

  private final LogSite site;
  private final ByteCache<TileId> cache = new ByteCache<>(CACHE_BYTES);

  private record TileId(int level, long number) {}

  HashTiles(LogSite site) {
    this.site = site;
  }

  /**
   * The hashes of a tile as a tree of {@code treeSize} entries has it: 32 bytes each, and at least
   * as many as that tree needs. Not to be written to.
   */
  byte[] tile(int level, long number, long treeSize) throws SourceException, InterruptedException {
    int width = TilePath.width(level, number, treeSize);
    if (width == 0) {
      throw new IllegalArgumentException(
          "a tree of " + treeSize + " has no tile " + number + " at level " + level);
    }
    TileId id = new TileId(level, number);
    byte[] known = cache.get(id);
    if (known != null && known.length >= width * Hash.BYTES) {
      return known;
    }
    byte[] fetched = fetch(level, number, width);
    cache.put(id, fetched);
    return fetched;
  }

  /** Asks for every tile again: one of them, or several, led to a proof that does not hold. */
  void forget() {
    cache.clear();
  }

  private byte[] fetch(int level, long number, int width)
      throws SourceException, InterruptedException {
    try {
      return fetchExactly(level, number, width);
    } catch (SourceException e) {
      // A log may delete a partial tile when the full one exists.
      if (e.kind() != Kind.NOT_FOUND || width == TilePath.WIDTH) {
        throw e;
      }
      try {
        return fetchExactly(level, number, TilePath.WIDTH);
      } catch (SourceException alsoMissing) {
        alsoMissing.addSuppressed(e);
        throw alsoMissing;
      }
    }
  }

  private byte[] fetchExactly(int level, long number, int width)
      throws SourceException, InterruptedException {
    String path = TilePath.hashes(level, number, width);
    try (PooledBytes body = site.get(LogEndpoint.HASH_TILE, path, width * Hash.BYTES)) {
      if (body.length() != width * Hash.BYTES) {
        throw site.invalid(
            LogEndpoint.HASH_TILE,
            path + " has " + body.length() + " bytes, not " + width * Hash.BYTES);
      }
      return body.copy();
    }
  }

  /** Fetches what is needed to know {@code nodes} of a tree of {@code treeSize} entries. */
  TreeNodes nodes(List<NodeId> nodes, long treeSize) throws SourceException, InterruptedException {
    Map<NodeId, Hash> known = new HashMap<>();
    for (NodeId node : nodes) {
      known.put(node, node(node, treeSize));
    }
    return (level, index) ->
        Objects.requireNonNull(known.get(new NodeId(level, index)), "a node nobody asked for");
  }

  /** A node lies in a tile's row, or up to seven levels above it, and is then computed from it. */
  private Hash node(NodeId node, long treeSize) throws SourceException, InterruptedException {
    int tileLevel = node.level() / TILE_HEIGHT;
    int above = node.level() % TILE_HEIGHT;
    long firstHash = node.index() << above;
    byte[] tile = tile(tileLevel, firstHash / TilePath.WIDTH, treeSize);
    int offset = (int) (firstHash % TilePath.WIDTH);
    int count = 1 << above;
    List<Hash> row = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      row.add(Hash.copyOf(tile, (offset + i) * Hash.BYTES));
    }
    return root(row);
  }

  private static Hash root(List<Hash> row) {
    CompactRange range = CompactRange.EMPTY;
    for (Hash hash : row) {
      range = range.append(CompactRange.ofLeaf(range.to(), hash));
    }
    return range.root();
  }
}

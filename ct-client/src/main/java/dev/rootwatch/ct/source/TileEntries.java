package dev.rootwatch.ct.source;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.source.SourceException.Kind;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.TileReader;
import java.util.Arrays;

/**
 * Entries from data tiles (c2sp.org/static-ct-api). A window is a tile or part of one, and the
 * inflated tile is the window's memory.
 */
final class TileEntries implements EntrySource {
  private static final LogEndpoint ENDPOINT = LogEndpoint.DATA_TILE;

  private final LogSite site;
  private final HashTiles hashes;

  /** Of the last tile: the next one has about as many. Races do no harm. */
  private volatile int bytesPerEntry = 2048;

  TileEntries(LogSite site, HashTiles hashes) {
    this.site = site;
    this.hashes = hashes;
  }

  @Override
  public EntryWindow read(EntryRange range, long treeSize)
      throws SourceException, InterruptedException {
    if (range.isEmpty() || range.to() > treeSize) {
      throw new IllegalArgumentException(range + " of a tree of " + treeSize);
    }
    long number = range.from() / TilePath.WIDTH;
    long start = number * TilePath.WIDTH;
    int width = TilePath.width(0, number, treeSize);
    EntryRange wanted = new EntryRange(range.from(), Math.min(range.to(), start + width));
    Tile tile = tile(number, width, wanted);
    if (!tile.window().canHashLeaves()) {
      // Perhaps only this answer is damaged; the hash tile would make us believe it.
      tile.window().close();
      tile = tile(number, width, wanted);
    }
    return tile.window().canHashLeaves() ? tile.window() : repaired(tile, number, wanted, treeSize);
  }

  /** With the leaf hashes of the tile most of what a broken entry hides is found. */
  private EntryWindow repaired(Tile tile, long number, EntryRange wanted, long treeSize)
      throws SourceException, InterruptedException {
    EntryWindow window = tile.window();
    boolean good = false;
    try {
      // Of a full tile read in place of a partial one only what the tree has is known.
      int width = TilePath.width(0, number, treeSize);
      byte[] leafHashes = Arrays.copyOf(hashes.tile(0, number, treeSize), width * Hash.BYTES);
      long start = number * TilePath.WIDTH;
      window = TileReader.readAgain(window, tile.length(), start, leafHashes);
      window.withLeafHashes(leafHashes, (int) (wanted.from() - start) * Hash.BYTES);
      good = true;
      return window;
    } finally {
      if (!good) {
        window.close();
      }
    }
  }

  /** A window, and how many bytes of its buffer are the tile. */
  private record Tile(EntryWindow window, int length) {}

  private Tile tile(long number, int width, EntryRange wanted)
      throws SourceException, InterruptedException {
    try {
      return fetch(number, width, wanted);
    } catch (SourceException e) {
      // A log may delete a partial tile when the full one exists.
      if (e.kind() != Kind.NOT_FOUND || width == TilePath.WIDTH) {
        throw e;
      }
      try {
        return fetch(number, TilePath.WIDTH, wanted);
      } catch (SourceException alsoMissing) {
        alsoMissing.addSuppressed(e);
        throw alsoMissing;
      }
    }
  }

  private Tile fetch(long number, int width, EntryRange wanted)
      throws SourceException, InterruptedException {
    int expected = Math.min(width * (bytesPerEntry + bytesPerEntry / 8), ENDPOINT.maxBytes());
    try (PooledBytes body = site.get(ENDPOINT, TilePath.data(number, width), expected)) {
      if (body.length() == 0) {
        throw site.invalid(ENDPOINT, "tile " + number + " is empty");
      }
      bytesPerEntry = body.length() / width + 1;
      int length = body.length();
      long transferred = body.transferred();
      EntryWindow window =
          TileReader.read(
              body.release(),
              length,
              number * TilePath.WIDTH,
              width,
              wanted,
              transferred,
              site.buffers()::giveBack);
      return new Tile(window, length);
    }
  }

  @Override
  public int alignment() {
    return TilePath.WIDTH;
  }

  @Override
  public int smallestWindow() {
    return TilePath.WIDTH;
  }

  @Override
  public int initialWindow() {
    return TilePath.WIDTH;
  }
}

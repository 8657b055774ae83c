package dev.rootwatch.ct.source;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.source.SourceException.Kind;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.TileReader;

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
    EntryWindow window = window(number, width, wanted);
    boolean good = false;
    try {
      if (!window.canHashLeaves()) {
        int skipped = (int) (wanted.from() - start);
        window.withLeafHashes(hashes.tile(0, number, treeSize), skipped * Hash.BYTES);
      }
      good = true;
      return window;
    } finally {
      if (!good) {
        window.close();
      }
    }
  }

  private EntryWindow window(long number, int width, EntryRange wanted)
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

  private EntryWindow fetch(long number, int width, EntryRange wanted)
      throws SourceException, InterruptedException {
    int expected = Math.min(width * (bytesPerEntry + bytesPerEntry / 8), ENDPOINT.maxBytes());
    try (PooledBytes body = site.get(ENDPOINT, TilePath.data(number, width), expected)) {
      if (body.length() == 0) {
        throw site.invalid(ENDPOINT, "tile " + number + " is empty");
      }
      bytesPerEntry = body.length() / width + 1;
      int length = body.length();
      long transferred = body.transferred();
      return TileReader.read(
          body.release(),
          length,
          number * TilePath.WIDTH,
          width,
          wanted,
          transferred,
          site.buffers()::giveBack);
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

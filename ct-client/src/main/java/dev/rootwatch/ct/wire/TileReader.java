package dev.rootwatch.ct.wire;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads data tiles (c2sp.org/static-ct-api, "Log Entries").
 *
 * <pre>{@code
 * struct {
 *   TimestampedEntry timestamped_entry;
 *   select (entry_type) {
 *     case x509_entry: Empty;
 *     case precert_entry: ASN.1Cert pre_certificate;     // opaque <1..2^24-1>
 *   };
 *   Fingerprint certificate_chain<0..2^16-1>;            // opaque Fingerprint[32]
 * } TileLeaf;
 * }</pre>
 *
 * <p>A tile is TileLeaf after TileLeaf, without a length around each: an unknown entry type or a
 * length that does not fit makes everything behind it unreadable. {@link #readAgain} finds those
 * entries by their leaf hashes; the broken one, and what is not found, are malformed and have no
 * leaf hash until {@link EntryWindow#withLeafHashes} supplies it from the level-0 tile.
 */
public final class TileReader {
  private static final int FINGERPRINT = 32;

  private TileReader() {}

  /**
   * Makes a window of the wanted entries of a tile.
   *
   * @param tile the buffer holding the tile, inflated; it belongs to the window from now on
   * @param length how many bytes of the buffer are the tile
   * @param tileStart index of the tile's first entry
   * @param width how many entries the tile has: 256, or fewer in a partial one
   * @param wanted not empty, within {@code [tileStart, tileStart + width)}
   * @param transferredBytes bytes received for it, before inflation
   * @param recycler gets {@code tile} back when the window is closed
   */
  public static EntryWindow read(
      byte[] tile,
      int length,
      long tileStart,
      int width,
      EntryRange wanted,
      long transferredBytes,
      Consumer<byte[]> recycler) {
    return read(tile, length, tileStart, width, wanted, transferredBytes, recycler, null);
  }

  /**
   * Reads a tile again that turned out to be broken, with its leaf hashes at hand.
   *
   * @param broken the window that {@link #read} gave; must not be used any more, and not closed
   * @param length how many bytes of its buffer are the tile
   * @param tileStart index of the tile's first entry
   * @param leafHashes 32 bytes for each entry of the tile, from the level-0 tile; as many as the
   *     tile has entries
   */
  public static EntryWindow readAgain(
      EntryWindow broken, int length, long tileStart, byte[] leafHashes) {
    EntryRange wanted = broken.range();
    long transferred = broken.transferredBytes();
    Consumer<byte[]> recycler = broken.recycler();
    byte[] tile = broken.handOver();
    return read(
        tile,
        length,
        tileStart,
        leafHashes.length / Hash.BYTES,
        wanted,
        transferred,
        recycler,
        new LostLeaves(tile, length, leafHashes));
  }

  private static EntryWindow read(
      byte[] tile,
      int length,
      long tileStart,
      int width,
      EntryRange wanted,
      long transferredBytes,
      Consumer<byte[]> recycler,
      @Nullable LostLeaves lost) {
    if (wanted.isEmpty() || wanted.from() < tileStart || wanted.to() > tileStart + width) {
      throw new IllegalArgumentException(
          wanted + " does not lie in a tile of " + width + " entries from " + tileStart);
    }
    TlsReader in = new TlsReader().over(tile, 0, length);
    TlsReader leaf = new TlsReader();
    // What is skipped is read into a table of its own and forgotten.
    int skipped = (int) (wanted.from() - tileStart);
    EntryTable before = new EntryTable(tileStart, skipped);
    EntryTable table = new EntryTable(wanted.from(), (int) wanted.size());
    boolean framed = true;
    // Behind a broken entry: the entry that was found again, and the bytes up to it.
    int resumed = -1;
    int restStart = 0;
    int restEnd = length;
    EntryTable shownIn = null;
    for (int i = 0; i < skipped + wanted.size(); i++) {
      EntryTable rows = i < skipped ? before : table;
      int row = rows.addRow();
      if (!framed && i != resumed) {
        lost(rows, row, shownIn == rows ? restEnd : restStart, restEnd);
        shownIn = rows;
        continue;
      }
      framed = tileLeaf(in, leaf, rows, row);
      if (!framed) {
        boolean leafIsBroken = rows.get(row, EntryTable.TYPE) == EntryTable.OPAQUE;
        int start = rows.get(row, EntryTable.LEAF);
        restStart = leafIsBroken ? start : rows.get(row, EntryTable.LEAF_END);
        LostLeaves.Found found = lost == null ? null : lost.next(restStart + 1, i);
        resumed = found == null ? -1 : found.number();
        restEnd = found == null ? length : found.offset();
        if (found != null) {
          in.over(tile, found.offset(), length - found.offset());
        }
        // What is in the rest stands in the broken leaf itself, else in the first that is lost.
        shownIn = leafIsBroken ? rows : null;
        if (leafIsBroken) {
          rows.set(row, EntryTable.LEAF_END, restEnd);
        }
      }
    }
    boolean readToItsEnd = framed && wanted.to() == tileStart + width;
    return new EntryWindow(
        tile,
        table,
        EntryWindow.Layout.TILE,
        transferredBytes,
        readToItsEnd ? in.remaining() : 0,
        recycler);
  }

  /** Reads one TileLeaf; false when the next one cannot be found. */
  private static boolean tileLeaf(TlsReader tile, TlsReader in, EntryTable table, int row) {
    int start = tile.position();
    in.over(tile.bytes(), start, tile.remaining());
    table.set(row, EntryTable.LEAF, start);
    boolean known = EntryReader.timestampedEntry(in, table, row);
    if (!known) {
      in.fail("entry_type " + table.get(row, EntryTable.TYPE) + " is unknown");
    }
    if (in.failed()) {
      table.set(row, EntryTable.LEAF_END, start + tile.remaining());
      table.defect(row, EntryTable.LEAF_DEFECT, in.problemOffset(), in.problem());
      table.set(row, EntryTable.TYPE, EntryTable.OPAQUE);
      return false;
    }
    table.set(row, EntryTable.LEAF_END, in.position());
    EntryReader.refuseEmptyBody(table, row, start);
    boolean framed = extra(in, table, row, start);
    tile.fixed(in.position() - start, "TileLeaf");
    return framed;
  }

  private static boolean extra(TlsReader in, EntryTable table, int row, int start) {
    if (table.get(row, EntryTable.TYPE) == LogEntry.PRECERT) {
      int precertificate = in.vector24("pre_certificate");
      if (!in.failed()) {
        table.set(row, EntryTable.PRECERT, precertificate);
        table.set(row, EntryTable.PRECERT_LENGTH, in.vectorLength());
      }
    }
    int chain = in.vector16("certificate_chain");
    if (in.failed()) {
      table.defect(row, EntryTable.EXTRA_DEFECT, in.problemOffset(), in.problem());
      return false;
    }
    int chainLength = in.vectorLength();
    if (chainLength % FINGERPRINT == 0) {
      table.set(row, EntryTable.CHAIN, chain);
      table.set(row, EntryTable.CHAIN_COUNT, chainLength / FINGERPRINT);
    } else {
      table.defect(
          row,
          EntryTable.EXTRA_DEFECT,
          chain - 2 - start,
          "certificate_chain of " + chainLength + " bytes is no list of fingerprints");
    }
    return true;
  }

  /**
   * An entry somewhere behind a broken one. Whatever is in the rest of the tile stands in the first
   * row that has no place of its own, so that a search through it sees all of it.
   */
  private static void lost(EntryTable table, int row, int from, int to) {
    table.set(row, EntryTable.LEAF, from);
    table.set(row, EntryTable.LEAF_END, to);
    table.set(row, EntryTable.TYPE, EntryTable.OPAQUE);
    table.defect(
        row,
        EntryTable.LEAF_DEFECT,
        0,
        "cannot be found: an entry before it in the tile is broken");
  }
}

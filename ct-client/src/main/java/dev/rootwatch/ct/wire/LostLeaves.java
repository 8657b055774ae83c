package dev.rootwatch.ct.wire;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries behind a broken one in a data tile. TileLeaf has no length around it, so after
 * an entry type that nobody knows nothing says where the next entry begins; but the level-0 tile
 * says what its leaf hash is. Wherever bytes lie that read as a TimestampedEntry and have the hash
 * of a later entry, that entry begins: a chance agreement of SHA-256 need not be feared.
 *
 * <p>Bytes of strangers could look like many entries, so the work is bounded; what is not found
 * then stays lost, as it would have been.
 */
final class LostLeaves {
  /** How many bytes may be hashed in search of one tile's entries. */
  private static final long MOST_HASHED = 64L << 20;

  /** Timestamps up to the year 10889: the first two bytes of the eight are zero. */
  private static final int TYPE_OFFSET = 8;

  private final byte[] tile;
  private final int length;
  private final Map<Hash, Integer> numbers = new HashMap<>();
  private final TlsReader reader = new TlsReader();
  private final MessageDigest sha256 = Hash.newSha256();
  private long hashed;

  /**
   * @param length how many bytes of the buffer are the tile
   * @param leafHashes of all entries of the tile, 32 bytes each
   */
  LostLeaves(byte[] tile, int length, byte[] leafHashes) {
    this.tile = tile;
    this.length = length;
    for (int i = leafHashes.length / Hash.BYTES - 1; i >= 0; i--) {
      numbers.put(Hash.copyOf(leafHashes, i * Hash.BYTES), i);
    }
  }

  /**
   * Where reading can go on.
   *
   * @param offset where the entry begins
   * @param number of the entry in the tile, from 0
   */
  record Found(int offset, int number) {}

  /**
   * The next entry with a number above {@code after}, at or behind {@code from}; null when none.
   */
  @Nullable Found next(int from, int after) {
    for (int at = from; at + TYPE_OFFSET + 2 < length && hashed < MOST_HASHED; at++) {
      if (mayBegin(at)) {
        Integer number = numberAt(at);
        if (number != null && number > after) {
          return new Found(at, number);
        }
      }
    }
    return null;
  }

  private boolean mayBegin(int at) {
    int type = tile[at + TYPE_OFFSET + 1];
    return tile[at] == 0
        && tile[at + 1] == 0
        && tile[at + TYPE_OFFSET] == 0
        && (type == LogEntry.X509 || type == LogEntry.PRECERT);
  }

  private @Nullable Integer numberAt(int at) {
    EntryTable table = new EntryTable(0, 1);
    int row = table.addRow();
    reader.over(tile, at, length - at);
    if (!EntryReader.timestampedEntry(reader, table, row) || reader.failed()) {
      return null;
    }
    int size = reader.position() - at;
    hashed += size;
    sha256.update((byte) 0);
    sha256.update((byte) 0);
    sha256.update((byte) 0);
    sha256.update(tile, at, size);
    return numbers.get(Hash.of(sha256.digest()));
  }
}

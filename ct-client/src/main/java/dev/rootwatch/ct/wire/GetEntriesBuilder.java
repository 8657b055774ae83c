package dev.rootwatch.ct.wire;

import dev.rootwatch.ct.LogEntry;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Makes a window of what get-entries answers (RFC 6962 section 4.6), base64 already decoded.
 *
 * <pre>{@code
 * struct {
 *   Version version;                      // uint8: 0 v1
 *   MerkleLeafType leaf_type;             // uint8: 0 timestamped_entry
 *   TimestampedEntry timestamped_entry;
 * } MerkleTreeLeaf;                       // leaf_input
 *
 * ASN.1Cert CertificateChain<0..2^24-1>;  // extra_data of an x509_entry
 *
 * struct {
 *   ASN.1Cert pre_certificate;
 *   ASN.1Cert precertificate_chain<0..2^24-1>;
 * } PrecertChainEntry;                    // extra_data of a precert_entry
 * }</pre>
 *
 * <p>The bytes of all entries stand in one array. Whoever decodes has the choice: to append to the
 * builder's buffer ({@link #reserve}, {@link #position}, {@link #leafInput}, {@link #extraData},
 * {@link #endEntry}), in either order of the two members; or to decode in place and to tell only
 * where things are ({@link #add}).
 */
public final class GetEntriesBuilder {
  /** More certificates than this in one chain are not read, and said to be malformed. */
  public static final int MAX_CHAIN = 100;

  private final EntryTable table;
  private final Consumer<byte[]> recycler;
  private final TlsReader in = new TlsReader();
  private byte[] buffer;
  private int position;
  private int leafOffset = -1;
  private int leafLength;
  private int extraOffset = -1;
  private int extraLength;

  /**
   * @param firstIndex index in the log of the first entry
   * @param expectedEntries how many are expected; more are fine
   * @param buffer where the bytes go or already are; belongs to the window from now on
   * @param recycler gets every buffer back that is no longer needed
   */
  public GetEntriesBuilder(
      long firstIndex, int expectedEntries, byte[] buffer, Consumer<byte[]> recycler) {
    this.table = new EntryTable(firstIndex, expectedEntries);
    this.buffer = buffer;
    this.recycler = recycler;
  }

  /**
   * The buffer, with room for {@code bytes} more at {@link #position}. It may be another one than
   * before.
   */
  public byte[] reserve(int bytes) {
    int needed = Math.addExact(position, bytes);
    if (needed > buffer.length) {
      byte[] old = buffer;
      long doubled = Math.min(Integer.MAX_VALUE - 8L, 2L * old.length);
      buffer = Arrays.copyOf(old, (int) Math.max(needed, doubled));
      recycler.accept(old);
    }
    return buffer;
  }

  /** Where the next bytes are to be written. */
  public int position() {
    return position;
  }

  /** The next {@code length} bytes, just written, are the entry's leaf_input. */
  public void leafInput(int length) {
    leafOffset = position;
    leafLength = length;
    position = Math.addExact(position, length);
  }

  /** The next {@code length} bytes, just written, are the entry's extra_data. */
  public void extraData(int length) {
    extraOffset = position;
    extraLength = length;
    position = Math.addExact(position, length);
  }

  /**
   * The entry is complete. Without extra_data (missing, or no base64) it is readable all the same,
   * without a chain.
   *
   * @throws IllegalStateException when it had no leaf_input: then there is nothing to hash, and the
   *     answer as a whole is worth nothing
   */
  public void endEntry() {
    if (leafOffset < 0) {
      throw new IllegalStateException("an entry without leaf_input");
    }
    add(leafOffset, leafLength, extraOffset, extraLength);
    leafOffset = -1;
    extraOffset = -1;
  }

  /**
   * Adds an entry whose bytes stand somewhere in the buffer.
   *
   * @param extraAt where extra_data starts; -1 when there is none to read
   */
  public void add(int leafAt, int leafInputLength, int extraAt, int extraDataLength) {
    int row = table.addRow();
    table.set(row, EntryTable.LEAF, leafAt);
    table.set(row, EntryTable.LEAF_END, leafAt + leafInputLength);
    if (!merkleTreeLeaf(row, leafAt, leafInputLength)) {
      return;
    }
    if (extraAt < 0) {
      table.defect(row, EntryTable.EXTRA_DEFECT, 0, "no extra_data");
    } else {
      extra(row, extraAt, extraDataLength);
    }
  }

  /** How many entries there are so far. */
  public int count() {
    return table.rows();
  }

  /**
   * The window. The builder is used up.
   *
   * @param transferredBytes bytes received for it
   * @throws IllegalStateException when there is no entry
   */
  public EntryWindow build(long transferredBytes) {
    if (table.rows() == 0) {
      throw new IllegalStateException("a window without entries");
    }
    return new EntryWindow(
        buffer, table, EntryWindow.Layout.GET_ENTRIES, transferredBytes, 0, recycler);
  }

  /** Reads the leaf; false when there is no certificate in it that we could read. */
  private boolean merkleTreeLeaf(int row, int offset, int length) {
    in.over(buffer, offset, length);
    int version = in.uint8("version");
    int leafType = in.uint8("leaf_type");
    if (!in.failed() && (version != 0 || leafType != 0)) {
      // RFC 6962 section 4.6: what we do not know is no error. It hashes as it stands.
      table.set(row, EntryTable.TYPE, EntryTable.OPAQUE);
      return false;
    }
    boolean known = EntryReader.timestampedEntry(in, table, row);
    if (!known) {
      return false;
    }
    in.end("MerkleTreeLeaf");
    if (in.failed()) {
      table.defect(row, EntryTable.LEAF_DEFECT, in.problemOffset(), in.problem());
      table.set(row, EntryTable.TYPE, EntryTable.OPAQUE);
      table.set(row, EntryTable.BODY, -1);
      table.set(row, EntryTable.BODY_LENGTH, 0);
      return false;
    }
    EntryReader.refuseEmptyBody(table, row, offset);
    return true;
  }

  private void extra(int row, int offset, int length) {
    in.over(buffer, offset, length);
    if (table.get(row, EntryTable.TYPE) == LogEntry.PRECERT) {
      int precertificate = in.vector24("pre_certificate");
      if (!in.failed()) {
        table.set(row, EntryTable.PRECERT, precertificate);
        table.set(row, EntryTable.PRECERT_LENGTH, in.vectorLength());
      }
    }
    int chain = in.vector24("certificate chain");
    int chainLength = in.vectorLength();
    in.end("extra_data");
    int count = in.failed() ? 0 : countChain(chain, chainLength, offset, length);
    if (in.failed()) {
      table.defect(row, EntryTable.EXTRA_DEFECT, in.problemOffset(), in.problem());
    } else {
      table.set(row, EntryTable.CHAIN, chain);
      table.set(row, EntryTable.CHAIN_COUNT, count);
    }
  }

  private int countChain(int chain, int chainLength, int extraStart, int extraDataLength) {
    // The list ends where extra_data ends: read on from its start, so that offsets count from
    // the start of extra_data.
    in.over(buffer, extraStart, extraDataLength);
    in.fixed(chain - extraStart, "certificate chain");
    int count = 0;
    while (!in.failed() && in.remaining() > 0 && chainLength > 0) {
      if (count == MAX_CHAIN) {
        in.fail("more than " + MAX_CHAIN + " certificates in a chain");
      }
      in.vector24("chain certificate");
      count++;
    }
    return count;
  }
}

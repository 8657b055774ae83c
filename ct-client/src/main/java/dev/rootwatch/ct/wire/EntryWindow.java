package dev.rootwatch.ct.wire;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive entries of one log as one byte array and offsets into it: what a source hands to the
 * hasher and the examiner. No object per entry. Made by {@link TileReader} and {@link
 * GetEntriesBuilder}.
 *
 * <p>The bytes belong to the window until {@link #close()}, which returns the buffer for reuse;
 * whoever needs bytes longer copies them ({@link #entry}). One thread at a time.
 *
 * <p>A malformed entry is a value: {@link #malformed} says why, its leaf still hashes, its
 * neighbours are untouched. What stands beside the leaf (precertificate, chain) is outside the
 * Merkle tree; when it is broken the leaf is readable all the same, and {@link #malformedExtra}
 * says so.
 *
 * <p>Parameters named {@code i} count from 0 within the window; offsets are absolute in {@link
 * #bytes}.
 */
public final class EntryWindow implements AutoCloseable {
  /** How the bytes of a leaf stand in the buffer. */
  enum Layout {
    /** A TimestampedEntry: version and leaf_type are understood. */
    TILE(3),
    /** A whole MerkleTreeLeaf. */
    GET_ENTRIES(1);

    /**
     * How many zeros go into the hash before the leaf: 0x00 of section 2.1, then version v1 and
     * leaf_type timestamped_entry where the layout leaves them out.
     */
    private final int hashedZeros;

    Layout(int hashedZeros) {
      this.hashedZeros = hashedZeros;
    }
  }

  private static final byte[] ZEROS = new byte[3];

  private final EntryTable table;
  private final Layout layout;
  private final long transferredBytes;
  private final int trailingBytes;
  private final Consumer<byte[]> recycler;
  private byte @Nullable [] bytes;
  private byte @Nullable [] suppliedHashes;

  EntryWindow(
      byte[] bytes,
      EntryTable table,
      Layout layout,
      long transferredBytes,
      int trailingBytes,
      Consumer<byte[]> recycler) {
    this.bytes = bytes;
    this.table = table;
    this.layout = layout;
    this.transferredBytes = transferredBytes;
    this.trailingBytes = trailingBytes;
    this.recycler = recycler;
  }

  public EntryRange range() {
    return new EntryRange(firstIndex(), firstIndex() + count());
  }

  public long firstIndex() {
    return table.firstIndex();
  }

  /** How many entries; at least one. */
  public int count() {
    return table.rows();
  }

  /** The buffer that all offsets point into. Read-only for everybody but the source. */
  public byte[] bytes() {
    if (bytes == null) {
      throw new IllegalStateException("the window " + range() + " is closed");
    }
    return bytes;
  }

  /** Bytes received from the network for this window, before inflation. */
  public long transferredBytes() {
    return transferredBytes;
  }

  /**
   * Bytes that a tile has after its last entry; 0 is right. Nothing is lost with them, but the log
   * broke static-ct-api.
   */
  public int trailingBytes() {
    return trailingBytes;
  }

  /**
   * Why the leaf of entry {@code i} cannot be read, or null when it can. The offset counts from
   * {@link #leafOffset}. An entry of an unknown type is not malformed in an RFC 6962 log; see
   * {@link #hasCertificate}.
   */
  public @Nullable MalformedEntry malformed(int i) {
    return table.defect(i, EntryTable.LEAF_DEFECT);
  }

  /**
   * What is wrong beside the readable leaf of entry {@code i}, or null when nothing is. The parts
   * that could not be read are absent: no precertificate, an empty chain. The offset counts from
   * the start of extra_data, in a tile from the start of the TileLeaf.
   */
  public @Nullable MalformedEntry malformedExtra(int i) {
    return table.defect(i, EntryTable.EXTRA_DEFECT);
  }

  /**
   * Whether entry {@code i} is a readable leaf of a known type, so that there is something to scan.
   */
  public boolean hasCertificate(int i) {
    return table.get(i, EntryTable.BODY) >= 0;
  }

  /** Where the hashed bytes of the leaf start: leaf_input, in a tile the TimestampedEntry. */
  public int leafOffset(int i) {
    return table.get(i, EntryTable.LEAF);
  }

  /**
   * How many bytes the leaf has. Of a malformed entry of a tile: what is left of the tile; of those
   * behind it 0.
   */
  public int leafLength(int i) {
    return table.get(i, EntryTable.LEAF_END) - table.get(i, EntryTable.LEAF);
  }

  /** Milliseconds since the epoch; -1 when malformed, or of an unknown version. */
  public long timestamp(int i) {
    if (type(i) < 0) {
      return -1;
    }
    return uint64(bytes(), timestampedEntryOffset(i));
  }

  /**
   * entry_type: {@link LogEntry#X509}, {@link LogEntry#PRECERT} or an unknown number; -1 when
   * malformed, or of an unknown version.
   */
  public int type(int i) {
    return table.get(i, EntryTable.TYPE);
  }

  /** Where the 32 bytes of issuer_key_hash start; -1 except in precertificate entries. */
  public int issuerKeyHashOffset(int i) {
    return type(i) == LogEntry.PRECERT ? timestampedEntryOffset(i) + 10 : -1;
  }

  /** Where the certificate (x509) or TBSCertificate (precert) starts; -1 when there is none. */
  public int certificateOffset(int i) {
    return table.get(i, EntryTable.BODY);
  }

  /** Bytes of the certificate or TBSCertificate; 0 when there is none. */
  public int certificateLength(int i) {
    return table.get(i, EntryTable.BODY_LENGTH);
  }

  /** Where the full precertificate starts; -1 when there is none. */
  public int precertificateOffset(int i) {
    return table.get(i, EntryTable.PRECERT);
  }

  /** Bytes of the full precertificate; 0 when there is none. */
  public int precertificateLength(int i) {
    return table.get(i, EntryTable.PRECERT_LENGTH);
  }

  /**
   * The leaf_index extension of static-ct-api, or -1 when entry {@code i} has none that can be
   * read: logs of RFC 6962 have none.
   */
  public long leafIndex(int i) {
    if (!hasCertificate(i)) {
      return -1;
    }
    int extensions = certificateOffset(i) + certificateLength(i) + 2;
    return CtExtensions.leafIndex(bytes(), extensions, table.get(i, EntryTable.LEAF_END));
  }

  /** Whether chains are DER certificates (RFC 6962) or 32-byte fingerprints (static-ct-api). */
  public boolean chainIsFingerprints() {
    return layout == Layout.TILE;
  }

  /** How many certificates or fingerprints stand in the chain of entry {@code i}. */
  public int chainLength(int i) {
    return table.get(i, EntryTable.CHAIN_COUNT);
  }

  /** Where the k-th chain certificate or fingerprint of entry {@code i} starts. */
  public int chainOffset(int i, int k) {
    int start = table.get(i, EntryTable.CHAIN);
    if (k < 0 || k >= chainLength(i)) {
      throw new IndexOutOfBoundsException(k + " of a chain of " + chainLength(i));
    }
    if (chainIsFingerprints()) {
      return start + k * Hash.BYTES;
    }
    int at = start + 3;
    for (int before = 0; before < k; before++) {
      at += uint24(bytes(), at - 3) + 3;
    }
    return at;
  }

  /** Bytes of the k-th chain certificate, or 32. */
  public int chainItemLength(int i, int k) {
    return chainIsFingerprints() ? Hash.BYTES : uint24(bytes(), chainOffset(i, k) - 3);
  }

  /**
   * Whether the leaf hash of every entry is known. It is not after broken framing in a tile: then
   * {@link #withLeafHashes} must come first.
   */
  public boolean canHashLeaves() {
    if (suppliedHashes != null || layout == Layout.GET_ENTRIES) {
      return true;
    }
    for (int i = count() - 1; i >= 0; i--) {
      if (isUnframed(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Supplies the leaf hashes of entries that a broken tile hides, from the level-0 tile. Those that
   * can be computed still are: we prove what we read.
   *
   * @param hashes one hash of 32 bytes for each entry of this window, from {@code offset}
   * @return this
   * @throws IllegalArgumentException when there are too few of them
   */
  public EntryWindow withLeafHashes(byte[] hashes, int offset) {
    if (offset < 0 || hashes.length - offset < count() * Hash.BYTES) {
      throw new IllegalArgumentException(
          "leaf hashes from " + offset + " of " + hashes.length + " bytes do not reach " + range());
    }
    suppliedHashes = Arrays.copyOfRange(hashes, offset, offset + count() * Hash.BYTES);
    return this;
  }

  /**
   * Writes the Merkle leaf hash of entry {@code i} (RFC 6962 section 2.1) to {@code target}.
   *
   * @throws IllegalStateException when it is not known, see {@link #canHashLeaves}
   */
  public void leafHash(int i, MessageDigest sha256, byte[] target, int offset) {
    if (isUnframed(i)) {
      if (suppliedHashes == null) {
        throw new IllegalStateException(
            "entry " + (firstIndex() + i) + " cannot be hashed: its tile is broken");
      }
      System.arraycopy(suppliedHashes, i * Hash.BYTES, target, offset, Hash.BYTES);
      return;
    }
    sha256.update(ZEROS, 0, layout.hashedZeros);
    sha256.update(bytes(), leafOffset(i), leafLength(i));
    try {
      sha256.digest(target, offset, Hash.BYTES);
    } catch (DigestException e) {
      throw new IllegalArgumentException("no room for a hash at " + offset, e);
    }
  }

  /**
   * A copy of entry {@code i} that outlives the window. An entry of an unknown type has its whole
   * leaf for a certificate.
   *
   * @throws IllegalStateException when it is malformed
   */
  public LogEntry entry(int i) {
    MalformedEntry malformed = malformed(i);
    if (malformed != null) {
      throw new IllegalStateException("not readable: " + malformed);
    }
    byte[] leafHash = new byte[Hash.BYTES];
    leafHash(i, Hash.newSha256(), leafHash, 0);
    int issuerKeyHash = issuerKeyHashOffset(i);
    return new LogEntry(
        firstIndex() + i,
        timestamp(i),
        type(i),
        issuerKeyHash < 0 ? null : Hash.copyOf(bytes(), issuerKeyHash),
        hasCertificate(i)
            ? copy(certificateOffset(i), certificateLength(i))
            : copy(leafOffset(i), leafLength(i)),
        precertificateOffset(i) < 0 ? null : copy(precertificateOffset(i), precertificateLength(i)),
        chainIsFingerprints() ? List.of() : chain(i),
        chainIsFingerprints() ? fingerprints(i) : List.of(),
        Hash.of(leafHash));
  }

  /** Returns the buffer. Closing twice does nothing. */
  @Override
  public void close() {
    byte[] returned = bytes;
    bytes = null;
    if (returned != null) {
      recycler.accept(returned);
    }
  }

  Consumer<byte[]> recycler() {
    return recycler;
  }

  /** The buffer, for a window in place of this one. */
  byte[] handOver() {
    byte[] handed = bytes();
    bytes = null;
    return handed;
  }

  /** Whether the end of the leaf could not be found: only in a tile, see {@link TileReader}. */
  private boolean isUnframed(int i) {
    return layout == Layout.TILE && table.get(i, EntryTable.TYPE) == EntryTable.OPAQUE;
  }

  private int timestampedEntryOffset(int i) {
    return leafOffset(i) + (layout == Layout.TILE ? 0 : 2);
  }

  private List<byte[]> chain(int i) {
    List<byte[]> chain = new ArrayList<>(chainLength(i));
    for (int k = 0; k < chainLength(i); k++) {
      chain.add(copy(chainOffset(i, k), chainItemLength(i, k)));
    }
    return List.copyOf(chain);
  }

  private List<Hash> fingerprints(int i) {
    List<Hash> chain = new ArrayList<>(chainLength(i));
    for (int k = 0; k < chainLength(i); k++) {
      chain.add(Hash.copyOf(bytes(), chainOffset(i, k)));
    }
    return List.copyOf(chain);
  }

  private byte[] copy(int offset, int length) {
    return Arrays.copyOfRange(bytes(), offset, offset + length);
  }

  private static int uint24(byte[] b, int at) {
    return ((b[at] & 0xff) << 16) | ((b[at + 1] & 0xff) << 8) | (b[at + 2] & 0xff);
  }

  private static long uint64(byte[] b, int at) {
    long value = 0;
    for (int k = 0; k < 8; k++) {
      value = (value << 8) | (b[at + k] & 0xff);
    }
    return value;
  }
}

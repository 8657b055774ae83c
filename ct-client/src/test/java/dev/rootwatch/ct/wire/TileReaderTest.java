package dev.rootwatch.ct.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TileReaderTest {
  private static final long TILE = 256L * 20_000_000; // beyond 2^32
  private static final byte[] CERTIFICATE = Wire.filled(40, 0xce);
  private static final byte[] TBS = Wire.filled(30, 0x7b);
  private static final byte[] PRECERTIFICATE = Wire.filled(50, 0x9e);
  private static final byte[] KEY = Wire.filled(32, 0x4e);
  private static final byte[] FINGERPRINTS = Wire.filled(64, 0xf1);

  private final List<byte[]> returned = new ArrayList<>();

  private static byte[] x509(long index) {
    return Wire.x509(1000 + index, CERTIFICATE, Wire.leafIndex(index));
  }

  private static byte[] precert(long index) {
    return Wire.precert(1000 + index, KEY, TBS, Wire.leafIndex(index));
  }

  private static byte[] x509Leaf(long index) {
    return new Wire().raw(x509(index)).vector(2, FINGERPRINTS).bytes();
  }

  private static byte[] precertLeaf(long index) {
    return new Wire().raw(precert(index)).vector(3, PRECERTIFICATE).vector(2, FINGERPRINTS).bytes();
  }

  private EntryWindow read(int width, EntryRange wanted, byte[]... parts) {
    Wire tile = new Wire();
    for (byte[] part : parts) {
      tile.raw(part);
    }
    byte[] bytes = tile.bytes();
    return TileReader.read(bytes, bytes.length, TILE, width, wanted, 99, returned::add);
  }

  private EntryWindow readAll(int width, byte[]... parts) {
    return read(width, new EntryRange(TILE, TILE + width), parts);
  }

  private static Hash leafHash(EntryWindow window, int i) {
    byte[] hash = new byte[Hash.BYTES];
    window.leafHash(i, Hash.newSha256(), hash, 0);
    return Hash.of(hash);
  }

  private static Hash expectedHash(byte[] timestampedEntry) {
    return Hash.sha256(new Wire().number(3, 0).raw(timestampedEntry).bytes());
  }

  private static byte[] slice(EntryWindow window, int offset, int length) {
    return java.util.Arrays.copyOfRange(window.bytes(), offset, offset + length);
  }

  @Test
  void read_bothEntryTypes_fieldsWhereTheyAre() {
    EntryWindow window = readAll(2, x509Leaf(TILE), precertLeaf(TILE + 1));

    assertThat(window.range()).isEqualTo(new EntryRange(TILE, TILE + 2));
    assertThat(window.transferredBytes()).isEqualTo(99);
    assertThat(window.trailingBytes()).isZero();
    assertThat(window.chainIsFingerprints()).isTrue();

    assertThat(window.type(0)).isEqualTo(LogEntry.X509);
    assertThat(window.timestamp(0)).isEqualTo(1000 + TILE);
    assertThat(window.leafIndex(0)).isEqualTo(TILE);
    assertThat(slice(window, window.certificateOffset(0), window.certificateLength(0)))
        .isEqualTo(CERTIFICATE);
    assertThat(window.issuerKeyHashOffset(0)).isEqualTo(-1);
    assertThat(window.precertificateOffset(0)).isEqualTo(-1);
    assertThat(window.chainLength(0)).isEqualTo(2);
    assertThat(leafHash(window, 0)).isEqualTo(expectedHash(x509(TILE)));

    assertThat(window.type(1)).isEqualTo(LogEntry.PRECERT);
    assertThat(slice(window, window.issuerKeyHashOffset(1), 32)).isEqualTo(KEY);
    assertThat(slice(window, window.certificateOffset(1), window.certificateLength(1)))
        .isEqualTo(TBS);
    assertThat(slice(window, window.precertificateOffset(1), window.precertificateLength(1)))
        .isEqualTo(PRECERTIFICATE);
    assertThat(slice(window, window.chainOffset(1, 1), window.chainItemLength(1, 1)))
        .isEqualTo(Wire.filled(32, 0xf1));
    assertThat(leafHash(window, 1)).isEqualTo(expectedHash(precert(TILE + 1)));
  }

  @Test
  void entry_ofPrecertificate_outlivesTheWindow() {
    EntryWindow window = readAll(1, precertLeaf(TILE));
    LogEntry entry = window.entry(0);
    window.close();

    assertThat(entry.index()).isEqualTo(TILE);
    assertThat(entry.signedCertificate()).isEqualTo(TBS);
    assertThat(entry.precertificate()).isEqualTo(PRECERTIFICATE);
    assertThat(entry.issuerKeyHash()).isEqualTo(Hash.of(KEY));
    assertThat(entry.chain()).isEmpty();
    assertThat(entry.chainFingerprints()).hasSize(2);
    assertThat(entry.leafHash()).isEqualTo(expectedHash(precert(TILE)));
  }

  @Test
  void close_twice_bufferComesBackOnceAndIsOutOfReach() {
    EntryWindow window = readAll(1, x509Leaf(TILE));
    byte[] bytes = window.bytes();
    window.close();
    window.close();

    assertThat(returned).containsExactly(bytes);
    assertThatThrownBy(window::bytes)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void read_onlyTheMiddle_rightEntriesUnderRightIndexes() {
    EntryWindow window =
        read(
            4,
            new EntryRange(TILE + 1, TILE + 3),
            x509Leaf(TILE),
            precertLeaf(TILE + 1),
            x509Leaf(TILE + 2),
            x509Leaf(TILE + 3));

    assertThat(window.range()).isEqualTo(new EntryRange(TILE + 1, TILE + 3));
    assertThat(window.leafIndex(0)).isEqualTo(TILE + 1);
    assertThat(window.leafIndex(1)).isEqualTo(TILE + 2);
    assertThat(window.trailingBytes()).isZero();
  }

  @Test
  void read_unknownEntryType_restIsMalformedAndHashedFromTheHashTile() {
    byte[] unknown = new Wire().number(8, 1).number(2, 7).vector(3, CERTIFICATE).bytes();
    EntryWindow window = readAll(3, x509Leaf(TILE), unknown, x509Leaf(TILE + 2));

    assertThat(window.malformed(0)).isNull();
    assertThat(window.malformed(1))
        .isEqualTo(new MalformedEntry(TILE + 1, 10, "entry_type 7 is unknown"));
    assertThat(window.malformed(2)).isNotNull();
    assertThat(window.hasCertificate(2)).isFalse();
    assertThat(window.timestamp(1)).isEqualTo(-1);
    assertThat(window.canHashLeaves()).isFalse();
    assertThatThrownBy(() -> leafHash(window, 1)).isInstanceOf(IllegalStateException.class);

    byte[] hashTile = Wire.filled(3 * 32 + 5, 0xaa);
    assertThat(window.withLeafHashes(hashTile, 5).canHashLeaves()).isTrue();
    assertThat(leafHash(window, 1)).isEqualTo(Hash.of(Wire.filled(32, 0xaa)));
    assertThat(leafHash(window, 0))
        .as("computed, not believed")
        .isEqualTo(expectedHash(x509(TILE)));
  }

  @Test
  void withLeafHashes_tooFew_refused() {
    EntryWindow window = readAll(2, new byte[] {1});

    assertThatThrownBy(() -> window.withLeafHashes(new byte[64], 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void read_certificateLongerThanTheTile_restIsMalformedWithThePlace() {
    byte[] broken = new Wire().number(8, 1).number(2, 0).number(3, 5000).raw(CERTIFICATE).bytes();
    EntryWindow window = readAll(2, x509Leaf(TILE), broken);

    assertThat(window.malformed(1))
        .isEqualTo(new MalformedEntry(TILE + 1, 10, "certificate of 5000 bytes where 40 are left"));
    assertThat(window.leafLength(1)).isEqualTo(broken.length);
  }

  @Test
  void read_tooFewEntries_theMissingAreMalformed() {
    EntryWindow window = readAll(3, x509Leaf(TILE), x509Leaf(TILE + 1));

    assertThat(window.malformed(1)).isNull();
    assertThat(window.malformed(2)).isNotNull();
    assertThat(window.leafLength(2)).isZero();
  }

  @Test
  void read_bytesAfterTheLastEntry_counted() {
    EntryWindow window = readAll(1, x509Leaf(TILE), new byte[] {1, 2, 3});

    assertThat(window.trailingBytes()).isEqualTo(3);
    assertThat(window.malformed(0)).isNull();
  }

  @Test
  void read_emptyCertificate_neighboursAreRead() {
    byte[] empty =
        new Wire()
            .raw(Wire.x509(5, new byte[0], Wire.leafIndex(TILE)))
            .vector(2, FINGERPRINTS)
            .bytes();
    EntryWindow window = readAll(2, empty, x509Leaf(TILE + 1));

    assertThat(window.malformed(0)).isEqualTo(new MalformedEntry(TILE, 10, "empty certificate"));
    assertThat(window.hasCertificate(0)).isFalse();
    assertThat(window.canHashLeaves()).isTrue();
    assertThat(window.leafIndex(1)).isEqualTo(TILE + 1);
  }

  @Test
  void read_chainThatIsNoListOfFingerprints_leafAndNeighboursAreRead() {
    byte[] odd = new Wire().raw(precert(TILE)).vector(3, PRECERTIFICATE).vector(2, KEY[0]).bytes();
    EntryWindow window = readAll(2, odd, x509Leaf(TILE + 1));

    assertThat(window.malformed(0)).isNull();
    assertThat(window.malformedExtra(0)).isNotNull();
    assertThat(window.chainLength(0)).isZero();
    assertThat(window.precertificateLength(0)).isEqualTo(PRECERTIFICATE.length);
    assertThat(window.leafIndex(1)).isEqualTo(TILE + 1);
  }

  @Test
  void read_precertificateLongerThanTheTile_leafIsReadAndTheRestLost() {
    byte[] broken = new Wire().raw(precert(TILE)).number(3, 1 << 20).bytes();
    EntryWindow window = readAll(2, broken, x509Leaf(TILE + 1));

    assertThat(window.hasCertificate(0)).isTrue();
    assertThat(leafHash(window, 0)).isEqualTo(expectedHash(precert(TILE)));
    assertThat(window.malformedExtra(0)).isNotNull();
    assertThat(window.malformed(1)).isNotNull();
  }

  @Test
  void read_chainLongerThanTheTile_firstLostEntryShowsAllThatIsBehind() {
    byte[] broken =
        new Wire().raw(precert(TILE)).vector(3, PRECERTIFICATE).number(2, 60_000).bytes();
    byte[] hidden = x509Leaf(TILE + 1);
    EntryWindow window = readAll(3, broken, hidden, x509Leaf(TILE + 2));

    assertThat(slice(window, window.leafOffset(1), window.leafLength(1)))
        .endsWith(new Wire().raw(hidden).raw(x509Leaf(TILE + 2)).bytes());
    assertThat(window.leafLength(2)).as("seen once").isZero();
  }

  @Test
  void read_brokenEntryBeforeTheWanted_firstWantedShowsAllThatIsBehind() {
    byte[] unknown = new Wire().number(8, 1).number(2, 7).vector(3, CERTIFICATE).bytes();
    byte[] hidden = x509Leaf(TILE + 1);
    EntryWindow window = read(2, new EntryRange(TILE + 1, TILE + 2), unknown, hidden);

    assertThat(window.malformed(0)).isNotNull();
    assertThat(slice(window, window.leafOffset(0), window.leafLength(0))).endsWith(hidden);
  }

  @Test
  void readAgain_unknownTypesBetween_findsWhatIsBehindThem() {
    byte[] unknown = new Wire().number(8, 1).number(2, 7).vector(3, CERTIFICATE).bytes();
    byte[] last = x509Leaf(TILE + 4);
    EntryWindow window = readAgain(x509Leaf(TILE), unknown, unknown, x509Leaf(TILE + 3), last);

    assertThat(window.hasCertificate(0)).isTrue();
    assertThat(window.malformed(1)).isNotNull();
    assertThat(window.malformed(2)).isNotNull();
    assertThat(slice(window, window.leafOffset(1), window.leafLength(1))).contains(unknown);
    for (int i = 3; i < 5; i++) {
      assertThat(window.malformed(i)).isNull();
      assertThat(window.leafIndex(i)).isEqualTo(TILE + i);
    }
    assertThat(leafHash(window, 4)).isEqualTo(expectedHash(x509(TILE + 4)));
  }

  @Test
  void readAgain_chainLongerThanTheTile_nextEntryIsFound() {
    byte[] broken =
        new Wire().raw(precert(TILE)).vector(3, PRECERTIFICATE).number(2, 60_000).bytes();
    EntryWindow window = readAgain(broken, x509Leaf(TILE + 1));

    assertThat(window.hasCertificate(0)).isTrue();
    assertThat(window.malformedExtra(0)).isNotNull();
    assertThat(window.malformed(1)).isNull();
    assertThat(window.leafIndex(1)).isEqualTo(TILE + 1);
  }

  @Test
  void readAgain_otherHashes_lostAsBefore() {
    byte[] unknown = new Wire().number(8, 1).number(2, 7).vector(3, CERTIFICATE).bytes();
    EntryWindow broken = readAll(2, unknown, x509Leaf(TILE + 1));
    int length = unknown.length + x509Leaf(TILE + 1).length;

    EntryWindow window = TileReader.readAgain(broken, length, TILE, new byte[2 * 32]);

    assertThat(window.malformed(1)).isNotNull();
    assertThat(window.canHashLeaves()).isFalse();
  }

  /** With the leaf hashes of entries as they are; those of broken ones are anything. */
  private EntryWindow readAgain(byte[]... leaves) {
    byte[] hashes = new byte[leaves.length * 32];
    int length = 0;
    for (int i = 0; i < leaves.length; i++) {
      EntryWindow alone = readAll(1, leaves[i]);
      if (alone.hasCertificate(0)) {
        alone.leafHash(0, Hash.newSha256(), hashes, i * 32);
      }
      length += leaves[i].length;
    }
    return TileReader.readAgain(readAll(leaves.length, leaves), length, TILE, hashes);
  }

  @Test
  void read_wantedOutsideTheTile_refused() {
    assertThatThrownBy(() -> read(1, new EntryRange(TILE, TILE + 2), x509Leaf(TILE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leafIndex_amongOtherExtensions_found() {
    byte[] extensions =
        new Wire()
            .number(1, 9)
            .vector(2, KEY)
            .raw(Wire.leafIndex(TILE))
            .number(3, 0x030000)
            .bytes();
    byte[] leaf =
        new Wire().raw(Wire.x509(5, CERTIFICATE, extensions)).vector(2, FINGERPRINTS).bytes();

    assertThat(readAll(1, leaf).leafIndex(0)).isEqualTo(TILE);
  }

  @Test
  void leafIndex_absentOrBroken_minusOne() {
    for (byte[] extensions :
        List.of(new byte[0], new byte[] {0}, new byte[] {0, 0, 9, 1}, new byte[] {0, 0, 1, 1})) {
      byte[] leaf =
          new Wire().raw(Wire.x509(5, CERTIFICATE, extensions)).vector(2, FINGERPRINTS).bytes();
      assertThat(readAll(1, leaf).leafIndex(0)).isEqualTo(-1);
    }
  }
}

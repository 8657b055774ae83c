package dev.rootwatch.ct.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GetEntriesBuilderTest {
  private static final long FIRST = 4_354_630_040L;
  private static final byte[] CERTIFICATE = Wire.filled(40, 0xce);
  private static final byte[] TBS = Wire.filled(30, 0x7b);
  private static final byte[] PRECERTIFICATE = Wire.filled(50, 0x9e);
  private static final byte[] KEY = Wire.filled(32, 0x4e);
  private static final byte[] ISSUER = Wire.filled(20, 0x15);
  private static final byte[] ROOT = Wire.filled(25, 0x80);
  private static final byte[] CHAIN = Wire.chain(ISSUER, ROOT);

  private static final byte[] X509 = Wire.leafInput(Wire.x509(7, CERTIFICATE, new byte[0]));
  private static final byte[] PRECERT = Wire.leafInput(Wire.precert(8, KEY, TBS, new byte[0]));
  private static final byte[] PRECERT_EXTRA =
      new Wire().vector(3, PRECERTIFICATE).raw(CHAIN).bytes();

  private final List<byte[]> returned = new ArrayList<>();
  private final GetEntriesBuilder builder =
      new GetEntriesBuilder(FIRST, 1, new byte[16], returned::add);

  private GetEntriesBuilderTest add(byte[] leafInput, byte[] extraData) {
    write(leafInput);
    builder.leafInput(leafInput.length);
    write(extraData);
    builder.extraData(extraData.length);
    builder.endEntry();
    return this;
  }

  private void write(byte[] bytes) {
    System.arraycopy(bytes, 0, builder.reserve(bytes.length), builder.position(), bytes.length);
  }

  private static Hash leafHash(EntryWindow window, int i) {
    byte[] hash = new byte[Hash.BYTES];
    window.leafHash(i, Hash.newSha256(), hash, 0);
    return Hash.of(hash);
  }

  private static Hash expectedHash(byte[] leafInput) {
    return Hash.sha256(new Wire().number(1, 0).raw(leafInput).bytes());
  }

  private static byte[] slice(EntryWindow window, int offset, int length) {
    return Arrays.copyOfRange(window.bytes(), offset, offset + length);
  }

  @Test
  void build_bothEntryTypes_fieldsWhereTheyAre() {
    EntryWindow window = add(X509, CHAIN).add(PRECERT, PRECERT_EXTRA).builder.build(1234);

    assertThat(window.firstIndex()).isEqualTo(FIRST);
    assertThat(window.count()).isEqualTo(2);
    assertThat(window.transferredBytes()).isEqualTo(1234);
    assertThat(window.chainIsFingerprints()).isFalse();
    assertThat(window.type(0)).isEqualTo(LogEntry.X509);
    assertThat(window.timestamp(0)).isEqualTo(7);
    assertThat(window.leafIndex(0)).isEqualTo(-1);
    assertThat(slice(window, window.certificateOffset(0), window.certificateLength(0)))
        .isEqualTo(CERTIFICATE);
    assertThat(leafHash(window, 0)).isEqualTo(expectedHash(X509));

    assertThat(window.type(1)).isEqualTo(LogEntry.PRECERT);
    assertThat(slice(window, window.issuerKeyHashOffset(1), 32)).isEqualTo(KEY);
    assertThat(slice(window, window.certificateOffset(1), window.certificateLength(1)))
        .isEqualTo(TBS);
    assertThat(slice(window, window.precertificateOffset(1), window.precertificateLength(1)))
        .isEqualTo(PRECERTIFICATE);
    assertThat(window.chainLength(1)).isEqualTo(2);
    assertThat(slice(window, window.chainOffset(1, 0), window.chainItemLength(1, 0)))
        .isEqualTo(ISSUER);
    assertThat(slice(window, window.chainOffset(1, 1), window.chainItemLength(1, 1)))
        .isEqualTo(ROOT);
    assertThat(leafHash(window, 1)).isEqualTo(expectedHash(PRECERT));
    assertThat(window.entry(1).chain()).containsExactly(ISSUER, ROOT);
  }

  @Test
  void reserve_whenFull_growsAndGivesTheOldBufferBack() {
    EntryWindow window = add(X509, CHAIN).builder.build(0);
    byte[] last = window.bytes();
    window.close();

    assertThat(returned).hasSizeGreaterThan(1).last().isSameAs(last);
    assertThat(returned.getFirst()).hasSize(16);
  }

  @Test
  void endEntry_extraDataFirst_sameEntry() {
    write(CHAIN);
    builder.extraData(CHAIN.length);
    write(X509);
    builder.leafInput(X509.length);
    builder.endEntry();

    EntryWindow window = builder.build(0);
    assertThat(window.entry(0).chain()).containsExactly(ISSUER, ROOT);
    assertThat(window.entry(0).signedCertificate()).isEqualTo(CERTIFICATE);
  }

  @Test
  void endEntry_withoutExtraData_leafIsReadAndTheLackReported() {
    write(X509);
    builder.leafInput(X509.length);
    builder.endEntry();

    EntryWindow window = builder.build(0);
    assertThat(window.hasCertificate(0)).isTrue();
    assertThat(window.malformedExtra(0)).isEqualTo(new MalformedEntry(FIRST, 0, "no extra_data"));
  }

  @Test
  void endEntry_withoutLeafInput_refused() {
    assertThatThrownBy(builder::endEntry).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void build_withoutEntries_refused() {
    assertThatThrownBy(() -> builder.build(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void build_malformedLeaf_hashesAndLeavesItsNeighboursAlone() {
    byte[] broken = Arrays.copyOf(X509, X509.length - 10);
    EntryWindow window = add(X509, CHAIN).add(broken, CHAIN).add(X509, CHAIN).builder.build(0);

    assertThat(window.malformed(0)).isNull();
    assertThat(window.malformed(1))
        .isEqualTo(new MalformedEntry(FIRST + 1, 12, "certificate of 40 bytes where 32 are left"));
    assertThat(window.hasCertificate(1)).isFalse();
    assertThat(window.type(1)).isEqualTo(-1);
    assertThat(window.canHashLeaves()).isTrue();
    assertThat(leafHash(window, 1)).isEqualTo(expectedHash(broken));
    assertThatThrownBy(() -> window.entry(1)).isInstanceOf(IllegalStateException.class);
    assertThat(window.entry(2).signedCertificate()).isEqualTo(CERTIFICATE);
  }

  @Test
  void build_bytesAfterTheLeaf_malformed() {
    byte[] longer = Arrays.copyOf(X509, X509.length + 1);
    EntryWindow window = add(longer, CHAIN).builder.build(0);

    assertThat(window.malformed(0))
        .isEqualTo(
            new MalformedEntry(FIRST, X509.length, "1 bytes after the end of MerkleTreeLeaf"));
    assertThat(window.hasCertificate(0)).isFalse();
  }

  @Test
  void build_emptyLeaf_malformed() {
    EntryWindow window = add(new byte[0], CHAIN).builder.build(0);

    assertThat(window.malformed(0)).isNotNull();
    assertThat(leafHash(window, 0)).isEqualTo(expectedHash(new byte[0]));
  }

  @Test
  void build_unknownEntryType_opaqueButNoError() {
    byte[] unknown = new Wire().number(2, 0).number(8, 99).number(2, 0x8000).raw(KEY).bytes();
    EntryWindow window = add(unknown, new byte[0]).builder.build(0);

    assertThat(window.malformed(0)).isNull();
    assertThat(window.malformedExtra(0)).isNull();
    assertThat(window.type(0)).isEqualTo(0x8000);
    assertThat(window.timestamp(0)).isEqualTo(99);
    assertThat(window.hasCertificate(0)).isFalse();
    assertThat(window.certificateLength(0)).isZero();
    assertThat(leafHash(window, 0)).isEqualTo(expectedHash(unknown));
    assertThat(window.entry(0).signedCertificate()).isEqualTo(unknown);
  }

  @Test
  void build_unknownVersion_opaqueButNoError() {
    byte[] unknown = new Wire().number(1, 1).raw(KEY).bytes();
    EntryWindow window = add(unknown, CHAIN).builder.build(0);

    assertThat(window.malformed(0)).isNull();
    assertThat(window.type(0)).isEqualTo(-1);
    assertThat(window.timestamp(0)).isEqualTo(-1);
    assertThat(window.entry(0).type()).isEqualTo(-1);
  }

  @Test
  void build_brokenExtraData_leafIsReadWithoutChain() {
    byte[] shortened = Arrays.copyOf(PRECERT_EXTRA, PRECERT_EXTRA.length - 1);
    byte[] lengthened = Arrays.copyOf(PRECERT_EXTRA, PRECERT_EXTRA.length + 1);
    byte[] chainLies =
        new Wire().vector(3, PRECERTIFICATE).vector(3, new byte[] {0, 0, 9, 1}).bytes();
    for (byte[] extra : List.of(shortened, lengthened, chainLies)) {
      GetEntriesBuilder each = new GetEntriesBuilder(FIRST, 1, new byte[1000], returned::add);
      System.arraycopy(PRECERT, 0, each.reserve(0), 0, PRECERT.length);
      System.arraycopy(extra, 0, each.reserve(0), PRECERT.length, extra.length);
      each.add(0, PRECERT.length, PRECERT.length, extra.length);
      EntryWindow window = each.build(0);

      assertThat(window.malformed(0)).isNull();
      assertThat(window.malformedExtra(0)).isNotNull();
      assertThat(window.chainLength(0)).isZero();
      assertThat(window.precertificateLength(0)).isEqualTo(PRECERTIFICATE.length);
      assertThat(window.entry(0).chain()).isEmpty();
    }
  }

  @Test
  void build_chainWithoutEnd_capped() {
    byte[][] many = new byte[GetEntriesBuilder.MAX_CHAIN + 1][];
    Arrays.fill(many, ISSUER);
    EntryWindow window = add(X509, Wire.chain(many)).builder.build(0);

    assertThat(window.chainLength(0)).isZero();
    assertThat(window.malformedExtra(0)).isNotNull();
    assertThat(window.hasCertificate(0)).isTrue();
  }
}

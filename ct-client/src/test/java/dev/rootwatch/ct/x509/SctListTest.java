package dev.rootwatch.ct.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SctListTest {
  private static final byte[] LEAF_INDEX = {0, 0, 5, 1, 0, 0, 0, 2};

  private static byte[] sct(int version, int id, long timestamp, byte[] extensions) {
    byte[] logId = new byte[32];
    Arrays.fill(logId, (byte) id);
    return ByteBuffer.allocate(1 + 32 + 8 + 2 + extensions.length + 4 + 3)
        .put((byte) version)
        .put(logId)
        .putLong(timestamp)
        .putShort((short) extensions.length)
        .put(extensions)
        .put(new byte[] {4, 3, 0, 3, 7, 8, 9})
        .array();
  }

  private static byte[] list(byte[]... scts) {
    ByteBuffer content = ByteBuffer.allocate(10_000).putShort((short) 0);
    for (byte[] sct : scts) {
      content.putShort((short) sct.length).put(sct);
    }
    content.putShort(0, (short) (content.position() - 2));
    return Minted.wrap(Der.OCTET_STRING, Arrays.copyOf(content.array(), content.position()));
  }

  private static SctList read(byte[] extnValue) {
    return SctList.read(extnValue, 0, extnValue.length);
  }

  @Test
  void read_twoScts_everyField() {
    SctList list = read(list(sct(0, 7, 2000, LEAF_INDEX), sct(0, 8, 1000, new byte[0])));

    assertThat(list.damaged()).isEmpty();
    assertThat(list.scts()).hasSize(2);
    EmbeddedSct first = list.scts().getFirst();
    assertThat(first.logId()).isEqualTo(new LogId(Hash.ofHex("07".repeat(32))));
    assertThat(first.timestamp()).isEqualTo(2000);
    assertThat(first.leafIndex()).isEqualTo((1L << 32) + 2);
    assertThat(first.hashAlgorithm()).isEqualTo(4);
    assertThat(first.signatureAlgorithm()).isEqualTo(3);
    assertThat(first.signature()).containsExactly(7, 8, 9);
    assertThat(list.scts().get(1).leafIndex()).isEqualTo(-1);
    assertThat(list.earliest()).hasValue(1000);
    assertThat(list.latest()).hasValue(2000);
  }

  @Test
  void read_absent_none() {
    assertThat(SctList.read(new byte[0], -1, 0)).isSameAs(SctList.NONE);
    assertThat(SctList.NONE.earliest()).isEmpty();
  }

  @Test
  void read_unknownVersion_countedAndSteppedOver() {
    SctList list = read(list(sct(1, 7, 2000, LEAF_INDEX), sct(0, 8, 1000, new byte[0])));

    assertThat(list.unknownVersions()).isEqualTo(1);
    assertThat(list.scts()).hasSize(1);
    assertThat(list.damaged()).isEmpty();
  }

  @Test
  void read_brokenSct_toldAndTheOthersRead() {
    byte[] broken = Arrays.copyOf(sct(0, 7, 2000, LEAF_INDEX), 40);
    SctList list = read(list(broken, sct(0, 8, 1000, new byte[0])));

    assertThat(list.damaged()).isNotEmpty();
    assertThat(list.scts()).extracting(EmbeddedSct::timestamp).containsExactly(1000L);
  }

  @Test
  void read_junk_toldButNothingThrown() {
    byte[] good = list(sct(0, 7, 2000, LEAF_INDEX));
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThat(SctList.read(cut, 0, length).damaged()).as("cut to %d", length).isNotEmpty();
    }
    byte[] empty = Minted.wrap(Der.OCTET_STRING, new byte[] {0, 0});
    assertThat(read(empty).scts()).isEmpty();
  }
}

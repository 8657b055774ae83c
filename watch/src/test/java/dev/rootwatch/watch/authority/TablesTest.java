package dev.rootwatch.watch.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.ct.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The flat tables against the platform's maps. */
class TablesTest {
  @Property(tries = 200)
  void keyTable_anyHashes_answersLikeAMap(
      @ForAll("hashes") List<byte[]> stored, @ForAll("hashes") List<byte[]> asked) {
    Map<ByteBuffer, Integer> expected = new HashMap<>();
    List<Hash> keys = new ArrayList<>();
    for (byte[] bytes : stored) {
      if (expected.putIfAbsent(ByteBuffer.wrap(bytes), keys.size()) == null) {
        keys.add(Hash.of(bytes));
      }
    }
    KeyTable table = KeyTable.of(keys);

    assertThat(table.size()).isEqualTo(keys.size());
    for (List<byte[]> all : List.of(stored, asked)) {
      for (byte[] bytes : all) {
        byte[] buffer = new byte[37];
        System.arraycopy(bytes, 0, buffer, 3, 32);
        int number = expected.getOrDefault(ByteBuffer.wrap(bytes), KeyTable.ABSENT);
        assertThat(table.find(buffer, 3)).isEqualTo(number);
      }
    }
  }

  @Property(tries = 200)
  void sliceTable_anyStrings_answersLikeAMap(
      @ForAll("slices") List<byte[]> stored, @ForAll("slices") List<byte[]> asked) {
    Map<ByteBuffer, List<Integer>> expected = new HashMap<>();
    SliceTable.Builder builder = new SliceTable.Builder();
    for (int i = 0; i < stored.size(); i++) {
      byte[] bytes = stored.get(i);
      builder.add(bytes, i);
      if (bytes.length > 0) {
        expected.computeIfAbsent(ByteBuffer.wrap(bytes), _ -> new ArrayList<>()).add(i);
      }
    }
    SliceTable table = builder.build();

    for (List<byte[]> all : List.of(stored, asked)) {
      for (byte[] bytes : all) {
        byte[] buffer = new byte[bytes.length + 5];
        Arrays.fill(buffer, (byte) 7);
        System.arraycopy(bytes, 0, buffer, 2, bytes.length);
        int[] numbers =
            expected.getOrDefault(ByteBuffer.wrap(bytes), List.of()).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        assertThat(table.find(buffer, 2, bytes.length)).isEqualTo(numbers);
      }
    }
  }

  @Test
  void keyTable_sameHashTwice_refused() {
    Hash hash = Hash.sha256(new byte[0]);
    assertThatThrownBy(() -> KeyTable.of(List.of(hash, hash)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(hash.toString());
  }

  /** Hashes that share their first bytes, so that probe sequences grow. */
  @Provide
  Arbitrary<List<byte[]>> hashes() {
    return Arbitraries.integers()
        .between(0, 40)
        .list()
        .ofMaxSize(60)
        .map(numbers ->
            numbers.stream()
                .map(number -> {
                  byte[] hash = new byte[32];
                  hash[7] = (byte) (number % 3);
                  hash[31] = (byte) (int) number;
                  return hash;
                })
                .toList());
  }

  @Provide
  Arbitrary<List<byte[]>> slices() {
    return Arbitraries.bytes()
        .between((byte) 0, (byte) 2)
        .array(byte[].class)
        .ofMaxSize(4)
        .list()
        .ofMaxSize(40);
  }
}

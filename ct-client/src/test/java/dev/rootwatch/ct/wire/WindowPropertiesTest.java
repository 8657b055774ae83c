package dev.rootwatch.ct.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Entries cut short and with flipped bits: values, never exceptions. */
class WindowPropertiesTest {
  private static final byte[] BODY = Wire.filled(40, 0xce);
  private static final byte[] KEY = Wire.filled(32, 0x4e);

  private static byte[] tile() {
    Wire tile = new Wire();
    for (int i = 0; i < 4; i++) {
      tile.raw(Wire.x509(1000, BODY, Wire.leafIndex(2L * i))).vector(2, Wire.filled(64, 1));
      tile.raw(Wire.precert(1000, KEY, BODY, Wire.leafIndex(2L * i + 1)))
          .vector(3, BODY)
          .vector(2, Wire.filled(96, 1));
    }
    return tile.bytes();
  }

  private static byte[] flipped(byte[] bytes, List<Integer> bits) {
    for (int bit : bits) {
      bytes[(bit >> 3) % bytes.length] ^= (byte) (1 << (bit & 7));
    }
    return bytes;
  }

  /** One entry as it is written, by seed: what fails is reproduced by its number. */
  @SuppressWarnings("ArrayRecordComponent") // test data
  private record Written(
      long timestamp, boolean precertificate, byte[] key, byte[] body, byte[] beside, int chain) {
    static Written by(Random random) {
      return new Written(
          random.nextLong() >>> 1,
          random.nextBoolean(),
          bytes(random, 32, 32),
          bytes(random, 1, 3000),
          bytes(random, 1, 3000),
          random.nextInt(5));
    }

    private static byte[] bytes(Random random, int least, int most) {
      byte[] bytes = new byte[least + random.nextInt(most - least + 1)];
      random.nextBytes(bytes);
      return bytes;
    }

    byte[] timestampedEntry(long index) {
      return precertificate
          ? Wire.precert(timestamp, key, body, Wire.leafIndex(index))
          : Wire.x509(timestamp, body, Wire.leafIndex(index));
    }

    /** The same for both protocols, but for the chain. */
    void assertReadAs(LogEntry read, long index) {
      assertThat(read.index()).isEqualTo(index);
      assertThat(read.timestamp()).isEqualTo(timestamp);
      assertThat(read.type()).isEqualTo(precertificate ? LogEntry.PRECERT : LogEntry.X509);
      assertThat(read.signedCertificate()).isEqualTo(body);
      assertThat(read.precertificate()).isEqualTo(precertificate ? beside : null);
      assertThat(read.issuerKeyHash()).isEqualTo(precertificate ? Hash.of(key) : null);
      assertThat(read.leafHash())
          .isEqualTo(
              Hash.sha256(
                  new Wire().number(1, 0).raw(Wire.leafInput(timestampedEntry(index))).bytes()));
    }
  }

  @Property(tries = 300)
  void tile_anyEntries_readBackAsWritten(@ForAll long seed) {
    Random random = new Random(seed);
    List<Written> entries =
        Stream.generate(() -> Written.by(random)).limit(1 + random.nextInt(20)).toList();
    Wire tile = new Wire();
    for (int i = 0; i < entries.size(); i++) {
      Written entry = entries.get(i);
      tile.raw(entry.timestampedEntry(i));
      if (entry.precertificate()) {
        tile.vector(3, entry.beside());
      }
      tile.vector(2, Wire.filled(32 * entry.chain(), i));
    }
    byte[] bytes = tile.bytes();
    int count = entries.size();
    EntryWindow window =
        TileReader.read(bytes, bytes.length, 0, count, new EntryRange(0, count), 0, returned -> {});

    WindowInvariants.hold(window, bytes.length);
    for (int i = 0; i < count; i++) {
      entries.get(i).assertReadAs(window.entry(i), i);
      assertThat(window.leafIndex(i)).isEqualTo(i);
      assertThat(window.entry(i).chainFingerprints())
          .isEqualTo(Collections.nCopies(entries.get(i).chain(), Hash.of(Wire.filled(32, i))));
    }
  }

  @Property(tries = 300)
  void getEntries_anyEntries_readBackAsWritten(@ForAll long seed) {
    Random random = new Random(seed);
    long first = random.nextLong() >>> 24;
    List<Written> entries =
        Stream.generate(() -> Written.by(random)).limit(1 + random.nextInt(20)).toList();
    Wire body = new Wire();
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Written entry = entries.get(i);
      byte[][] chain = new byte[entry.chain()][];
      Arrays.fill(chain, entry.beside());
      Wire extra = new Wire();
      if (entry.precertificate()) {
        extra.vector(3, entry.beside());
      }
      parts.add(Wire.leafInput(entry.timestampedEntry(first + i)));
      parts.add(extra.raw(Wire.chain(chain)).bytes());
    }
    parts.forEach(body::raw);
    byte[] bytes = body.bytes();
    GetEntriesBuilder builder = new GetEntriesBuilder(first, entries.size(), bytes, returned -> {});
    int at = 0;
    for (int i = 0; i < parts.size(); i += 2) {
      int leaf = parts.get(i).length;
      int extra = parts.get(i + 1).length;
      builder.add(at, leaf, at + leaf, extra);
      at += leaf + extra;
    }
    EntryWindow window = builder.build(0);

    WindowInvariants.hold(window, bytes.length);
    for (int i = 0; i < entries.size(); i++) {
      Written entry = entries.get(i);
      entry.assertReadAs(window.entry(i), first + i);
      assertThat(window.entry(i).chain())
          .containsExactlyElementsOf(Collections.nCopies(entry.chain(), entry.beside()));
    }
  }

  @Property(tries = 3000)
  void tile_cutAndFlipped_neverThrows(
      @ForAll @IntRange(max = 100) int percent,
      @ForAll @Size(max = 4) List<@IntRange(max = 1 << 16) Integer> bits) {
    byte[] tile = flipped(tile(), bits);
    int length = tile.length * percent / 100;

    WindowInvariants.hold(
        TileReader.read(tile, length, 0, 8, new EntryRange(0, 8), 0, returned -> {}), length);
  }

  @Property(tries = 3000)
  void getEntries_cutAndFlipped_neverThrows(
      @ForAll @IntRange(max = 100) int percent,
      @ForAll @Size(max = 4) List<@IntRange(max = 1 << 16) Integer> bits) {
    byte[] leaf = Wire.leafInput(Wire.precert(1000, KEY, BODY, new byte[0]));
    byte[] extra = new Wire().vector(3, BODY).raw(Wire.chain(BODY, BODY, BODY)).bytes();
    byte[] entry = flipped(new Wire().raw(leaf).raw(extra).bytes(), bits);
    GetEntriesBuilder builder = new GetEntriesBuilder(0, 3, entry, returned -> {});
    builder.add(0, leaf.length, leaf.length, extra.length * percent / 100);
    builder.add(0, leaf.length * percent / 100, leaf.length, extra.length);
    builder.add(0, leaf.length, -1, 0);

    WindowInvariants.hold(builder.build(0), entry.length);
  }
}

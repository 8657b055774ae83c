package dev.rootwatch.ct.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GzipInflaterTest {
  private static final int MAX = 1 << 20;

  private final BufferPool buffers = new BufferPool(8 << 20);
  private final GzipInflater inflater = new GzipInflater();

  @AfterEach
  void close() {
    inflater.close();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  /** Bytes that compress to about two thirds. */
  static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    Random random = new Random(length);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(32);
    }
    return bytes;
  }

  private byte[] inflate(byte[] body) throws IOException {
    try (PooledBytes target = new PooledBytes(buffers, 0)) {
      inflater.inflate(new ByteArrayInputStream(body), target, MAX);
      return target.copy();
    }
  }

  @Test
  void inflate_damagedAnywhere_refusedOrTheSameBytes() throws Exception {
    byte[] plain = noise(500);
    byte[] good = gzip(plain);
    for (int at = 0; at < good.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) (1 << bit);
        try {
          // MTIME, XFL, OS, FTEXT and the last bits of padding mean nothing.
          assertThat(inflate(bad)).isEqualTo(plain);
        } catch (InvalidAnswer e) {
          assertThat(e.reason()).contains("gzip");
        }
      }
    }
  }

  @Test
  void inflate_cutAnywhere_refused() {
    byte[] good = gzip(noise(300));
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> inflate(cut))
          .isInstanceOf(InvalidAnswer.class)
          .hasMessageContaining("cut short");
    }
  }

  @Test
  void inflate_somethingBehindTheEnd_refused() {
    byte[] good = gzip(noise(300));
    byte[] longer = Arrays.copyOf(good, good.length + 3);
    assertThatThrownBy(() -> inflate(longer)).isInstanceOf(InvalidAnswer.class);
  }

  @Test
  void inflate_severalMembersWithNamesAndComments_joined() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(gzip("one ".getBytes(UTF_8)));
    byte[] second = gzip("two".getBytes(UTF_8));
    // FEXTRA, FNAME, FCOMMENT, FHCRC
    body.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 0});
    body.writeBytes(new byte[] {3, 0, 'x', 'y', 'z', 'n', 0, 'c', 0, 1, 2});
    body.write(second, 10, second.length - 10);
    assertThat(inflate(body.toByteArray())).asString(UTF_8).isEqualTo("one two");
  }

  @Test
  void inflate_emptyBlocksWithoutEnd_refused() {
    // Stored blocks of no bytes: five bytes each, and nothing comes out.
    byte[] body = new byte[10 + 5 * 300_000];
    System.arraycopy(gzip(new byte[0]), 0, body, 0, 10);
    for (int at = 10; at < body.length; at += 5) {
      body[at + 3] = (byte) 0xff;
      body[at + 4] = (byte) 0xff;
    }
    assertThatThrownBy(() -> inflate(body)).hasMessageContaining("before inflation");
  }

  @Test
  void inflate_bomb_refusedWithoutTakingMoreMemoryThanTheCap() {
    byte[] bomb = gzip(new byte[16 << 20]);
    assertThatThrownBy(() -> inflate(bomb)).hasMessageContaining("after inflation");
    // Everything was given back: doubling up to the cap and one byte, nothing near 16 MiB.
    assertThat(buffers.idleBytes()).isPositive().isLessThanOrEqualTo(4L * MAX);
  }

  @Test
  void inflate_afterAFailure_worksAgain() throws Exception {
    byte[] plain = noise(100_000);
    byte[] good = gzip(plain);
    byte[] cut = Arrays.copyOf(good, 50_000);
    assertThatThrownBy(() -> inflate(cut)).isInstanceOf(InvalidAnswer.class);
    assertThat(Arrays.equals(inflate(good), plain)).isTrue();
  }

  /**
   * The JDK's stream is the referee; it is more lenient about what stands behind the last member.
   */
  @FuzzTest(maxDuration = "30s")
  void inflate_anything_refusedOrWhatTheJdkReads(byte[] body) throws IOException {
    byte[] ours;
    try {
      ours = inflate(body);
    } catch (InvalidAnswer e) {
      return;
    }
    try (GZIPInputStream jdk = new GZIPInputStream(new ByteArrayInputStream(body))) {
      assertThat(Arrays.equals(ours, jdk.readAllBytes())).isTrue();
    }
  }
}

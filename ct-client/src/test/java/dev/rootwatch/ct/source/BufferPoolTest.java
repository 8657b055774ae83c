package dev.rootwatch.ct.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BufferPoolTest {
  @Test
  void take_afterGivingBack_theSameArray() {
    BufferPool pool = new BufferPool(1 << 20);
    byte[] buffer = pool.take(100_000);
    assertThat(buffer).hasSize(131_072);
    pool.giveBack(buffer);
    assertThat(pool.idleBytes()).isEqualTo(131_072);
    assertThat(pool.take(131_072)).isSameAs(buffer);
    assertThat(pool.idleBytes()).isZero();
  }

  @Test
  void giveBack_moreThanIsKept_forgotten() {
    BufferPool pool = new BufferPool(40_000);
    byte[] first = pool.take(1);
    byte[] second = pool.take(1);
    byte[] third = pool.take(1);
    pool.giveBack(first);
    pool.giveBack(second);
    pool.giveBack(third);
    assertThat(pool.idleBytes()).isEqualTo(32_768);
  }

  @Test
  void giveBack_arrayFromElsewhere_forgotten() {
    BufferPool pool = new BufferPool(1 << 20);
    pool.giveBack(new byte[100_000]);
    pool.giveBack(new byte[0]);
    assertThat(pool.idleBytes()).isZero();
  }

  @Test
  void take_sizesAtTheEdges_largeEnough() {
    BufferPool pool = new BufferPool(0);
    for (int size : new int[] {0, 1, 16_384, 16_385, (1 << 20) - 1, 1 << 20, (1 << 20) + 1}) {
      assertThat(pool.take(size).length).isGreaterThanOrEqualTo(size);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> pool.take(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> pool.take(Integer.MAX_VALUE));
  }
}

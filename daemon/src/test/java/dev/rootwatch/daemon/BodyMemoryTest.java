package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyMemoryTest {
  @ParameterizedTest
  @CsvSource({
    "64, 160, 64", // the heap is large enough
    "64, 128, 64",
    "8, 96, 8",
    "64, 100, 36", // 64 MiB stay for everything else
    "64, 96, 32",
    "64, 77, 19", // of a very small heap three quarters
    "900, 1024, 512", // never more than half
  })
  void of_heap_leavesRoomForEverythingElse(long wanted, long heap, long expected) {
    assertThat(BodyMemory.of(wanted << 20, heap << 20) >> 20).isEqualTo(expected);
  }
}

package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyMemoryTest {
  @Test
  void of_heapIsLargeEnough_asConfigured() {
    assertThat(BodyMemory.of(64, 160)).isEqualTo(64);
    assertThat(BodyMemory.of(64, 128)).isEqualTo(64);
  }

  @Test
  void of_heapIsTooSmall_halfOfIt() {
    assertThat(BodyMemory.of(64, 100)).isEqualTo(50);
  }
}

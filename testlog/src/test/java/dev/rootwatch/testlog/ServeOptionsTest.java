package dev.rootwatch.testlog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServeOptionsTest {
  @Test
  void withSize_moreThanMemoryHolds_isRefused() {
    assertThatThrownBy(() -> ServeOptions.of(0, 1).withSize(99_999_999_999L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--size must be 0 to ");
  }
}

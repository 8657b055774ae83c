package dev.rootwatch.ct.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.ct.read.AdaptiveConcurrency.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AdaptiveConcurrencyTest {
  private final AdaptiveConcurrency operator = new AdaptiveConcurrency(16);

  private Slot slot() {
    return Objects.requireNonNull(operator.tryStart());
  }

  @Test
  void tryStart_limitReached_noneButTheOldestOfALog() {
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      slots.add(slot());
    }
    assertThat(operator.tryStart()).isNull();
    Slot oldest = operator.startOldest();
    assertThat(operator.running()).isEqualTo(5);

    oldest.end();
    slots.forEach(Slot::end);
    assertThat(operator.running()).isZero();
    assertThat(operator.tryStart()).isNotNull();
  }

  @Test
  void answered_roundsThatGoWell_oneMoreForEachUpToTheMost() {
    Slot slot = slot();
    for (int i = 0; i < 4 + 5; i++) {
      slot.answered();
    }
    assertThat(operator.limit()).isBetween(5, 6);
    for (int i = 0; i < 1_000; i++) {
      slot.answered();
    }
    assertThat(operator.limit()).isEqualTo(16);
  }

  @Test
  void refused_allThatWereUnderWay_halvesOnce() {
    Slot one = slot();
    Slot other = slot();
    one.refused();
    other.refused();
    assertThat(operator.limit()).isEqualTo(2);

    one.end();
    other.end();
    operator.startOldest().refused();
    assertThat(operator.limit()).isEqualTo(1);
    operator.startOldest().refused();
    assertThat(operator.limit()).as("never none").isEqualTo(1);
  }

  @Test
  void constructor_none_refused() {
    assertThatThrownBy(() -> new AdaptiveConcurrency(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

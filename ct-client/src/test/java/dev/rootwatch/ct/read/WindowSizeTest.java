package dev.rootwatch.ct.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.source.EntrySource;
import dev.rootwatch.ct.wire.EntryWindow;
import org.junit.jupiter.api.Test;

class WindowSizeTest {
  private static EntrySource source(int smallest) {
    return new EntrySource() {
      @Override
      public EntryWindow read(EntryRange range, long treeSize) {
        throw new UnsupportedOperationException();
      }

      @Override
      public int alignment() {
        return 256;
      }

      @Override
      public int smallestWindow() {
        return smallest;
      }

      @Override
      public int initialWindow() {
        return Math.max(1024, smallest);
      }
    };
  }

  private final WindowSize windows = new WindowSize(source(1), 1 << 30);

  @Test
  void answered_short_nextWindowEndsAtAMultipleOfWhatCame() {
    assertThat(windows.next(0, 1_000_000)).isEqualTo(new EntryRange(0, 1024));
    windows.answered(1024, 32, 32 * 5_000);
    assertThat(windows.next(32, 1_000_000)).isEqualTo(new EntryRange(32, 64));
    assertThat(windows.next(70, 1_000_000)).isEqualTo(new EntryRange(70, 96));
  }

  @Test
  void answered_wholeManyTimes_triesALargerWindowMoreAndMoreSeldom() {
    windows.answered(1024, 256, 256 * 5_000);
    assertThat(tryAfter()).isEqualTo(64);
    windows.answered(512, 256, 256 * 5_000);
    assertThat(tryAfter()).isEqualTo(128);
  }

  @Test
  void answered_logGivesMoreAgain_growsBackToTheFirstWindow() {
    windows.answered(1024, 64, 64 * 5_000);
    for (int i = 0; i < 100_000; i++) {
      long size = windows.next(0, 1_000_000).size();
      windows.answered(size, size, size * 5_000);
    }
    assertThat(windows.next(0, 1_000_000).size()).isEqualTo(1024);
  }

  @Test
  void next_largeEntries_takesFewer() {
    WindowSize small = new WindowSize(source(1), 1 << 20);
    for (int i = 0; i < 100; i++) {
      small.answered(256, 256, 256 * 100_000);
    }
    assertThat(small.next(0, 1_000_000).size()).isLessThanOrEqualTo(11);
    assertThat(small.estimate(10)).isBetween(900_000L, 1_000_001L);
  }

  @Test
  void next_largeEntriesOfATile_takesTheTileWhole() {
    WindowSize tiles = new WindowSize(source(256), 1 << 20);
    for (int i = 0; i < 100; i++) {
      tiles.answered(256, 256, 256 * 100_000);
    }
    assertThat(tiles.next(0, 1_000_000).size()).isGreaterThanOrEqualTo(256);
    assertThat(tiles.next(300, 1_000_000)).isEqualTo(new EntryRange(300, 512));
  }

  /** How many whole windows of 256 it takes until a larger one is planned. */
  private int tryAfter() {
    int answers = 0;
    while (windows.next(0, 1_000_000).size() == 256) {
      windows.answered(256, 256, 256 * 5_000);
      answers++;
    }
    return answers;
  }
}

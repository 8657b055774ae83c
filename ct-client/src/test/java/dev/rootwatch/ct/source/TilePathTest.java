package dev.rootwatch.ct.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilePathTest {
  @ParameterizedTest
  @CsvSource({
    "0, 256, tile/data/000",
    "5, 1, tile/data/005.p/1",
    "999, 255, tile/data/999.p/255",
    "1000, 256, tile/data/x001/000",
    "1234067, 256, tile/data/x001/x234/067",
    "1234067890, 8, tile/data/x001/x234/x067/890.p/8",
  })
  void data_anyNumber_inGroupsOfThree(long number, int width, String path) {
    assertThat(TilePath.data(number, width)).isEqualTo(path);
  }

  @Test
  void hashes_level_beforeTheNumber() {
    assertThat(TilePath.hashes(2, 1005, 7)).isEqualTo("tile/2/x001/005.p/7");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0",
    "0, 0, 1, 1",
    "0, 0, 256, 256",
    "0, 1, 256, 0",
    "0, 1, 257, 1",
    "1, 0, 255, 0",
    "1, 0, 256, 1",
    "1, 0, 70000, 256",
    "1, 1, 70000, 17",
    "2, 0, 70000, 1",
    "5, 0, 70000, 0",
    "0, 17010273, 4354630040, 152",
    "8, 0, 70000, 0",
  })
  void width_atTheRightEdge_whatTheTreeHas(int level, long number, long size, int width) {
    assertThat(TilePath.width(level, number, size)).isEqualTo(width);
  }
}

package dev.rootwatch.ct.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.wire.EntryWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanningGetEntriesParserTest extends GetEntriesParserContract {
  private int handedOn;

  @Override
  GetEntriesParser parser() {
    GetEntriesParser general = new JacksonGetEntriesParser();
    return new ScanningGetEntriesParser((body, asked, pool) -> {
      handedOn++;
      return general.parse(body, asked, pool);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", " %s\n", "\t%s \r\n "})
  void parse_asLogsWriteIt_notHandedOn(String layout) throws Exception {
    String json = json(4).replace("},{", "} ,\n {").replace(":", " : ");
    try (EntryWindow window = parse(layout.formatted(json).getBytes(UTF_8))) {
      assertThat(window.count()).isEqualTo(4);
      assertThat(handedOn).isZero();
    }
  }

  @Test
  void parse_membersSwapped_notHandedOn() throws Exception {
    String json = "{\"entries\":[{\"extra_data\":\"AAAA\",\"leaf_input\":\"AQIDBAUGBwgJCgsM\"}]}";
    try (EntryWindow window = parse(json.getBytes(UTF_8))) {
      assertThat(window.leafLength(0)).isEqualTo(12);
      assertThat(window.bytes()[window.leafOffset(0)]).isEqualTo((byte) 1);
      assertThat(handedOn).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x1f, '\\', 0x7f, 0x80, 0xff, '*', '-', '_', '='})
  void parse_anyByteAnywhereInAString_asTheGeneralParserSays(int b) {
    byte[] good =
        "{\"entries\":[{\"leaf_input\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}]}".getBytes(UTF_8);
    for (int at = 27; at < 59; at++) {
      byte[] bad = good.clone();
      bad[at] = (byte) b;
      GetEntriesParserFuzzTest.compare(bad);
    }
  }
}

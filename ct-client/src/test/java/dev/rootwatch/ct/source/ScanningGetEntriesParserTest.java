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
  void parse_membersSwapped_notHandedOnAndNothingOverwritten() throws Exception {
    String swapped =
        json(4).replaceAll("(\"leaf_input\":\"[^\"]*\"),(\"extra_data\":\"[^\"]*\")", "$2,$1");
    assertThat(swapped).startsWith("{\"entries\":[{\"extra_data\"");
    try (EntryWindow window = parse(swapped.getBytes(UTF_8))) {
      check(window, 4);
      assertThat(handedOn).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x1f, '\\', 0x7f, 0x80, 0xff, '*', '-', '_', '='})
  void parse_anyByteAnywhereInAString_asTheGeneralParserSays(int b) {
    for (String member :
        new String[] {"leaf_input\":\"", "leaf_input\":\"AAAA\",\"extra_data\":\""}) {
      String start = "{\"entries\":[{\"" + member;
      byte[] good = (start + "A".repeat(32) + "\"}]}").getBytes(UTF_8);
      for (int at = start.length(); at < start.length() + 32; at++) {
        byte[] bad = good.clone();
        bad[at] = (byte) b;
        GetEntriesParserFuzzTest.compare(bad);
      }
    }
  }
}

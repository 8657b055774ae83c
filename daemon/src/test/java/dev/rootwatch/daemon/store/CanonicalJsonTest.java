package dev.rootwatch.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CanonicalJsonTest {
  private static String canonical(String json) {
    return new String(
        CanonicalJson.bytes(JsonMapper.shared().readTree(json)), StandardCharsets.UTF_8);
  }

  @Test
  void bytes_whiteSpaceAndOrder_makeNoDifference() {
    assertThat(canonical("{ \"b\": [1, 22 ,{}], \"a\" : {\"z\":null,\"y\":true} , \"c\":[] }"))
        .isEqualTo("{\"a\":{\"y\":true,\"z\":null},\"b\":[1,22,{}],\"c\":[]}");
  }

  /** Strings as in RFC 8785 section 3.2.2 and 3.2.3. */
  @Test
  void bytes_strings_areEscapedAsRfc8785Says() {
    assertThat(canonical("[\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"]"))
        .isEqualTo("[\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"]");
    assertThat(
            canonical(
                "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6}"))
        .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
  }
}

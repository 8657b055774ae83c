package dev.rootwatch.alert.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {

  @Test
  void visible_whatCannotBeSeen_isEscaped() {
    assertThat(JsonText.visible("{\"a\":\"Z\u00fcrich \u202e\u007f\ud83d\udb40\udc41\"}"))
        .isEqualTo("{\"a\":\"Z\u00fcrich \\u202e\\u007f\\ud83d\\udb40\\udc41\"}");
  }

  @Property(tries = 300)
  void visible_anyText_saysTheSameToAReader(@ForAll String text) {
    String json = JsonMapper.shared().writeValueAsString(text);
    String visible = JsonText.visible(json);
    assertThat(JsonMapper.shared().readValue(visible, String.class)).isEqualTo(text);
    assertThat(visible.codePoints()).allMatch(Visible::isPlain);
  }
}

package dev.rootwatch.alert.text;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a certificate says: nothing comes out that could do something, in no medium. */
class TextFuzzTest {
  private static final int MOST = 40;

  private final JsonMapper json = JsonMapper.builder().build();

  @FuzzTest(maxDuration = "5m")
  void everyMedium(byte[] bytes) {
    // As UTF-16 every sequence of code units is met, halves of characters among them.
    for (String text : List.of(new String(bytes, UTF_8), new String(bytes, UTF_16BE))) {
      hold(text);
    }
  }

  private void hold(String text) {
    String visible = Visible.of(text);
    harmless(visible);
    assertThat(Visible.of(text, MOST)).hasSizeLessThanOrEqualTo(MOST);
    harmless(Visible.of(text, MOST));

    String html = HtmlText.escape(text);
    harmless(html);
    assertThat(html).doesNotContain("<", ">", "\"", "'", "`");
    String link = HtmlText.link(text);
    harmless(link);
    if (link.startsWith("<a ")) {
      assertThat(link).matches("<a href=\"https?://[^\"<>\\s]+\">[^<>]+</a>");
    }

    String plain = SlackText.plain(text, MOST);
    harmless(plain);
    assertThat(plain).doesNotContain("<", ">").hasSizeLessThanOrEqualTo(MOST);
    String code = SlackText.code(text, MOST);
    harmless(code);
    assertThat(code).hasSizeLessThanOrEqualTo(MOST);
    if (!code.isEmpty()) {
      assertThat(code.substring(1, code.length() - 1)).doesNotContain("`", "<", ">");
    }

    String written = JsonText.visible(json.writeValueAsString(text));
    harmless(written);
    // A half of a character has no UTF-8, so Jackson writes what it does with it.
    assertThat(json.readTree(written).isString()).isTrue();
    if (new String(text.getBytes(UTF_8), UTF_8).equals(text)) {
      assertThat(json.readTree(written).stringValue()).isEqualTo(text);
    }
  }

  /** Not the product's own list: what Unicode says of a character. */
  private static void harmless(String text) {
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      int type = Character.getType(point);
      boolean bad =
          type == Character.CONTROL
              || type == Character.FORMAT
              || type == Character.SURROGATE
              || type == Character.LINE_SEPARATOR
              || type == Character.PARAGRAPH_SEPARATOR;
      assertThat(bad).as("U+%04X", point).isFalse();
    }
  }
}

package dev.rootwatch.alert.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTextTest {

  @Test
  void escape_markup_isOnlyText() {
    assertThat(HtmlText.escape("<img src=x onerror='alert(`1`)'> & \"q\"\u202e"))
        .isEqualTo(
            "&lt;img src=x onerror=&#39;alert(&#96;1&#96;)&#39;&gt; &amp; &quot;q&quot;\\u{202e}");
  }
}

package dev.rootwatch.alert.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlackTextTest {

  @Test
  void plain_mentionAndLink_areOnlyText() {
    assertThat(SlackText.plain("<!channel> <https://evil.example|click> &amp;", 100))
        .isEqualTo("&lt;!channel&gt; &lt;https://evil.example|click&gt; &amp;amp;");
  }

  @Test
  void code_graveAccents_cannotEndIt() {
    assertThat(SlackText.code("a` *b* `c", 100)).isEqualTo("`aˋ *b* ˋc`");
  }

  @Test
  void link_anythingButAPlainAddress_isCode() {
    assertThat(SlackText.link("https://crt.sh/?q=ab", 100))
        .isEqualTo("<https://crt.sh/?q=ab|https://crt.sh/?q=ab>");
    assertThat(SlackText.link("https://x.tld/|<!channel>", 100))
        .isEqualTo("`https://x.tld/|&lt;!channel&gt;`");
    assertThat(SlackText.link("javascript:alert(1)", 100)).isEqualTo("`javascript:alert(1)`");
    assertThat(HtmlText.link("javascript:alert(1)")).isEqualTo("javascript:alert(1)");
    assertThat(HtmlText.link("https://x.tld/\"onclick=")).isEqualTo("https://x.tld/&quot;onclick=");
  }

  @Test
  void codeBlock_fence_cannotEndIt() {
    assertThat(SlackText.codeBlock(List.of("a", "``` <!here>"), 100))
        .isEqualTo("```\na\nˋˋˋ &lt;!here&gt;\n```");
  }

  @Test
  void codeBlock_tooLong_keepsWholeLines() {
    assertThat(SlackText.codeBlock(List.of("aaaa", "bbbb", "cccc"), 22))
        .isEqualTo("```\naaaa\nbbbb\n…\n```");
  }

  @Property
  void plain_anything_keepsToItsLengthAndCutsNoEscape(
      @ForAll String text, @ForAll @IntRange(min = 1, max = 60) int most) {
    String escaped = SlackText.plain(text.replace('a', '<').replace('b', '&'), most);
    assertThat(escaped.length()).isLessThanOrEqualTo(most);
    assertThat(escaped).doesNotContain("<", ">").doesNotContainPattern("&(?!amp;|lt;|gt;)");
  }

  @Property
  void code_anything_hasItsTwoAccentsOnly(
      @ForAll String text, @ForAll @IntRange(min = 3, max = 60) int most) {
    String code = SlackText.code(text.replace('a', '`'), most);
    assertThat(code.length()).isLessThanOrEqualTo(most);
    assertThat(code.chars().filter(c -> c == '`').count()).isEqualTo(text.isEmpty() ? 0 : 2);
  }
}

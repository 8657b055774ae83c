package dev.rootwatch.alert.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTest {

  @ParameterizedTest
  @CsvSource({
    "202e, right-to-left override",
    "2066, left-to-right isolate",
    "200b, zero width space",
    "feff, byte order mark",
    "ad, soft hyphen",
    "1b, escape",
    "9b, control sequence introducer",
    "7f, delete",
    "0, null",
    "a, line feed",
    "d, carriage return",
    "9, tabulator",
    "85, next line",
    "2028, line separator",
    "a0, no-break space",
    "3000, ideographic space",
    "3164, Hangul filler",
    "2800, blank Braille",
    "fe0f, variation selector",
    "e0041, tag letter",
    "e000, private use",
    "10ffff, not a character"
  })
  void of_whatCannotBeSeen_isShownByNumber(String hex, String name) {
    String text = "a" + Character.toString(Integer.parseInt(hex, 16)) + "b";
    assertThat(Visible.of(text)).as(name).isEqualTo("a\\u{" + hex + "}b");
  }

  @Test
  void of_everyScript_staysReadable() {
    String text = "Zürich, Київ, 東京, القاهرة, नई दिल्ली, 😀 = \"x\"; O'Neil & <co>";
    assertThat(Visible.of(text)).isEqualTo(text);
  }

  @Test
  void of_accentsWithNothingBelowThem_areShownByNumber() {
    assertThat(Visible.of("\u0301a")).isEqualTo("\\u{301}a");
    assertThat(Visible.of("e\u0301")).isEqualTo("e\u0301");
    assertThat(Visible.of("e" + "\u0301".repeat(6)))
        .isEqualTo("e" + "\u0301".repeat(4) + "\\u{301}".repeat(2));
  }

  @Test
  void of_halfASurrogate_isShownByNumber() {
    assertThat(Visible.of("a\ud83d")).isEqualTo("a\\u{d83d}");
  }

  @Test
  void of_tooLong_isCutBetweenCharacters() {
    assertThat(Visible.of("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Visible.of("abcdefg", 6)).isEqualTo("abcde…");
    assertThat(Visible.of("abc\u202exyz", 6)).isEqualTo("abc…");
    assertThat(Visible.of("abcd😀x", 6)).isEqualTo("abcd…");
  }

  @Property
  void of_anything_hasNoControlsAndKeepsToItsLength(
      @ForAll String text, @ForAll @IntRange(min = 1, max = 100) int most) {
    String shown = Visible.of(text, most);
    assertThat(shown.length()).isLessThanOrEqualTo(most);
    assertThat(shown.codePoints())
        .allMatch(p ->
            !Character.isISOControl(p)
                && Character.getType(p) != Character.FORMAT
                && Character.getType(p) != Character.SURROGATE);
  }

  @Property
  void of_whatIsVisibleAlready_changesNothing(@ForAll String text) {
    assertThat(Visible.of(Visible.of(text))).isEqualTo(Visible.of(text));
  }
}

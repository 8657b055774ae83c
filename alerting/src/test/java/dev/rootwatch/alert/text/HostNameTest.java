package dev.rootwatch.alert.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.IDN;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {

  @ParameterizedTest
  @CsvSource({
    "xn--mnchen-3ya.de, münchen.de",
    "*.www.xn--strae-oqa.de, *.www.straße.de",
    "xn--e1afmkfd.xn--p1ai, пример.рф",
    "xn--fsqu00a.xn--0zwm56d, 例子.测试",
    "xn--wgv71a119e.jp, 日本語.jp",
    "xn--e1aybc.com, тест.com",
    "post@xn--mnchen-3ya.de, post@münchen.de"
  })
  void inBothForms_aLabelThatIsSafe_isShownInUnicodeToo(String ascii, String unicode) {
    assertThat(HostName.inBothForms(ascii)).isEqualTo(ascii + " (" + unicode + ")");
  }

  @ParameterizedTest
  @CsvSource({
    "xn--pple-43d.com, \\u{430}pple.com",
    "xn--80ak6aa92e.com, \\u{430}\\u{440}\\u{440}\\u{4cf}\\u{435}.com",
    "xn--ggle-55da.com, g\\u{43e}\\u{43e}gle.com"
  })
  void inBothForms_aLabelThatDeceives_isSpelledByNumber(String ascii, String spelled) {
    assertThat(HostName.inBothForms(ascii)).isEqualTo(ascii + " (" + spelled + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com", "xn--.com", "xn--a.com", "xn--99999999.com", "", "@", "."})
  void inBothForms_nothingToDecode_isShownAsItIs(String name) {
    assertThat(HostName.inBothForms(name)).startsWith(name);
  }

  @Test
  void inBothForms_unicodeInTheCertificate_isShownWithItsALabel() {
    assertThat(HostName.inBothForms("münchen.de")).isEqualTo("münchen.de (xn--mnchen-3ya.de)");
    assertThat(HostName.inBothForms("straße.de")).isEqualTo("straße.de");
    assertThat(HostName.inBothForms("аpple.com")).isEqualTo("\\u{430}pple.com (xn--pple-43d.com)");
    assertThat(HostName.inBothForms("a\u202eb.com")).startsWith("a\\u{202e}b.com");
    assertThat(HostName.inBothForms("a\ud800.com")).startsWith("a\\u{d800}.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "faceb\u0261ok", // IPA letter
        "ｅxample", // full width
        "paypaⅼ", // Roman numeral
        "ехаmple", // two scripts
        "αβγ", // looks like Latin
        "Ꭺbc", // Cherokee
        "a\u0323\u0323b", // accents
        "𝐚bc", // mathematical letters
        "😀",
        "a/b",
        "Äb" // capitals are none of IDNA
      })
  void safeLabel_whatMayDeceive_isNone(String label) {
    assertThat(SafeLabel.is(label)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zürich",
        "kraków",
        "việtnam",
        "łódź",
        "пример",
        "παράδειγμα",
        "東京タワー",
        "한국",
        "उदाहरण",
        "مثال",
        "דוגמה",
        "ตัวอย่าง"
      })
  void safeLabel_wordsOfLanguages_areSafe(String label) {
    assertThat(SafeLabel.is(label)).isTrue();
  }

  /** The platform speaks IDNA2003; where it decodes a label of lower case, so must we. */
  @Property
  void decode_whatThePlatformEncodes_isTheSame(
      @ForAll @StringLength(min = 1, max = 12) @CharRange(from = 'à', to = 'ö') @NumericChars
          String label) {
    String ascii = IDN.toASCII(label);
    if (ascii.startsWith("xn--")) {
      assertThat(Punycode.decode(ascii.substring(4))).contains(IDN.toUnicode(ascii));
    }
  }

  @Property
  void inBothForms_anything_neverThrows(
      @ForAll String any,
      @ForAll @StringLength(max = 60) @AlphaChars @NumericChars @CharRange(from = '-', to = '-')
          String encoded) {
    assertThatCode(() -> HostName.inBothForms(any)).doesNotThrowAnyException();
    assertThat(HostName.inBothForms("xn--" + encoded)).startsWith("xn--" + encoded);
  }
}

package dev.rootwatch.alert.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HeaderTextTest {

  @Test
  void of_lineEndsAndEncodedWords_becomeText() {
    assertThat(HeaderText.of("x\r\nBcc: all@corp.tld")).isEqualTo("x\\u{d}\\u{a}Bcc: all@corp.tld");
    assertThat(HeaderText.of("=?utf-8?q?=0d=0aBcc?=")).isEqualTo("=\\u{3f}utf-8?q?=0d=0aBcc?=");
    assertThat(HeaderText.of("a = ?")).isEqualTo("a = ?");
  }

  @Property
  void of_anything_holdsNoEncodedWord(@ForAll String text) {
    assertThat(HeaderText.of(text + "=?" + text)).doesNotContain("=?").doesNotContain("\n", "\r");
  }
}

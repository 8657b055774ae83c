package dev.rootwatch.watch.name;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rootwatch.watch.authority.DistinguishedName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Names that strangers wrote: every one is read, none is slow, and no plain one is missed. */
class NamesFuzzTest {
  private final DomainTable table =
      DomainTable.of(
          List.of(
              Domain.parse("example.com"),
              Domain.parse("bücher.example"),
              Domain.parse("straße.example"),
              Domain.parse("例え.テスト"),
              Domain.parse("gov")));

  @FuzzTest(maxDuration = "5m")
  void find(byte[] name) {
    byte[] shifted = new byte[name.length + 9];
    Arrays.fill(shifted, (byte) 'x');
    System.arraycopy(name, 0, shifted, 4, name.length);
    boolean[] hits = new boolean[table.size()];

    boolean found = table.matches(shifted, 4, name.length);

    assertThat(table.collect(shifted, 4, name.length, hits)).isEqualTo(found);
    boolean any = false;
    for (boolean hit : hits) {
      any |= hit;
    }
    assertThat(any).isEqualTo(found);
    if (name.length < 2000 && isPlain(name)) {
      String text = new String(name, US_ASCII).toLowerCase(Locale.ROOT);
      if (text.equals("example.com") || text.endsWith(".example.com")) {
        assertThat(hits[0]).as(text).isTrue();
      }
    }
  }

  /** What an operator writes as a domain is refused in words, or finds itself. */
  @FuzzTest(maxDuration = "5m")
  void domain(byte[] text) {
    Domain domain;
    try {
      domain = Domain.parse(new String(text, UTF_8));
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    DomainTable one = DomainTable.of(List.of(domain));
    for (String form : domain.asciiForms()) {
      assertThat(form).matches("[A-Za-z0-9._-]{1,253}");
      byte[] bytes = ("www." + form).getBytes(US_ASCII);
      assertThat(one.matches(bytes, 0, bytes.length)).as(form).isTrue();
    }
  }

  @FuzzTest(maxDuration = "5m")
  void distinguishedName(byte[] der) {
    String text = DistinguishedName.text(der);

    for (byte[] encoding : DistinguishedName.encodings(text)) {
      assertThat(DistinguishedName.text(encoding)).as(text).doesNotStartWith("#");
    }
  }

  private static boolean isPlain(byte[] name) {
    for (byte b : name) {
      if ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_".indexOf(b) < 0) {
        return false;
      }
    }
    return true;
  }
}

package dev.rootwatch.watch.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainTableTest {
  @ParameterizedTest
  @CsvSource({
    // the name itself and everything below it
    "example.com, example.com, true",
    "example.com, www.example.com, true",
    "example.com, a.b.c.example.com, true",
    "example.com, notexample.com, false",
    "example.com, example.com.evil.net, false",
    "example.com, example.org, false",
    "example.com, com, false",
    "example.com, '', false",
    "example.com, xample.com, false",
    // case, dots
    "example.com, WWW.Example.COM, true",
    "EXAMPLE.com, www.example.com, true",
    "example.com, www.example.com., true",
    "example.com, www.example.com.., true",
    "example.com., example.com, true",
    "*.example.com, example.com, true",
    "example.com, .example.com, true",
    // wildcards stand for one label
    "example.com, *.example.com, true",
    "example.com, *.www.example.com, true",
    "www.example.com, *.example.com, true",
    "www.example.com, w*.example.com, true",
    "www.example.com, *.com, false",
    "example.com, *.com, true",
    "example.com, *.org, false",
    "www.example.com, example.com, false",
    // punycode
    "bücher.example, xn--bcher-kva.example, true",
    "bücher.example, www.XN--BCHER-KVA.example, true",
    "xn--bcher-kva.example, xn--bcher-kva.example, true",
    "BÜCHER.example, xn--bcher-kva.example, true",
    "straße.example, xn--strae-oqa.example, true",
    "straße.example, strasse.example, true",
    "例え.テスト, www.xn--r8jz45g.xn--zckzah, true",
    "bücher.example, bucher.example, false",
    // underscores and service names
    "example.com, _dmarc.example.com, true",
    // a whole top-level domain
    "gov, www.state.gov, true",
    "gov, gov, true",
  })
  void matches_plainName_likeDns(String domain, String name, boolean expected) {
    DomainTable table = DomainTable.of(List.of(Domain.parse(domain)));
    assertThat(matches(table, name.getBytes(StandardCharsets.US_ASCII))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com\0.evil.net",
        "evil.net\0.example.com",
        "exam\0ple.com",
        " example.com",
        "example.com ",
        "www.example.com\n",
        "https://www.example.com/path",
        "www.example.com:8443",
        "user@example.com",
        "example.com/login",
        "www。example．com",
        "example.com\u200b",
        "My site www.example.com and others",
      })
  void matches_nameWithStrangeBytes_readEveryWay(String name) {
    DomainTable table = DomainTable.of(List.of(Domain.parse("example.com")));
    assertThat(matches(table, name.getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @Test
  void matches_labelThatThePlatformRefusesToEncode_theRestIsRead() {
    DomainTable table = DomainTable.of(List.of(Domain.parse("example.com")));
    String name = "ü".repeat(1020) + ".example.com";
    assertThat(matches(table, name.getBytes(StandardCharsets.ISO_8859_1))).isTrue();
  }

  @Test
  void matches_uLabelInACertificate_inUtf8OrLatin1OrUtf16() {
    DomainTable table = DomainTable.of(List.of(Domain.parse("bücher.example")));
    for (Charset charset :
        List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.ISO_8859_1,
            StandardCharsets.UTF_16BE,
            Charset.forName("UTF-32BE"))) {
      assertThat(matches(table, "www.bücher.example".getBytes(charset))).as("%s", charset).isTrue();
      // Latin-1 bytes could be of another charset, too
      assertThat(matches(table, "www.bäcker.example".getBytes(charset)))
          .as("%s", charset)
          .isEqualTo(charset.equals(StandardCharsets.ISO_8859_1));
    }
    DomainTable ascii = DomainTable.of(List.of(Domain.parse("example.com")));
    assertThat(matches(ascii, "www.example.com".getBytes(StandardCharsets.UTF_16BE))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    // Latin-1, which no dNSName may be in: it could as well be another charset
    "ex\u00ffmple.com, true",
    "www.\u00ff.com, true",
    "example.c\u00ffm, false",
    "\u00ff, false",
    "M\u00fcller u. S\u00f6hne, false",
    "\u00ff.org, false",
    "a\u0001.com, true",
    // A-labels that encode nothing
    "xn--bcher-kva.com, false",
    "xn--999999999b.com, true",
    "www.xn--.com, true",
    "xn--999999999b.net, false",
    "ab--cd.com, false",
  })
  void matches_labelThatCannotBeDecoded_countsAsAny(String name, boolean expected) {
    DomainTable table = DomainTable.of(List.of(Domain.parse("example.com")));
    assertThat(matches(table, name.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 1000, 1024, 2000, 5000})
  void matches_longOddName_isReadByItsEnd(int labels) {
    DomainTable table = DomainTable.of(List.of(Domain.parse("bücher.example")));
    for (String name :
        List.of(
            "ü".repeat(labels) + ".bücher.example",
            "ü.".repeat(labels) + "bücher.example",
            "ﷺ.".repeat(labels) + "BÜCHER.example")) {
      assertThat(matches(table, name.getBytes(StandardCharsets.UTF_8))).isTrue();
    }
  }

  @Property(tries = 300)
  void aLabel_ofAnyText_canBeDecoded(@ForAll("label") String label) {
    String encoded = Punycode.label(label);
    assertThat(!encoded.startsWith("xn--") || Punycode.isLabel(encoded)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"example.com", "0Y0example.com1\t0", "\u000bEXAMPLE.com0", "xexample.comx"})
  void search_watchedNameInsideBytes_isFoundWhateverStandsAround(String bytes) {
    DomainTable table =
        DomainTable.of(List.of(Domain.parse("example.org"), Domain.parse("example.com")));
    boolean[] hits = new boolean[2];
    byte[] source = bytes.getBytes(StandardCharsets.ISO_8859_1);
    assertThat(table.search(source, 0, source.length, hits)).isTrue();
    assertThat(hits).containsExactly(false, true);
    assertThat(table.search(source, 0, source.length, null)).isTrue();
    assertThat(table.search(source, 0, 10, null)).isFalse();
  }

  @Test
  void search_uLabelOrOneLetter_isFound() {
    byte[] source = "..bücher.example..".getBytes(StandardCharsets.UTF_8);
    DomainTable table = DomainTable.of(List.of(Domain.parse("bücher.example")));
    assertThat(table.search(source, 0, source.length, null)).isTrue();
    DomainTable single = DomainTable.of(List.of(Domain.parse("b")));
    assertThat(single.search(source, 0, source.length, null)).isTrue();
    assertThat(single.search(source, 0, 2, null)).isFalse();
  }

  @Test
  void matches_slice_looksAtNothingBesideIt() {
    DomainTable table = DomainTable.of(List.of(Domain.parse("example.com")));
    byte[] buffer = "xx.example.comyy".getBytes(StandardCharsets.US_ASCII);
    assertThat(table.matches(buffer, 3, 11)).isTrue();
    assertThat(table.matches(buffer, 3, 12)).isFalse();
    assertThat(table.matches(buffer, 4, 10)).isFalse();
  }

  @Test
  void collect_nestedAndRepeatedDomains_marksAll() {
    DomainTable table =
        DomainTable.of(
            List.of(
                Domain.parse("example.com"),
                Domain.parse("www.example.com"),
                Domain.parse("example.org"),
                Domain.parse("Example.com")));
    boolean[] hits = new boolean[table.size()];
    byte[] name = "a.www.example.com".getBytes(StandardCharsets.US_ASCII);
    assertThat(table.collect(name, 0, name.length, hits)).isTrue();
    assertThat(hits).containsExactly(true, true, false, true);
  }

  @Property(tries = 500)
  void matches_plainNames_likeASuffixComparison(
      @ForAll("domains") Set<String> domains, @ForAll("name") String name) {
    DomainTable table = DomainTable.of(domains.stream().map(Domain::parse).toList());
    String lower = name.toLowerCase(Locale.ROOT);
    boolean expected = domains.stream().anyMatch(d -> lower.equals(d) || lower.endsWith("." + d));
    assertThat(matches(table, name.getBytes(StandardCharsets.US_ASCII))).isEqualTo(expected);
  }

  @Property(tries = 500)
  void matches_anyBytes_neverThrows(@ForAll byte[] bytes) {
    DomainTable table =
        DomainTable.of(List.of(Domain.parse("example.com"), Domain.parse("bücher.example")));
    matches(table, bytes);
  }

  @Property(tries = 300)
  void punycode_anyLabel_agreesWithThePlatform(@ForAll("label") String label) {
    assertThat(Punycode.label(label)).isEqualTo(java.net.IDN.toASCII(label));
  }

  @ParameterizedTest
  @CsvSource({
    "'', empty",
    "https://example.com, write the host alone",
    "example.com/path, write the host alone",
    "user@example.com, write the host alone",
    "exa mple.com, not a domain name",
    "example..com, not a domain name",
    "-example.com, not a domain name",
  })
  void parse_notADomain_saysWhatToWrite(String text, String message) {
    assertThatThrownBy(() -> Domain.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Provide
  Arbitrary<Set<String>> domains() {
    return labels().map(labels -> String.join(".", labels)).set().ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> name() {
    return labels()
        .map(labels -> String.join(".", labels))
        .flatMap(name -> Arbitraries.of(name, name.toUpperCase(Locale.ROOT)));
  }

  private static Arbitrary<List<String>> labels() {
    return Arbitraries.of("a", "b", "ab", "c1", "x-y").list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> label() {
    return Arbitraries.of("ü", "ä", "a", "b", "x", "例", "え", "я", "9", "é")
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(parts -> parts.stream().collect(Collectors.joining()));
  }

  private static boolean matches(DomainTable table, byte[] name) {
    return table.matches(name, 0, name.length);
  }
}

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
      assertThat(matches(table, "www.bäcker.example".getBytes(charset)))
          .as("%s", charset)
          .isFalse();
    }
    DomainTable ascii = DomainTable.of(List.of(Domain.parse("example.com")));
    assertThat(matches(ascii, "www.example.com".getBytes(StandardCharsets.UTF_16BE))).isTrue();
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

package dev.rootwatch.ct.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.x509.CertificateScanner;
import dev.rootwatch.ct.x509.DistinguishedName;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RealNamesTest {
  @Test
  void rfc4514_everyCaOfThePool_asTheIndexWritesIt() {
    SharedData shared = SharedData.orSkip();
    Map<String, String[]> index = new HashMap<>();
    new String(shared.read("data/roots/ca-pool.tsv"), StandardCharsets.UTF_8)
        .lines()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .forEach(cells -> index.put(cells[0], cells));

    CertificateScanner scanner = new CertificateScanner();
    Map<String, String> differ = new TreeMap<>();
    int compared = 0;
    for (byte[] der : shared.caPool()) {
      String[] cells = Objects.requireNonNull(index.get(Hash.sha256(der).toString()));
      assertThat(scanner.scanCertificate(der, 0, der.length)).isTrue();
      String subject =
          DistinguishedName.rfc4514(der, scanner.subjectOffset(), scanner.subjectLength());
      String issuer =
          DistinguishedName.rfc4514(der, scanner.issuerOffset(), scanner.issuerLength());
      compare(differ, cells[8], subject);
      compare(differ, cells[9], issuer);
      compared += 2;
    }
    assertThat(compared).isEqualTo(2 * 4156);
    assertThat(differ).isEmpty();
  }

  /**
   * Three things are known to differ: a certificate that the index could not read, a soft hyphen,
   * which we escape for it is invisible, and a BIT STRING, which RFC 4514 wants with its header.
   */
  private static void compare(Map<String, String> differ, String expected, String actual) {
    boolean known =
        expected.isEmpty()
            || expected.startsWith("ERR")
            || expected.contains("\u00ad")
            || expected.contains("2.5.4.45=#");
    if (!known && !expected.equals(actual)) {
      differ.put(expected, actual);
    }
  }
}

package dev.rootwatch.watch.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a file holds: certificates, places where there should be some, or nothing. */
class PemFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void certificates(byte[] text) {
    int last = -1;
    int bytes = 0;
    for (Pem.Block block : Pem.certificates(text)) {
      assertThat(block.offset()).isBetween(last + 1, text.length - 1);
      last = block.offset();
      byte[] der = block.der();
      if (der != null) {
        bytes += der.length;
        CaCertificate.of(der).ifPresent(ca -> assertThat(ca.subjectNames()).isNotEmpty());
      }
    }
    assertThat(bytes).isLessThanOrEqualTo(text.length);
    assertThat(Pem.isPem(text)).isEqualTo(last >= 0);
  }
}

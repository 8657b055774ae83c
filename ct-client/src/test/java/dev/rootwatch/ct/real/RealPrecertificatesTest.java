package dev.rootwatch.ct.real;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RealPrecertificatesTest {
  @Test
  void check_everyRealPrecertificate_hashesAndCanonicalTbsAgree() {
    RealPrecertificates check = RealPrecertificates.check(SharedData.orSkip());

    assertThat(check.isGood()).as(check.toString()).isTrue();
  }
}

package dev.rootwatch.ct.x509;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Assertions;

/** The readers of certificates against whatever comes; the seeds run in every build. */
class X509FuzzTest {
  @FuzzTest(maxDuration = "5m")
  void scanner(byte[] certificate) {
    new ScannerInvariants().hold(certificate);
  }

  @FuzzTest(maxDuration = "5m")
  void canonicalTbs(byte[] tbs) {
    CanonicalTbs.ofTbs(tbs, 0, tbs.length)
        .ifPresent(once ->
            Assertions.assertArrayEquals(
                once, CanonicalTbs.ofTbs(once, 0, once.length).orElseThrow()));
  }

  @FuzzTest(maxDuration = "5m")
  void sctList(byte[] extnValue) {
    SctList.read(extnValue, 0, extnValue.length);
  }

  @FuzzTest(maxDuration = "5m")
  void distinguishedName(byte[] name) {
    String text = DistinguishedName.rfc4514(name, 0, name.length);
    Assertions.assertTrue(text.length() <= DistinguishedName.MAX_LENGTH);
  }
}

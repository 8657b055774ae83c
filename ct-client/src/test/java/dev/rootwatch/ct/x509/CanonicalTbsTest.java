package dev.rootwatch.ct.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import java.util.Arrays;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.junit.jupiter.api.Test;

class CanonicalTbsTest {
  private static byte[] of(byte[] tbs) {
    return CanonicalTbs.ofTbs(tbs, 0, tbs.length).orElseThrow();
  }

  private static Minted plain() {
    return Minted.certificate()
        .dnsNames("example.com")
        .extension(Minted.BASIC_CONSTRAINTS, new BasicConstraints(false));
  }

  private static Minted withCt() {
    return Minted.certificate()
        .poisoned()
        .dnsNames("example.com")
        .extension(Minted.SCT_LIST, new DEROctetString(new byte[300]))
        .extension(Minted.BASIC_CONSTRAINTS, new BasicConstraints(false))
        .poisoned();
  }

  @Test
  void ofTbs_withoutCtExtensions_isItself() {
    assertThat(of(plain().tbs())).isEqualTo(plain().tbs());
  }

  @Test
  void ofTbs_withCtExtensionsAnywhere_lengthsAreRightWithoutThem() {
    assertThat(of(withCt().tbs())).isEqualTo(plain().tbs());
  }

  @Test
  void ofTbs_twice_isTheSame() {
    assertThat(of(of(withCt().tbs()))).isEqualTo(of(withCt().tbs()));
  }

  @Test
  void ofTbs_secondExtensionsField_twiceIsTheSame() {
    Minted odd = Minted.certificate().poisoned();
    Minted other = Minted.certificate().poisoned().dnsNames("example.com");
    odd.behind.add(new DERTaggedObject(true, 3, new DERSequence(other.extensions)));
    byte[] once = of(odd.tbs());

    assertThat(of(once)).isEqualTo(once).isEqualTo(of(other.tbs()));
  }

  @Test
  void ofTbs_nothingButCtExtensions_fieldIsLeftOut() {
    assertThat(of(Minted.certificate().poisoned().tbs())).isEqualTo(Minted.certificate().tbs());
  }

  @Test
  void ofTbs_emptyExtensions_fieldIsLeftOut() {
    Minted empty = Minted.certificate();
    empty.emptyExtensions = true;

    assertThat(of(empty.tbs())).isEqualTo(Minted.certificate().tbs());
  }

  @Test
  void ofTbs_enclosingLengthsLongerThanNeeded_reEncoded() {
    byte[] tbs = withCt().tbs();
    byte[] ber = Minted.wrapLong(0x30, Arrays.copyOfRange(tbs, 4, tbs.length));

    assertThat(of(ber)).isEqualTo(plain().tbs());
  }

  @Test
  void ofTbs_version1_isItself() {
    Minted v1 = Minted.certificate();
    v1.version = false;

    assertThat(of(v1.tbs())).isEqualTo(v1.tbs());
  }

  @Test
  void ofTbs_fieldsBehindTheExtensions_kept() {
    Minted odd = Minted.certificate().poisoned();
    odd.behind.add(new DERTaggedObject(true, 5, new DERSequence()));
    Minted expected = Minted.certificate();
    expected.behind.add(new DERTaggedObject(true, 5, new DERSequence()));

    assertThat(of(odd.tbs())).isEqualTo(expected.tbs());
  }

  @Test
  void ofTbs_extensionsThatCannotBeWalked_kept() {
    Minted junk = Minted.certificate();
    junk.behind.add(new DERTaggedObject(true, 3, new DEROctetString(new byte[] {1})));

    assertThat(of(junk.tbs())).isEqualTo(junk.tbs());
  }

  @Test
  void ofTbs_frameLost_empty() {
    byte[] tbs = plain().tbs();

    assertThat(CanonicalTbs.ofTbs(tbs, 0, tbs.length - 1)).isEmpty();
    assertThat(CanonicalTbs.ofTbs(new byte[0], 0, 0)).isEmpty();
    assertThat(CanonicalTbs.hashOfTbs(new byte[] {0x30, 0}, 0, 2)).isEmpty();
  }

  @Test
  void hashOfCertificate_precertificateAndCertificate_oneHash() {
    byte[] precertificate = plain().poisoned().der();
    byte[] certificate = plain().extension(Minted.SCT_LIST, new DERSequence()).der();

    assertThat(CanonicalTbs.hashOfCertificate(precertificate, 0, precertificate.length))
        .isEqualTo(CanonicalTbs.hashOfCertificate(certificate, 0, certificate.length))
        .contains(Hash.sha256(plain().tbs()));
  }
}

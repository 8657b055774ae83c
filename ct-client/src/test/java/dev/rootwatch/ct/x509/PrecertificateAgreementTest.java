package dev.rootwatch.ct.x509;

import static dev.rootwatch.ct.x509.PrecertificateAgreement.DIFFERENT;
import static dev.rootwatch.ct.x509.PrecertificateAgreement.OTHER_ISSUER;
import static dev.rootwatch.ct.x509.PrecertificateAgreement.PRECERTIFICATE_UNREADABLE;
import static dev.rootwatch.ct.x509.PrecertificateAgreement.SAME;
import static dev.rootwatch.ct.x509.PrecertificateAgreement.TBS_UNREADABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.junit.jupiter.api.Test;

class PrecertificateAgreementTest {
  private static PrecertificateAgreement of(byte[] tbs, byte[] precertificate) {
    byte[] both = Arrays.copyOf(tbs, tbs.length + precertificate.length);
    System.arraycopy(precertificate, 0, both, tbs.length, precertificate.length);
    return PrecertificateAgreement.of(both, 0, tbs.length, tbs.length, precertificate.length);
  }

  private static Minted plain() {
    return Minted.certificate().dnsNames("example.com");
  }

  @Test
  void of_poisonAnywhere_same() {
    assertThat(of(plain().tbs(), plain().poisoned().der())).isEqualTo(SAME);
    assertThat(of(plain().tbs(), Minted.certificate().poisoned().dnsNames("example.com").der()))
        .isEqualTo(SAME);
    assertThat(of(Minted.certificate().tbs(), Minted.certificate().poisoned().der()))
        .isEqualTo(SAME);
    assertThat(of(Minted.certificate().tbs(), Minted.certificate().der())).isEqualTo(SAME);
  }

  @Test
  void of_anotherField_different() {
    Minted serial = plain().poisoned();
    serial.serial = new ASN1Integer(4712);
    assertThat(of(plain().tbs(), serial.der())).isEqualTo(DIFFERENT);
    assertThat(of(plain().tbs(), Minted.certificate().dnsNames("evil.com").poisoned().der()))
        .isEqualTo(DIFFERENT);
    assertThat(of(plain().tbs(), plain().dnsNames("evil.com").poisoned().der()))
        .isEqualTo(DIFFERENT);
    assertThat(of(plain().dnsNames("evil.com").tbs(), plain().poisoned().der()))
        .isEqualTo(DIFFERENT);
    assertThat(of(plain().tbs(), Minted.certificate().poisoned().der())).isEqualTo(DIFFERENT);
  }

  @Test
  void of_otherIssuerAndKeyIdentifier_isToldApart() {
    Minted signed =
        plain().extension(Minted.AKI, new AuthorityKeyIdentifier(new byte[20])).poisoned();
    Minted committed =
        plain().extension(Minted.AKI, new AuthorityKeyIdentifier(new byte[] {1, 2, 3}));
    committed.issuer = new X500Name("CN=Final issuer");
    assertThat(of(committed.tbs(), signed.der())).isEqualTo(OTHER_ISSUER);
    committed.subject = new X500Name("CN=other");
    assertThat(of(committed.tbs(), signed.der())).isEqualTo(DIFFERENT);
  }

  @Test
  void of_uniqueIdsAndTwoExtensionFields_comparedAsWell() {
    Minted one = plain();
    one.uniqueIds.add(new DERTaggedObject(false, 1, new DERBitString(new byte[3])));
    Minted two = plain().poisoned();
    two.uniqueIds.add(new DERTaggedObject(false, 1, new DERBitString(new byte[3])));
    assertThat(of(one.tbs(), two.der())).isEqualTo(SAME);
    two.behind.add(new DERTaggedObject(true, 3, new DERSequence(plain().extensions)));
    assertThat(of(one.tbs(), two.der())).isEqualTo(DIFFERENT);
  }

  @Test
  void of_whatCannotBeRead_isSaid() {
    assertThat(of(plain().tbs(), new byte[] {0x30, 1})).isEqualTo(PRECERTIFICATE_UNREADABLE);
    assertThat(of(new byte[] {0x30, 0}, plain().der())).isEqualTo(TBS_UNREADABLE);
    assertThat(of(new byte[0], new byte[0])).isEqualTo(TBS_UNREADABLE);
  }

  @Property(tries = 3000)
  void of_anyByteChanged_asTheCanonicalFormsSay(
      @ForAll @IntRange(min = 0, max = 400) int at, @ForAll byte value, @ForAll boolean inTbs) {
    byte[] tbs = plain().tbs();
    byte[] precertificate = plain().poisoned().der();
    byte[] changed = inTbs ? tbs : precertificate;
    changed[at % changed.length] = value;
    var left = CanonicalTbs.ofTbs(tbs, 0, tbs.length);
    var right = CanonicalTbs.ofCertificate(precertificate, 0, precertificate.length);
    boolean same = left.isPresent() && right.isPresent() && Arrays.equals(left.get(), right.get());

    assertThat(of(tbs, precertificate) == SAME).isEqualTo(same);
    assertThat(of(tbs, precertificate) == TBS_UNREADABLE).isEqualTo(left.isEmpty());
  }
}

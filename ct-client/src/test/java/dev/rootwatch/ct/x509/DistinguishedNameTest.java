package dev.rootwatch.ct.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistinguishedNameTest {
  private static String render(ASN1Encodable name) {
    byte[] der = Minted.der(name);
    return DistinguishedName.rfc4514(der, 0, der.length);
  }

  private static String commonName(String value) {
    return render(new X500Name(new RDN[] {new RDN(BCStyle.CN, new DERUTF8String(value))}));
  }

  @Test
  void rfc4514_usualName_mostSpecificFirst() {
    assertThat(
            render(
                new X500Name(
                    "C=PA,ST=Panama,L=Panama City,O=TrustCor Systems S. de R.L.,"
                        + "OU=TrustCor Certificate Authority,CN=TrustCor ECA-1")))
        .isEqualTo(
            "CN=TrustCor ECA-1,OU=TrustCor Certificate Authority,"
                + "O=TrustCor Systems S. de R.L.,L=Panama City,ST=Panama,C=PA");
  }

  @Test
  void rfc4514_otherTypes_asNumbersWithTheirText() {
    RDN mail =
        new RDN(new ASN1ObjectIdentifier("1.2.840.113549.1.9.1"), new DERUTF8String("a@b.example"));
    RDN component =
        new RDN(new ASN1ObjectIdentifier("0.9.2342.19200300.100.1.25"), new DERUTF8String("local"));
    RDN high = new RDN(new ASN1ObjectIdentifier("2.999.3"), new DERUTF8String("x"));

    assertThat(render(new X500Name(new RDN[] {component, mail, high})))
        .isEqualTo("2.999.3=x,1.2.840.113549.1.9.1=a@b.example,DC=local");
  }

  @Test
  void rfc4514_severalValuesInOnePart_joinedByPlus() {
    RDN rdn =
        new RDN(
            new AttributeTypeAndValue[] {
              new AttributeTypeAndValue(BCStyle.CN, new DERUTF8String("a")),
              new AttributeTypeAndValue(BCStyle.OU, new DERBMPString("b"))
            });

    assertThat(render(new X500Name(new RDN[] {rdn}))).isIn("CN=a+OU=b", "OU=b+CN=a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a,b|CN=a\\,b",
        "a+b|CN=a\\+b",
        "\"<>;\\|CN=\\\"\\<\\>\\;\\\\",
        "#a#|CN=\\#a#",
        " a b |CN=\\ a b\\ ",
        "a=b|CN=a=b",
        "Rechtsanwälte|CN=Rechtsanwälte"
      })
  void rfc4514_specialCharacters_escaped(String value, String expected) {
    assertThat(commonName(value)).isEqualTo(expected);
  }

  @Test
  void rfc4514_charactersThatMoveTheScreen_escapedByteByByte() {
    assertThat(commonName("a\nb\u001b[31m")).isEqualTo("CN=a\\0Ab\\1B[31m");
    assertThat(commonName("gpj.\u202eexe")).isEqualTo("CN=gpj.\\E2\\80\\AEexe");
    assertThat(commonName("\u2028\u0000\u0085")).isEqualTo("CN=\\E2\\80\\A8\\00\\C2\\85");
  }

  @Test
  void rfc4514_noString_hexadecimal() {
    assertThat(render(new X500Name(new RDN[] {new RDN(BCStyle.CN, new ASN1Integer(5))})))
        .isEqualTo("CN=#020105");
  }

  @Test
  void rfc4514_brokenUtf8_hexadecimal() {
    byte[] der = Minted.der(new X500Name(new RDN[] {new RDN(BCStyle.CN, new DERUTF8String("ab"))}));
    der[der.length - 1] = (byte) 0xff;

    assertThat(DistinguishedName.rfc4514(der, 0, der.length)).isEqualTo("CN=#0c0261ff");
  }

  @Test
  void rfc4514_emptyName_empty() {
    assertThat(render(new X500Name(new RDN[0]))).isEmpty();
  }

  @Test
  void rfc4514_junk_hexadecimalAsAWhole() {
    assertThat(DistinguishedName.rfc4514(new byte[] {0x30, 2, 5, 0}, 0, 4)).isEqualTo("#30020500");
    assertThat(DistinguishedName.rfc4514(new byte[] {1}, 0, 1)).isEqualTo("#01");
  }

  @Test
  void rfc4514_endless_cut() {
    assertThat(commonName("x".repeat(100_000)))
        .hasSize(DistinguishedName.MAX_LENGTH)
        .endsWith("xxx" + DistinguishedName.CUT);
    RDN[] many = new RDN[1000];
    Arrays.fill(many, new RDN(BCStyle.OU, new DERUTF8String("u")));
    many[999] = new RDN(BCStyle.CN, new DERUTF8String("last"));
    assertThat(render(new X500Name(many))).startsWith("CN=last,OU=u").endsWith("...");
  }
}

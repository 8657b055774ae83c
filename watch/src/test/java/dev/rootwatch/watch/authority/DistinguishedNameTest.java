package dev.rootwatch.watch.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinguishedNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CN=TrustCor RootCert CA-1,OU=TrustCor Certificate Authority,O=TrustCor Systems S. de R.L.,"
            + "L=Panama City,ST=Panama,C=PA",
        "CN=a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h\\=i,O=\\ x\\ ",
        "CN=Zürich 東京,DC=example,DC=com,UID=1,STREET=x",
        "1.2.840.113549.1.9.1=#1603614062,CN=x",
        "CN=a+OU=b,C=XX",
        ""
      })
  void text_ordinaryNames_areAsThePlatformWritesThem(String name) {
    byte[] der = new X500Principal(name).getEncoded();
    assertThat(DistinguishedName.text(der))
        .isEqualTo(new X500Principal(der).getName(X500Principal.RFC2253));
  }

  @Test
  void text_everyStringType_readsWhatWasWritten() throws IOException {
    assertThat(text(30, bytes("00c4006b00e4"))).isEqualTo("CN=Äkä"); // BMPString
    assertThat(text(28, bytes("0001f600"))).isEqualTo("CN=😀"); // UniversalString
    assertThat(text(20, bytes("c46b"))).isEqualTo("CN=Äk"); // T61String
    assertThat(text(20, "Äk".getBytes(StandardCharsets.UTF_8))).isEqualTo("CN=Äk");
    assertThat(text(12, bytes("ff"))).isEqualTo("CN=ÿ"); // no UTF-8
    assertThat(text(30, bytes("d800"))).isEqualTo("CN=\ud800"); // half a pair
    assertThat(text(28, bytes("7fffffff"))).startsWith("CN=\u007f"); // no character
    assertThat(text(19, bytes("00"))).isEqualTo("CN=\\00");
  }

  @Property
  void text_anyUtf8_keepsEveryCharacter(@ForAll String any) throws IOException {
    String wellFormed = new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String shown = text(12, wellFormed.getBytes(StandardCharsets.UTF_8));
    assertThat(shown.replace("\\00", "\0").replaceAll("(?s)\\\\(.)", "$1"))
        .isEqualTo("CN=" + wellFormed);
  }

  @Test
  void text_noName_isHex() {
    assertThat(DistinguishedName.text(bytes("30053103060103"))).startsWith("#30");
    assertThat(DistinguishedName.text(bytes("04"))).isEqualTo("#04");
    assertThat(DistinguishedName.text(new byte[0])).isEqualTo("#");
  }

  private static String text(int tag, byte[] contents) throws IOException {
    byte[] value = new DEROctetString(contents).getEncoded();
    value[0] = (byte) tag;
    ASN1ObjectIdentifier commonName = new ASN1ObjectIdentifier("2.5.4.3");
    return DistinguishedName.text(
        new DERSequence(
                new DERSet(
                    new DERSequence(
                        new org.bouncycastle.asn1.ASN1Encodable[] {
                          commonName, ASN1Primitive.fromByteArray(value)
                        })))
            .getEncoded());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}

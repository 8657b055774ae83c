package dev.rootwatch.testlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Names with hostile texts in them, in every string type that DER has, whether the type allows such
 * characters or not: issuers that misbehave do not ask.
 */
final class HostileNames {
  private static final int[] TYPES = {
    BERTags.UTF8_STRING,
    BERTags.PRINTABLE_STRING,
    BERTags.T61_STRING,
    BERTags.BMP_STRING,
    BERTags.IA5_STRING,
    BERTags.UNIVERSAL_STRING,
    BERTags.VISIBLE_STRING,
    BERTags.GENERAL_STRING,
    BERTags.NUMERIC_STRING
  };

  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

  private HostileNames() {}

  /**
   * A distinguished name whose common name, organization and unit are the text, each in another
   * string type; which, depends on the round.
   */
  static X500Name distinguished(HostileText text, int round) {
    return new X500Name(
        new RDN[] {
          rdn(BCStyle.C, ascii("XX")),
          rdn(BCStyle.O, string(text, round)),
          rdn(BCStyle.OU, string(text, round + 1)),
          rdn(BCStyle.CN, string(text, round + 2))
        });
  }

  /**
   * A plain name under the domain, then the text as a label of it, as a name, and as an address.
   */
  static GeneralNames alternative(HostileText text, String domain) {
    List<GeneralName> names = new ArrayList<>();
    names.add(
        new GeneralName(GeneralName.dNSName, "plain%02d.%s".formatted(text.number(), domain)));
    names.add(raw(GeneralName.dNSName, utf8(text.text() + "." + domain)));
    names.add(raw(GeneralName.dNSName, utf8(text.text())));
    names.add(raw(GeneralName.rfc822Name, utf8(text.text() + "@" + domain)));
    names.add(raw(GeneralName.uniformResourceIdentifier, utf8("https://" + text.text())));
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  private static RDN rdn(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new RDN(new AttributeTypeAndValue(type, value));
  }

  private static ASN1Encodable ascii(String value) {
    return read(BERTags.PRINTABLE_STRING, value.getBytes(StandardCharsets.US_ASCII));
  }

  private static ASN1Encodable string(HostileText text, int round) {
    int type = TYPES[round % TYPES.length];
    return read(type, encoded(type, text.text()));
  }

  private static byte[] encoded(int type, String text) {
    return switch (type) {
      case BERTags.BMP_STRING -> utf16(text);
      case BERTags.UNIVERSAL_STRING -> universal(text);
      case BERTags.T61_STRING ->
          text.chars().allMatch(c -> c <= 0xff)
              ? text.getBytes(StandardCharsets.ISO_8859_1)
              : utf8(text);
      default -> utf8(text);
    };
  }

  /** Two bytes for each char, halves of pairs as they are. */
  private static byte[] utf16(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * text.length());
    text.chars()
        .forEach(c -> {
          bytes.write(c >> 8);
          bytes.write(c);
        });
    return bytes.toByteArray();
  }

  /** Four bytes for each character; a half that stands alone is one. */
  private static byte[] universal(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * text.length());
    text.codePoints().forEach(point -> bytes.writeBytes(fourBytes(point)));
    return bytes.toByteArray();
  }

  private static byte[] fourBytes(int point) {
    return Character.isSurrogate((char) point) && point <= 0xffff
        ? new byte[] {0, 0, (byte) (point >> 8), (byte) point}
        : Character.toString(point).getBytes(UTF_32BE);
  }

  /** As UTF-8 would encode it; halves of pairs too (CESU-8's way), which is no UTF-8. */
  private static byte[] utf8(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    text.codePoints()
        .forEach(point -> {
          if (point <= 0xffff && Character.isSurrogate((char) point)) {
            bytes.write(0xe0 | (point >> 12));
            bytes.write(0x80 | ((point >> 6) & 0x3f));
            bytes.write(0x80 | (point & 0x3f));
          } else {
            bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
          }
        });
    return bytes.toByteArray();
  }

  private static GeneralName raw(int tag, byte[] value) {
    return new GeneralName(tag, read(BERTags.IA5_STRING, value));
  }

  private static ASN1Primitive read(int type, byte[] contents) {
    byte[] octets = SigningKey.der(new DEROctetString(contents));
    octets[0] = (byte) type;
    try {
      return ASN1Primitive.fromByteArray(octets);
    } catch (IOException e) {
      throw new UncheckedIOException("built in memory", e);
    }
  }
}

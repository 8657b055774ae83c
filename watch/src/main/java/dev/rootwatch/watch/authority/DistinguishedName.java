package dev.rootwatch.watch.authority;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/** X.501 names as people read them. */
public final class DistinguishedName {
  /** The short names of RFC 4514 section 3; other types stand as numbers. */
  private static final Map<ASN1ObjectIdentifier, String> KEYWORDS =
      Map.of(
          BCStyle.CN, "CN",
          BCStyle.L, "L",
          BCStyle.ST, "ST",
          BCStyle.O, "O",
          BCStyle.OU, "OU",
          BCStyle.C, "C",
          BCStyle.STREET, "STREET",
          BCStyle.DC, "DC",
          BCStyle.UID, "UID");

  private static final String ESCAPED = ",=+<>#;\"\\";

  private DistinguishedName() {}

  /**
   * RFC 4514 text of a DER Name, most specific part first. A Name that cannot be read is shown as
   * {@code #} and its hex, as RFC 4514 does with values it cannot write. As the platform's, but
   * that reads every string as UTF-8, BMPString and T61String too.
   */
  public static String text(byte[] der) {
    try {
      StringJoiner text = new StringJoiner(",");
      for (RDN part : List.of(X500Name.getInstance(der).getRDNs()).reversed()) {
        StringJoiner values = new StringJoiner("+");
        for (AttributeTypeAndValue value : part.getTypesAndValues()) {
          values.add(text(value));
        }
        text.add(values.toString());
      }
      return text.toString();
    } catch (IllegalArgumentException | IllegalStateException | IOException unreadable) {
      return "#" + HexFormat.of().formatHex(der);
    }
  }

  private static String text(AttributeTypeAndValue attribute) throws IOException {
    @Nullable String keyword = KEYWORDS.get(attribute.getType());
    ASN1Primitive value = attribute.getValue().toASN1Primitive();
    if (keyword == null || !(value instanceof ASN1String)) {
      String type = keyword == null ? attribute.getType().getId() : keyword;
      return type + "=#" + HexFormat.of().formatHex(value.getEncoded());
    }
    byte[] encoded = value.getEncoded(ASN1Encoding.DER);
    int header = headerLength(encoded);
    String text =
        DirectoryText.of(encoded[0] & 0x1f, Arrays.copyOfRange(encoded, header, encoded.length));
    return keyword + "=" + escaped(text);
  }

  /** Tag and length of a DER value of a low tag. */
  private static int headerLength(byte[] encoded) {
    return (encoded[1] & 0x80) == 0 ? 2 : 2 + (encoded[1] & 0x7f);
  }

  private static String escaped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == ' ') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == ' ') {
      end--;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean edge = i < start || i >= end;
      if (c == 0) {
        escaped.append("\\00");
        continue;
      }
      if (edge || ESCAPED.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /** The most specific common name of an RFC 4514 text. */
  static Optional<String> commonName(String rfc4514) {
    try {
      return new LdapName(rfc4514)
          .getRdns().reversed().stream()
              .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
              .map(rdn -> String.valueOf(rdn.getValue()))
              .findFirst();
    } catch (InvalidNameException notAName) {
      return Optional.empty();
    }
  }

  /**
   * The DER encodings in which CAs usually write an RFC 4514 name: PrintableString where it
   * suffices, and UTF8String for all but the country. For names of certificates that are not at
   * hand; empty when the text is not a name.
   */
  public static List<byte[]> encodings(String rfc4514) {
    try {
      List<Rdn> parts = new LdapName(rfc4514).getRdns(); // least specific first, as in DER
      byte[] printable = encoded(parts, true);
      byte[] utf8 = encoded(parts, false);
      return Arrays.equals(printable, utf8) ? List.of(utf8) : List.of(printable, utf8);
    } catch (InvalidNameException | IllegalArgumentException notAName) {
      return List.of();
    }
  }

  private static byte[] encoded(List<Rdn> parts, boolean printableWherePossible) {
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    for (Rdn part : parts) {
      ASN1ObjectIdentifier type = BCStyle.INSTANCE.attrNameToOID(part.getType());
      String value = String.valueOf(part.getValue());
      boolean printable =
          type.equals(BCStyle.C)
              || (printableWherePossible && DERPrintableString.isPrintableString(value));
      ASN1Encodable string = printable ? new DERPrintableString(value) : new DERUTF8String(value);
      name.addRDN(type, string);
    }
    try {
      return name.build().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }
}

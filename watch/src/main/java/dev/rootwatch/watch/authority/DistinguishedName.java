package dev.rootwatch.watch.authority;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** X.501 names as people read them. */
public final class DistinguishedName {
  private DistinguishedName() {}

  /**
   * RFC 4514 text of a DER Name, most specific part first. A Name that the platform cannot read is
   * shown as {@code #} and its hex, as RFC 4514 does with values it cannot write.
   */
  public static String text(byte[] der) {
    try {
      return new X500Principal(der).getName(X500Principal.RFC2253);
    } catch (IllegalArgumentException unreadable) {
      return "#" + HexFormat.of().formatHex(der);
    }
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

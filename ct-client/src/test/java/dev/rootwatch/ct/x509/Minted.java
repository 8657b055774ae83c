package dev.rootwatch.ct.x509;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Makes certificates for tests, of any shape: nothing is signed, nothing checked. */
final class Minted {
  static final String SAN = "2.5.29.17";
  static final String AKI = "2.5.29.35";
  static final String SKI = "2.5.29.14";
  static final String BASIC_CONSTRAINTS = "2.5.29.19";
  static final String EKU = "2.5.29.37";
  static final String POISON = "1.3.6.1.4.1.11129.2.4.3";
  static final String SCT_LIST = "1.3.6.1.4.1.11129.2.4.2";

  boolean version = true;
  ASN1Encodable serial = new ASN1Integer(BigInteger.valueOf(4711));
  ASN1Encodable issuer = new X500Name("C=PA,O=TrustCor,CN=Issuer");
  ASN1Encodable subject = new X500Name("C=PA,O=Somebody,CN=example.com");
  ASN1Encodable notBefore = new ASN1UTCTime("260102030405Z");
  ASN1Encodable notAfter = new ASN1GeneralizedTime("20510102030405Z");
  ASN1Encodable spki = spki(40);
  final ASN1EncodableVector uniqueIds = new ASN1EncodableVector();
  final ASN1EncodableVector extensions = new ASN1EncodableVector();
  final ASN1EncodableVector behind = new ASN1EncodableVector();
  boolean emptyExtensions;

  static Minted certificate() {
    return new Minted();
  }

  static ASN1Encodable spki(int keyBytes) {
    return sequence(
        sequence(new ASN1ObjectIdentifier("1.2.840.10045.2.1")),
        new DERBitString(new byte[keyBytes]));
  }

  static ASN1Encodable sequence(ASN1Encodable... elements) {
    return new DERSequence(elements);
  }

  Minted extension(String oid, ASN1Encodable value) {
    return rawExtension(oid, der(value));
  }

  Minted rawExtension(String oid, byte[] value) {
    extensions.add(sequence(new ASN1ObjectIdentifier(oid), new DEROctetString(value)));
    return this;
  }

  Minted dnsNames(String... names) {
    GeneralName[] all = new GeneralName[names.length];
    for (int i = 0; i < names.length; i++) {
      all[i] = new GeneralName(GeneralName.dNSName, names[i]);
    }
    return extension(SAN, new GeneralNames(all));
  }

  Minted poisoned() {
    return extension(POISON, DERNull.INSTANCE);
  }

  byte[] tbs() {
    ASN1EncodableVector fields = new ASN1EncodableVector();
    if (version) {
      fields.add(new DERTaggedObject(true, 0, new ASN1Integer(2)));
    }
    fields.add(serial);
    fields.add(sequence(new ASN1ObjectIdentifier("1.2.840.10045.4.3.2")));
    fields.add(issuer);
    fields.add(sequence(notBefore, notAfter));
    fields.add(subject);
    fields.add(spki);
    append(fields, uniqueIds);
    if (extensions.size() > 0 || emptyExtensions) {
      fields.add(new DERTaggedObject(true, 3, new DERSequence(extensions)));
    }
    append(fields, behind);
    return der(new DERSequence(fields));
  }

  private static void append(ASN1EncodableVector fields, ASN1EncodableVector more) {
    for (int i = 0; i < more.size(); i++) {
      fields.add(more.get(i));
    }
  }

  byte[] der() {
    return wrap(
        0x30,
        tbs(),
        der(sequence(new ASN1ObjectIdentifier("1.2.840.10045.4.3.2"))),
        der(new DERBitString(new byte[] {1, 2, 3, 4})));
  }

  static byte[] der(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded("DER");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An element around contents, its length in DER. */
  static byte[] wrap(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    byte[] element = new byte[Der.headerLength(content.size()) + content.size()];
    int at = Der.writeHeader(element, 0, tag, content.size());
    System.arraycopy(content.toByteArray(), 0, element, at, content.size());
    return element;
  }

  /** An element whose length takes four bytes, needed or not. */
  static byte[] wrapLong(int tag, byte[] content) {
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    element.write(0x84);
    for (int shift = 24; shift >= 0; shift -= 8) {
      element.write(content.length >> shift);
    }
    element.writeBytes(content);
    return element.toByteArray();
  }

  static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}

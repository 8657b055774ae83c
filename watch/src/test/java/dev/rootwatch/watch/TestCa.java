package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.CaCertificate;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certification authority for tests, with a certificate and a P-256 key. */
public final class TestCa {
  private static final ASN1ObjectIdentifier POISON =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.3");
  private static final ASN1ObjectIdentifier SCT_LIST =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2");
  private static final KeyPurposeId PRECERTIFICATE_SIGNING =
      KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.4"));
  private static final AtomicLong SERIALS = new AtomicLong(1000);

  private final String subject;
  private final KeyPair keys;
  private final byte[] certificate;

  private TestCa(String subject, KeyPair keys, byte[] certificate) {
    this.subject = subject;
    this.keys = keys;
    this.certificate = certificate;
  }

  public static TestCa root(String subject) throws Exception {
    KeyPair keys = newKeys();
    TestCa self = new TestCa(subject, keys, new byte[0]);
    return new TestCa(subject, keys, self.caCertificate(subject, keys, false));
  }

  public TestCa subordinate(String name) throws Exception {
    KeyPair newKeys = newKeys();
    return new TestCa(name, newKeys, caCertificate(name, newKeys, false));
  }

  /** A precertificate signing certificate below this CA. */
  TestCa precertificateSigner(String name) throws Exception {
    KeyPair newKeys = newKeys();
    return new TestCa(name, newKeys, caCertificate(name, newKeys, true));
  }

  /** A certificate of this CA over another CA's key and name. */
  public byte[] crossSign(TestCa other) throws Exception {
    return caCertificate(other.subject, other.keys, false);
  }

  /** One by which {@code issuer} would certify {@code subject}'s key, but signed by this CA. */
  byte[] crossSign(CaCertificate issuer, CaCertificate subject) throws Exception {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            X500Name.getInstance(issuer.subjectNames().getFirst()),
            BigInteger.valueOf(SERIALS.incrementAndGet()),
            Date.from(Instant.parse("2020-01-01T00:00:00Z")),
            Date.from(Instant.parse("2031-01-01T00:00:00Z")),
            X500Name.getInstance(subject.subjectNames().getFirst()),
            SubjectPublicKeyInfo.getInstance(subject.spki()));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    return sign(builder, keys);
  }

  private byte[] caCertificate(String name, KeyPair subjectKeys, boolean precertificateSigner)
      throws Exception {
    X509v3CertificateBuilder builder =
        builder(name, subjectKeys, Instant.parse("2016-01-01T00:00:00Z"));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(Extension.subjectKeyIdentifier, false, keyId(subjectKeys));
    if (precertificateSigner) {
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(PRECERTIFICATE_SIGNING));
    }
    return sign(builder, keys);
  }

  /** A certificate to be issued. */
  Leaf leaf(String... names) {
    return new Leaf(List.of(names));
  }

  /** Collects what a certificate is to hold. */
  final class Leaf {
    private final List<String> names;
    private String subject = "CN=leaf";
    private Instant notBefore = Instant.parse("2021-06-01T00:00:00Z");
    private final List<KeyPurposeId> usages =
        new ArrayList<>(List.of(KeyPurposeId.id_kp_serverAuth));
    private byte @Nullable [] sctList;
    private boolean withKeyId = true;
    private KeyPair signer = keys;

    private Leaf(List<String> names) {
      this.names = names;
    }

    Leaf subject(String name) {
      subject = name;
      return this;
    }

    Leaf notBefore(String instant) {
      notBefore = Instant.parse(instant);
      return this;
    }

    Leaf usages(KeyPurposeId... newUsages) {
      usages.clear();
      usages.addAll(List.of(newUsages));
      return this;
    }

    Leaf scts(long... timestamps) {
      byte[] list = new byte[2 + timestamps.length * (2 + 47)];
      list[0] = (byte) ((list.length - 2) >> 8);
      list[1] = (byte) (list.length - 2);
      for (int i = 0; i < timestamps.length; i++) {
        int at = 2 + i * 49;
        list[at + 1] = 47; // version, id, timestamp, extensions, a signature of 0 bytes
        for (int b = 0; b < 8; b++) {
          list[at + 2 + 33 + b] = (byte) (timestamps[i] >> (8 * (7 - b)));
        }
      }
      sctList = list;
      return this;
    }

    Leaf withoutKeyId() {
      withKeyId = false;
      return this;
    }

    /** Bears this CA's names, but is signed with another's key. */
    Leaf signedBy(TestCa other) {
      signer = other.keys;
      return this;
    }

    byte[] certificate() throws Exception {
      return sign(contents(false), signer);
    }

    byte[] precertificate() throws Exception {
      return sign(contents(true), signer);
    }

    private X509v3CertificateBuilder contents(boolean poison) throws Exception {
      X509v3CertificateBuilder builder = builder(subject, newKeys(), notBefore);
      if (withKeyId) {
        builder.addExtension(
            Extension.authorityKeyIdentifier,
            false,
            new AuthorityKeyIdentifier(keyId(keys).getKeyIdentifier()));
      }
      if (!usages.isEmpty()) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(usages.toArray(new KeyPurposeId[0])));
      }
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(
                names.stream()
                    .map(name -> new GeneralName(GeneralName.dNSName, name))
                    .toArray(GeneralName[]::new)));
      }
      if (poison) {
        builder.addExtension(POISON, true, DERNull.INSTANCE);
      }
      if (sctList != null) {
        ASN1Encodable list = new DEROctetString(sctList);
        builder.addExtension(SCT_LIST, false, list);
      }
      return builder;
    }
  }

  private X509v3CertificateBuilder builder(String name, KeyPair subjectKeys, Instant from) {
    return new X509v3CertificateBuilder(
        X500Name.getInstance(new X500Principal(subject).getEncoded()),
        BigInteger.valueOf(SERIALS.incrementAndGet()),
        Date.from(from),
        Date.from(Instant.parse("2034-01-01T00:00:00Z")),
        X500Name.getInstance(new X500Principal(name).getEncoded()),
        SubjectPublicKeyInfo.getInstance(subjectKeys.getPublic().getEncoded()));
  }

  private static byte[] sign(X509v3CertificateBuilder builder, KeyPair keys) throws Exception {
    return builder
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
        .getEncoded();
  }

  private static SubjectKeyIdentifier keyId(KeyPair keys) {
    byte[] hash = Hash.sha256(keys.getPublic().getEncoded()).toBytes();
    return new SubjectKeyIdentifier(java.util.Arrays.copyOf(hash, 20));
  }

  private static KeyPair newKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  public byte[] certificate() {
    return certificate.clone();
  }

  public Hash certificateSha256() {
    return Hash.sha256(certificate);
  }

  public byte[] spki() {
    return keys.getPublic().getEncoded();
  }

  public Hash spkiSha256() {
    return Hash.sha256(spki());
  }

  public String pem() {
    return pem(certificate);
  }

  static String pem(byte[] der) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }
}

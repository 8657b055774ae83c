package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/**
 * A certification authority made up for tests. Keys and serials follow from the seed and the names,
 * signatures repeat: the same calls give the same bytes. Immutable.
 */
public final class MintedCa {
  private static final Instant NOT_BEFORE = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant NOT_AFTER = Instant.parse("2040-01-01T00:00:00Z");

  private final Seed seed;
  private final X500Name name;
  private final SigningKey key;
  private final byte[] certificate;
  private final IssuerChain chain;

  private MintedCa(
      Seed seed, X500Name name, SigningKey key, byte[] certificate, List<byte[]> above) {
    this.seed = seed;
    this.name = name;
    this.key = key;
    this.certificate = certificate;
    List<byte[]> all = new ArrayList<>();
    all.add(certificate);
    all.addAll(above);
    this.chain = IssuerChain.of(all);
  }

  /**
   * A self-signed root.
   *
   * @param name its distinguished name, such as {@code "C=XX, O=Atlantis, CN=Atlantis Root"}
   */
  public static MintedCa root(Seed seed, String name) {
    return root(seed, name, SigningKey.ecdsa(seed, "ca " + name));
  }

  static MintedCa root(Seed seed, String name, SigningKey key) {
    X500Name subject = new X500Name(name);
    byte[] certificate = certify(seed, subject, key, subject, key.spki(), "self");
    return new MintedCa(seed, subject, key, certificate, List.of());
  }

  /** A subordinate CA with its own key. */
  public MintedCa intermediate(String subjectName) {
    return intermediate(subjectName, SigningKey.ecdsa(seed, "ca " + subjectName));
  }

  MintedCa intermediate(String subjectName, SigningKey subjectKey) {
    X500Name subject = new X500Name(subjectName);
    byte[] issued = certify(seed, name, key, subject, subjectKey.spki(), toString());
    return new MintedCa(seed, subject, subjectKey, issued, chain.certificates());
  }

  /** A certificate of this CA for the key and name of another one: a cross-certificate. */
  public byte[] crossSign(MintedCa other) {
    return certify(seed, name, key, other.name, other.key.spki(), "cross by " + this);
  }

  /** The CA certificate, DER. */
  public byte[] certificate() {
    return certificate.clone();
  }

  /** This CA's certificate and those above it, root last: the chain of what it issues. */
  public IssuerChain chain() {
    return chain;
  }

  /** Who it is: SHA-256 of its DER SubjectPublicKeyInfo. */
  public Hash spkiSha256() {
    return key.spkiSha256();
  }

  /** A precertificate, really signed, as a log takes it. */
  public Submission precertificate(LeafRequest request) {
    byte[] der = leaf(request, CanonicalForm.POISON, DERNull.INSTANCE);
    return Submission.precertificate(der, CanonicalForm.of(der), spkiSha256(), chain);
  }

  /** The final certificate of the same request, with a list of two SCTs that nobody signed. */
  public Submission certificate(LeafRequest request) {
    byte[] scts = SctList.madeUp(seed, request.label(), request.notBefore());
    byte[] der = leaf(request, CanonicalForm.SCT_LIST, new DEROctetString(scts));
    return Submission.certificate(der, chain);
  }

  /** How this CA signs. */
  AlgorithmIdentifier algorithm() {
    return key.algorithm();
  }

  X500Name subject() {
    return name;
  }

  byte[] keyIdentifier() {
    return keyIdentifier(key.spki());
  }

  @Override
  public String toString() {
    return name.toString();
  }

  private byte[] leaf(LeafRequest request, ASN1ObjectIdentifier last, ASN1Encodable value) {
    String label = "leaf " + name + " " + request.label() + " " + request.names().getFirst();
    // A common name has at most 64 characters (RFC 5280, ub-common-name).
    String first = request.names().getFirst();
    X500Name subject = new X500Name(first.length() > 64 ? "" : "CN=" + first);
    SubjectPublicKeyInfo subjectKey = SigningKey.ecdsa(seed, label).spki();
    X509v3CertificateBuilder builder =
        builder(seed, name, subject, subjectKey, request.notBefore(), request.notAfter(), label);
    try {
      builder
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(
              Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyIdentifier()))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              new SubjectKeyIdentifier(keyIdentifier(subjectKey)))
          .addExtension(Extension.subjectAlternativeName, false, dnsNames(request.names()))
          .addExtension(last, last.equals(CanonicalForm.POISON), value);
    } catch (CertIOException e) {
      throw new IllegalStateException("extensions built in memory have an encoding", e);
    }
    return SigningKey.der(builder.build(key.contentSigner()).toASN1Structure());
  }

  private static byte[] certify(
      Seed seed,
      X500Name issuer,
      SigningKey issuerKey,
      X500Name subject,
      SubjectPublicKeyInfo subjectKey,
      String label) {
    X509v3CertificateBuilder builder =
        builder(seed, issuer, subject, subjectKey, NOT_BEFORE, NOT_AFTER, "ca " + subject + label);
    try {
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              new SubjectKeyIdentifier(keyIdentifier(subjectKey)))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              new AuthorityKeyIdentifier(keyIdentifier(issuerKey.spki())));
      if (!subject.equals(issuer)) {
        builder
            .addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(
                    new KeyPurposeId[] {
                      KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                    }))
            .addExtension(
                Extension.authorityInfoAccess, false, Urls.issuer("http://i.pki.invalid/root.crt"))
            .addExtension(
                Extension.cRLDistributionPoints, false, Urls.crl("http://c.pki.invalid/root.crl"))
            .addExtension(
                Extension.certificatePolicies,
                false,
                new CertificatePolicies(
                    new PolicyInformation(new ASN1ObjectIdentifier("2.23.140.1.2.1"))));
      }
    } catch (CertIOException e) {
      throw new IllegalStateException("extensions built in memory have an encoding", e);
    }
    return SigningKey.der(builder.build(issuerKey.contentSigner()).toASN1Structure());
  }

  private static X509v3CertificateBuilder builder(
      Seed seed,
      X500Name issuer,
      X500Name subject,
      SubjectPublicKeyInfo subjectKey,
      Instant notBefore,
      Instant notAfter,
      String label) {
    BigInteger serial =
        new BigInteger(1, Arrays.copyOf(seed.bytes("serial " + label), 16))
            .clearBit(127)
            .setBit(126);
    return new X509v3CertificateBuilder(
        issuer, serial, Date.from(notBefore), Date.from(notAfter), subject, subjectKey);
  }

  private static GeneralNames dnsNames(List<String> names) {
    return new GeneralNames(
        names.stream()
            .map(dns -> new GeneralName(GeneralName.dNSName, dns))
            .toArray(GeneralName[]::new));
  }

  /** RFC 5280 section 4.2.1.2, method 1: SHA-1 of the key's bits. */
  static byte[] keyIdentifier(SubjectPublicKeyInfo spki) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(spki.getPublicKeyData().getBytes());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-1", e);
    }
  }
}

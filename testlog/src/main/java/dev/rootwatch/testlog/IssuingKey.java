package dev.rootwatch.testlog;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/**
 * A name and a key that sign certificates. Serials follow from the seed and from what is certified.
 */
record IssuingKey(Seed seed, X500Name name, SigningKey key) {
  private static final Instant NOT_BEFORE = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant NOT_AFTER = Instant.parse("2040-01-01T00:00:00Z");
  private static final KeyUsage CERTIFIES = new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);

  /** RFC 6962 section 3.1: CertificateTransparency precertificate signing. */
  private static final KeyPurposeId PRECERTIFICATE_SIGNING =
      KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.4"));

  /** A root certificate when the subject is this name, else one for a subordinate CA. */
  byte[] certifyCa(X500Name subject, SubjectPublicKeyInfo subjectKey) {
    X509v3CertificateBuilder builder = caBuilder(subject, subjectKey);
    return words(subject).equals(words())
        ? sign(builder)
        : sign(
            builder,
            extension(
                Extension.extendedKeyUsage,
                new ExtendedKeyUsage(
                    new KeyPurposeId[] {
                      KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                    })),
            extension(Extension.authorityInfoAccess, Urls.issuer("http://i.pki.invalid/root.crt")),
            extension(Extension.cRLDistributionPoints, Urls.crl("http://c.pki.invalid/root.crl")),
            extension(
                Extension.certificatePolicies,
                new CertificatePolicies(
                    new PolicyInformation(new ASN1ObjectIdentifier("2.23.140.1.2.1")))));
  }

  byte[] certifyPrecertificateSigner(X500Name subject, SubjectPublicKeyInfo subjectKey) {
    return sign(
        caBuilder(subject, subjectKey),
        extension(Extension.extendedKeyUsage, new ExtendedKeyUsage(PRECERTIFICATE_SIGNING)));
  }

  /**
   * Signs a leaf.
   *
   * @param names whom it is for
   * @param last the extension that makes it a precertificate or a final certificate
   * @param owner the CA in whose name this key signs: itself, or the CA it signs precertificates
   *     for. Serial and subject key depend on the owner, not on the delegate
   */
  byte[] issue(LeafRequest request, CertifiedNames names, Extension last, IssuingKey owner) {
    String first = request.names().getFirst();
    String label = "leaf " + owner.words() + " " + request.label() + " " + first;
    SubjectPublicKeyInfo subjectKey = SigningKey.ecdsa(seed, label).spki();
    return sign(
        builder(names.subject(), subjectKey, request.notBefore(), request.notAfter(), label),
        critical(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature)),
        extension(Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)),
        critical(Extension.basicConstraints, new BasicConstraints(false)),
        extension(Extension.authorityKeyIdentifier, new AuthorityKeyIdentifier(identifier())),
        extension(Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(identifier(subjectKey))),
        extension(Extension.subjectAlternativeName, names.alternative()),
        last);
  }

  /** Its name, or the bytes of one that no text can be made of. */
  String words() {
    return words(name);
  }

  private static String words(X500Name name) {
    try {
      return name.toString();
    } catch (IllegalArgumentException noText) {
      return HexFormat.of().formatHex(SigningKey.der(name));
    }
  }

  /** The subject key identifier of its own certificate. */
  byte[] identifier() {
    return identifier(key.spki());
  }

  private X509v3CertificateBuilder caBuilder(X500Name subject, SubjectPublicKeyInfo subjectKey) {
    String label = "ca " + words(subject) + " by " + words();
    X509v3CertificateBuilder builder = builder(subject, subjectKey, NOT_BEFORE, NOT_AFTER, label);
    add(builder, critical(Extension.basicConstraints, new BasicConstraints(true)));
    add(builder, critical(Extension.keyUsage, CERTIFIES));
    add(
        builder,
        extension(
            Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(identifier(subjectKey))));
    add(
        builder,
        extension(Extension.authorityKeyIdentifier, new AuthorityKeyIdentifier(identifier())));
    return builder;
  }

  private X509v3CertificateBuilder builder(
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
        name, serial, Date.from(notBefore), Date.from(notAfter), subject, subjectKey);
  }

  private byte[] sign(X509v3CertificateBuilder builder, Extension... extensions) {
    for (Extension extension : extensions) {
      add(builder, extension);
    }
    return SigningKey.der(builder.build(key.contentSigner()).toASN1Structure());
  }

  private static void add(X509v3CertificateBuilder builder, Extension extension) {
    try {
      builder.addExtension(extension);
    } catch (CertIOException e) {
      throw new IllegalStateException("extensions built in memory have an encoding", e);
    }
  }

  private static Extension extension(ASN1ObjectIdentifier id, ASN1Object value) {
    return new Extension(id, false, SigningKey.der(value));
  }

  private static Extension critical(ASN1ObjectIdentifier id, ASN1Object value) {
    return new Extension(id, true, SigningKey.der(value));
  }

  /** RFC 5280 section 4.2.1.2, method 1: SHA-1 of the key's bits. */
  private static byte[] identifier(SubjectPublicKeyInfo spki) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(spki.getPublicKeyData().getBytes());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-1", e);
    }
  }
}

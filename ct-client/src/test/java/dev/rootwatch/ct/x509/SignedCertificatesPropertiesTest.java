package dev.rootwatch.ct.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERNumericString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERUniversalString;
import org.bouncycastle.asn1.DERVisibleString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Certificates that Bouncy Castle makes and signs with every kind of key that is or will be in use,
 * with arbitrary fields: the scanner reads what Bouncy Castle wrote, and a precertificate is its
 * certificate once both are canonical.
 */
class SignedCertificatesPropertiesTest {
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
  private static final Map<Kind, KeyPair> KEYS = keys();
  private static final List<ASN1ObjectIdentifier> TYPES =
      List.of(
          BCStyle.CN,
          BCStyle.O,
          BCStyle.OU,
          BCStyle.C,
          BCStyle.DC,
          BCStyle.SERIALNUMBER,
          new ASN1ObjectIdentifier("2.5.4.97"));

  private final CertificateScanner scanner = new CertificateScanner();
  private final ScannerInvariants invariants = new ScannerInvariants();

  /** Kinds of keys and what they sign with. */
  enum Kind {
    P256("EC", "secp256r1", "SHA256withECDSA"),
    P384("EC", "secp384r1", "SHA384withECDSA"),
    P521("EC", "secp521r1", "SHA512withECDSA"),
    ED25519("Ed25519", null, "Ed25519"),
    ED448("Ed448", null, "Ed448"),
    RSA("RSA", null, "SHA256withRSA"),
    RSA_SHA1("RSA", null, "SHA1withRSA"),
    RSA_PSS("RSA", null, "SHA256withRSAandMGF1"),
    ML_DSA_44("ML-DSA-44", null, "ML-DSA-44"),
    ML_DSA_65("ML-DSA-65", null, "ML-DSA-65"),
    ML_DSA_87("ML-DSA-87", null, "ML-DSA-87");

    private final String generator;
    private final String curve;
    private final String signature;

    Kind(String generator, @org.jspecify.annotations.Nullable String curve, String signature) {
      this.generator = generator;
      this.curve = curve == null ? "" : curve;
      this.signature = signature;
    }

    KeyPair newPair() throws GeneralSecurityException {
      KeyPairGenerator keys = KeyPairGenerator.getInstance(generator, PROVIDER);
      if (!curve.isEmpty()) {
        keys.initialize(new ECGenParameterSpec(curve), new SecureRandom());
      } else if (generator.equals("RSA")) {
        keys.initialize(2048);
      }
      return keys.generateKeyPair();
    }
  }

  private static Map<Kind, KeyPair> keys() {
    Map<Kind, KeyPair> keys = new EnumMap<>(Kind.class);
    try {
      for (Kind kind : Kind.values()) {
        keys.put(kind, kind.newPair());
      }
    } catch (GeneralSecurityException e) {
      throw new ExceptionInInitializerError(e);
    }
    return keys;
  }

  private static KeyPair pair(Kind kind) {
    return Objects.requireNonNull(KEYS.get(kind));
  }

  @Property(tries = 60)
  void scan_signedByAnyKind_asBouncyCastleReadsIt(@ForAll Kind kind, @ForAll long seed)
      throws Exception {
    X509CertificateHolder certificate = signed(kind, seed, builder -> {});
    byte[] der = certificate.getEncoded();

    assertThat(scanner.scanCertificate(der, 0, der.length)).as(scanner.error()).isTrue();
    assertThat(scanner.damaged()).isEmpty();
    assertThat(Referee.ofDer(der).orElseThrow().differences(scanner, der)).isEmpty();
    assertThat(slice(der, scanner.tbsOffset(), scanner.tbsLength()))
        .isEqualTo(certificate.toASN1Structure().getTBSCertificate().getEncoded());
    assertThat(slice(der, scanner.spkiOffset(), scanner.spkiLength()))
        .isEqualTo(pair(kind).getPublic().getEncoded());
    assertThat(slice(der, scanner.signatureAlgorithmOffset(), scanner.signatureAlgorithmLength()))
        .isEqualTo(certificate.getSignatureAlgorithm().getEncoded());
    byte[] signature = slice(der, scanner.signatureOffset(), scanner.signatureLength());
    assertThat(signature).endsWith(certificate.getSignature());
    invariants.hold(der);
  }

  /** RFC 6962 section 3.1: the poison goes, the SCT list comes, nothing else changes. */
  @Property(tries = 60)
  void canonicalTbs_precertificateAndCertificate_areOne(@ForAll Kind kind, @ForAll long seed)
      throws Exception {
    byte[] precertificate =
        signed(kind, seed, builder -> add(builder, Minted.POISON, true, DERNull.INSTANCE))
            .getEncoded();
    byte[] certificate =
        signed(
                kind,
                seed,
                builder -> add(builder, Minted.SCT_LIST, false, new DEROctetString(new byte[241])))
            .getEncoded();
    byte[] logged =
        signed(kind, seed, builder -> {}).toASN1Structure().getTBSCertificate().getEncoded();

    assertThat(CanonicalTbs.ofCertificate(precertificate, 0, precertificate.length))
        .hasValue(logged);
    assertThat(CanonicalTbs.ofCertificate(certificate, 0, certificate.length)).hasValue(logged);
    assertThat(CanonicalTbs.ofTbs(logged, 0, logged.length)).hasValue(logged);
  }

  /** What is done to a certificate after everything else. */
  private interface Last {
    void change(X509v3CertificateBuilder builder);
  }

  private static X509CertificateHolder signed(Kind kind, long seed, Last last)
      throws OperatorCreationException {
    Random random = new Random(seed);
    KeyPair pair = pair(kind);
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            name(random, 1 + random.nextInt(4)),
            new BigInteger(1 + random.nextInt(160), random).negate().add(BigInteger.TEN),
            new Time(date(random, 1950)),
            new Time(date(random, 2049)),
            name(random, random.nextInt(5)),
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    extensions(random, builder);
    last.change(builder);
    ContentSigner signer =
        new JcaContentSignerBuilder(kind.signature).setProvider(PROVIDER).build(pair.getPrivate());
    return builder.build(signer);
  }

  /** Up to 50 years from there on: UTCTime and GeneralizedTime, and the edges between them. */
  @SuppressWarnings("JavaUtilDate") // Bouncy Castle speaks it
  private static Date date(Random random, int year) {
    Instant from = Instant.parse(year + "-01-01T00:00:00Z");
    long seconds = random.nextInt(8) == 0 ? 0 : random.nextInt(Integer.MAX_VALUE) % 1_577_000_000L;
    return Date.from(from.plusSeconds(seconds));
  }

  private static void extensions(Random random, X509v3CertificateBuilder builder) {
    if (random.nextBoolean()) {
      add(builder, Minted.BASIC_CONSTRAINTS, true, new BasicConstraints(random.nextBoolean()));
    }
    if (random.nextBoolean()) {
      add(builder, Minted.AKI, false, new AuthorityKeyIdentifier(bytes(random, 40)));
    }
    if (random.nextBoolean()) {
      add(builder, Minted.SKI, false, new SubjectKeyIdentifier(bytes(random, 40)));
    }
    int names = random.nextInt(5) == 0 ? random.nextInt(1000) : random.nextInt(6);
    if (names > 0) {
      GeneralName[] all = new GeneralName[names];
      Arrays.setAll(all, i -> generalName(random, i));
      add(builder, Minted.SAN, random.nextBoolean(), new GeneralNames(all));
    }
    for (int i = random.nextInt(40); i > 0; i--) {
      String oid = "1.3.6.1.4.1.55555.1." + i;
      add(builder, oid, false, new DEROctetString(bytes(random, 300)));
    }
  }

  private static void add(
      X509v3CertificateBuilder builder, String oid, boolean critical, ASN1Encodable value) {
    try {
      builder.addExtension(
          new Extension(new ASN1ObjectIdentifier(oid), critical, Minted.der(value)));
    } catch (CertIOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GeneralName generalName(Random random, int i) {
    return switch (random.nextInt(6)) {
      case 0 -> new GeneralName(GeneralName.rfc822Name, "user" + i + "@example.com");
      case 1 -> new GeneralName(GeneralName.iPAddress, "2001:db8::" + Integer.toHexString(i));
      case 2 -> new GeneralName(GeneralName.uniformResourceIdentifier, "https://example.com/" + i);
      case 3 -> new GeneralName(name(random, 2));
      default -> new GeneralName(GeneralName.dNSName, text(random, 0x80));
    };
  }

  private static X500Name name(Random random, int parts) {
    List<RDN> rdns = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      AttributeTypeAndValue[] attributes = new AttributeTypeAndValue[1 + random.nextInt(2)];
      Arrays.setAll(
          attributes,
          k -> new AttributeTypeAndValue(TYPES.get(random.nextInt(TYPES.size())), string(random)));
      rdns.add(new RDN(attributes));
    }
    return new X500Name(rdns.toArray(RDN[]::new));
  }

  private static ASN1Encodable string(Random random) {
    String ascii = text(random, 0x80);
    return switch (random.nextInt(8)) {
      case 0 -> new DERUTF8String(text(random, 0xd800));
      case 1 -> new DERBMPString(text(random, 0xd800));
      case 2 -> new DERIA5String(ascii);
      case 3 -> new DERT61String(ascii);
      case 4 -> new DERVisibleString(ascii);
      case 5 -> new DERNumericString(Long.toString(random.nextLong(1_000_000)));
      case 6 -> new DERUniversalString(new byte[4 * random.nextInt(10)]);
      default -> new DERPrintableString(ascii);
    };
  }

  private static String text(Random random, int characters) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      text.append((char) random.nextInt(characters));
    }
    return text.toString();
  }

  private static byte[] bytes(Random random, int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] slice(byte[] der, int offset, int length) {
    return Arrays.copyOfRange(der, offset, offset + length);
  }
}

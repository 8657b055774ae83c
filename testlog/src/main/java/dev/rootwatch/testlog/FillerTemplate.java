package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.SplittableRandom;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A certificate with holes. One is built with Bouncy Castle from placeholders that stand nowhere
 * else in the bytes; every further one is a copy with the placeholders written over: serial, dates,
 * key, key identifier, host name, signature, SCTs. That makes hundreds of thousands a second.
 */
final class FillerTemplate {
  private static final byte[] SERIAL = marker(16, 0x51, 7);
  private static final byte[] KEY_ID = marker(20, 0x61, 13);
  private static final byte[] MODULUS = marker(256, 0x91, 11);
  private static final byte[] SIGNATURE = marker(64, 0x41, 17);
  private static final byte[] RSA_SIGNATURE = marker(256, 0x22, 37);
  private static final byte[] SCT_TIME = marker(8, 0x21, 29);
  private static final List<byte[]> SCT_SIGNATURES =
      List.of(marker(64, 0x51, 19), marker(64, 0x61, 23));
  private static final Instant NOT_BEFORE = Instant.parse("2031-03-05T07:09:11Z");
  private static final Instant NOT_AFTER = Instant.parse("2037-02-04T06:08:10Z");
  private static final String[] TOP_LEVELS = {"com", "net", "org", "de", "io", "co.uk", "com.br"};
  private static final String[] HOSTS = {
    "www", "mail", "api", "cdn", "autodiscover", "webmail", "cpanel", "shop", "staging", "m"
  };
  private static final int[] VALID_DAYS = {47, 90, 90, 100, 198};

  /** Shortest name: nobody's watched name ("example", "watched") can come out by chance. */
  private static final int SHORTEST_LABEL = 9;

  private final Shape precertificate;
  private final Shape tbs;
  private final Shape certificate;
  private final FillerKeys keys;
  private final boolean rsaKey;
  private final int labelLength;
  private final int validDays;
  private final Hash issuerKeyHash;
  private final IssuerChain chain;

  private FillerTemplate(
      OrdinaryAuthorities.Issuer issuer, FillerKeys keys, SplittableRandom random) {
    this.keys = keys;
    this.rsaKey = random.nextInt(100) < issuer.rsaLeaves();
    this.labelLength = SHORTEST_LABEL + random.nextInt(12);
    this.validDays = VALID_DAYS[random.nextInt(VALID_DAYS.length)];
    this.issuerKeyHash = issuer.ca().spkiSha256();
    this.chain = issuer.ca().chain();
    String domain =
        placeholderLabel(labelLength) + "." + TOP_LEVELS[random.nextInt(TOP_LEVELS.length)];
    TemplateBuilder builder =
        new TemplateBuilder(issuer, rsaKey ? rsaSample() : keys.sample().spki(), domain, random);
    byte[] withPoison = builder.build(CanonicalForm.POISON, DERNull.INSTANCE);
    this.precertificate = new Shape(withPoison);
    this.tbs = new Shape(CanonicalForm.of(withPoison));
    this.certificate =
        new Shape(builder.build(CanonicalForm.SCT_LIST, new DEROctetString(sctSample())));
  }

  static FillerTemplate of(
      OrdinaryAuthorities.Issuer issuer, FillerKeys keys, SplittableRandom random) {
    return new FillerTemplate(issuer, keys, random);
  }

  Submission precertificate(SplittableRandom random, long timestamp) {
    Patch patch = new Patch(random, timestamp);
    return Submission.precertificate(
        precertificate.with(patch), tbs.with(patch), issuerKeyHash, chain);
  }

  Submission certificate(SplittableRandom random, long timestamp) {
    return Submission.certificate(certificate.with(new Patch(random, timestamp)), chain);
  }

  /** What goes into the holes of one certificate. */
  private final class Patch {
    private final byte[] serial = new byte[16];
    private final byte[] notBefore;
    private final byte[] notAfter;
    private final byte[] publicKey;
    private final byte[] keyId = new byte[20];
    private final byte[] label = new byte[labelLength];
    private final byte[] signature = new byte[256];
    private final byte[] sctTime;

    Patch(SplittableRandom random, long timestamp) {
      random.nextBytes(serial);
      serial[0] = (byte) ((serial[0] & 0x3f) | 0x40);
      long begin = timestamp / 1000 - Duration.ofHours(1).toSeconds();
      long end = begin + Duration.ofDays(validDays).toSeconds() - 1;
      notBefore = UtcTime.of(begin);
      notAfter = UtcTime.of(end);
      if (rsaKey) {
        publicKey = new byte[256];
        random.nextBytes(publicKey);
        publicKey[0] |= (byte) 0x80;
        publicKey[255] |= 1;
      } else {
        publicKey = keys.point(random);
      }
      random.nextBytes(keyId);
      FillerNames.write(label, random);
      random.nextBytes(signature);
      sctTime = new Bytes(8).uint64(timestamp - 1000).toArray();
    }
  }

  /** One encoding and where its holes are. */
  private final class Shape {
    private final byte[] sample;
    private final int[] serials;
    private final int[] notBefores;
    private final int[] notAfters;
    private final int[] publicKeys;
    private final int[] keyIds;
    private final int[] labels;
    private final int[] signatures;
    private final int[] rsaSignatures;
    private final int[] sctTimes;
    private final List<int[]> sctSignatures;

    Shape(byte[] sample) {
      this.sample = sample;
      this.serials = holes(SERIAL);
      this.notBefores = holes(UtcTime.of(NOT_BEFORE.getEpochSecond()));
      this.notAfters = holes(UtcTime.of(NOT_AFTER.getEpochSecond()));
      this.publicKeys =
          holes(rsaKey ? MODULUS : keys.sample().spki().getPublicKeyData().getBytes());
      this.keyIds = holes(KEY_ID);
      this.labels = holes(placeholderLabel(labelLength).getBytes(StandardCharsets.US_ASCII));
      this.signatures = holes(Arrays.copyOf(SIGNATURE, 32));
      this.rsaSignatures = holes(RSA_SIGNATURE);
      this.sctTimes = holes(SCT_TIME);
      this.sctSignatures = SCT_SIGNATURES.stream().map(s -> holes(Arrays.copyOf(s, 32))).toList();
      if (serials.length != 1
          || notBefores.length != 1
          || notAfters.length != 1
          || publicKeys.length != 1
          || keyIds.length != 1
          || labels.length == 0) {
        throw new IllegalStateException("a placeholder is missing or ambiguous in a template");
      }
    }

    byte[] with(Patch patch) {
      byte[] bytes = sample.clone();
      fill(bytes, serials, patch.serial);
      fill(bytes, notBefores, patch.notBefore);
      fill(bytes, notAfters, patch.notAfter);
      fill(bytes, publicKeys, patch.publicKey);
      fill(bytes, keyIds, patch.keyId);
      fill(bytes, labels, patch.label);
      for (int at : signatures) {
        writeSignature(bytes, at, patch.signature, 0);
      }
      fill(bytes, rsaSignatures, patch.signature);
      fill(bytes, sctTimes, patch.sctTime);
      for (int i = 0; i < sctSignatures.size(); i++) {
        for (int at : sctSignatures.get(i)) {
          writeSignature(bytes, at, patch.signature, i + 1);
        }
      }
      return bytes;
    }

    private int[] holes(byte[] marker) {
      List<Integer> found = new ArrayList<>();
      for (int at = 0; at + marker.length <= sample.length; at++) {
        if (Arrays.equals(sample, at, at + marker.length, marker, 0, marker.length)) {
          found.add(at);
        }
      }
      return found.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  private static void fill(byte[] bytes, int[] holes, byte[] value) {
    for (int at : holes) {
      System.arraycopy(value, 0, bytes, at, value.length);
    }
  }

  /** r at {@code at}, s two bytes after it; both stay positive and of full length. */
  private static void writeSignature(byte[] bytes, int at, byte[] random, int variant) {
    for (int i = 0; i < 32; i++) {
      bytes[at + i] = (byte) (random[i] + variant * 59);
      bytes[at + 34 + i] = (byte) (random[32 + i] + variant * 83);
    }
    bytes[at] = (byte) ((bytes[at] & 0x3f) | 0x40);
    bytes[at + 34] = (byte) ((bytes[at + 34] & 0x3f) | 0x40);
  }

  private static byte[] sctSample() {
    Bytes list = new Bytes(256);
    for (int i = 0; i < SCT_SIGNATURES.size(); i++) {
      byte[] log = marker(32, 0xb1, 31 + 6 * i);
      byte[] sct = SctList.one(log, 0, SctList.ecdsaShaped(SCT_SIGNATURES.get(i)));
      System.arraycopy(SCT_TIME, 0, sct, 33, SCT_TIME.length);
      list.opaque16(sct);
    }
    return new Bytes(list.length() + 2).opaque16(list.toArray()).toArray();
  }

  private static SubjectPublicKeyInfo rsaSample() {
    var key = new RSAPublicKey(new BigInteger(1, MODULUS), BigInteger.valueOf(65537));
    try {
      return new SubjectPublicKeyInfo(
          new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE), key);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String placeholderLabel(int length) {
    return "q0j1x2z3v4w5k6y7u8p9q0j1x2z3".substring(0, length);
  }

  /** A progression with a step of its own, so that no marker lies inside another one. */
  private static byte[] marker(int length, int start, int step) {
    byte[] marker = new byte[length];
    for (int i = 0; i < length; i++) {
      marker[i] = (byte) (start + i * step);
    }
    return marker;
  }

  /** Builds the sample of one template. */
  private static final class TemplateBuilder {

    private final OrdinaryAuthorities.Issuer issuer;
    private final SubjectPublicKeyInfo subjectKey;
    private final String domain;
    private final GeneralNames names;
    private final boolean emptySubject;

    TemplateBuilder(
        OrdinaryAuthorities.Issuer issuer,
        SubjectPublicKeyInfo subjectKey,
        String domain,
        SplittableRandom random) {
      this.issuer = issuer;
      this.subjectKey = subjectKey;
      this.domain = domain;
      this.emptySubject = issuer.organization() == null && random.nextInt(5) == 0;
      List<GeneralName> dns = new ArrayList<>();
      dns.add(new GeneralName(GeneralName.dNSName, domain));
      int more = random.nextInt(3) == 0 ? 2 + random.nextInt(HOSTS.length - 2) : 1;
      for (int i = 0; i < more; i++) {
        dns.add(new GeneralName(GeneralName.dNSName, HOSTS[i] + "." + domain));
      }
      this.names = new GeneralNames(dns.toArray(GeneralName[]::new));
    }

    byte[] build(ASN1ObjectIdentifier last, ASN1Encodable value) {
      try {
        return assemble(last, value);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private byte[] assemble(ASN1ObjectIdentifier last, ASN1Encodable value)
        throws java.io.IOException {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      extensions.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      extensions.addExtension(
          Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(KEY_ID));
      extensions.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new AuthorityKeyIdentifier(issuer.ca().keyIdentifier()));
      extensions.addExtension(
          Extension.authorityInfoAccess,
          false,
          Urls.responderAndIssuer(
              "http://ocsp." + issuer.host(), "http://" + issuer.host() + "/ca.crt"));
      extensions.addExtension(Extension.subjectAlternativeName, emptySubject, names);
      extensions.addExtension(Extension.certificatePolicies, false, policies());
      extensions.addExtension(
          Extension.cRLDistributionPoints,
          false,
          Urls.crl("http://c." + issuer.host() + "/71.crl"));
      extensions.addExtension(last, last.equals(CanonicalForm.POISON), value);

      V3TBSCertificateGenerator tbs = new V3TBSCertificateGenerator();
      tbs.setSerialNumber(new org.bouncycastle.asn1.ASN1Integer(new BigInteger(1, SERIAL)));
      tbs.setSignature(issuer.ca().algorithm());
      tbs.setIssuer(issuer.ca().subject());
      tbs.setStartDate(new Time(Date.from(NOT_BEFORE)));
      tbs.setEndDate(new Time(Date.from(NOT_AFTER)));
      tbs.setSubject(subject());
      tbs.setSubjectPublicKeyInfo(subjectKey);
      tbs.setExtensions(extensions.generate());
      TBSCertificate body = tbs.generateTBSCertificate();
      ASN1EncodableVector certificate = new ASN1EncodableVector();
      certificate.add(body);
      certificate.add(issuer.ca().algorithm());
      certificate.add(new DERBitString(ecdsa() ? SctList.ecdsaShaped(SIGNATURE) : RSA_SIGNATURE));
      return SigningKey.der(new DERSequence(certificate));
    }

    private boolean ecdsa() {
      return issuer.ca().algorithm().getAlgorithm().equals(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    private X500Name subject() {
      if (emptySubject) {
        return new X500Name("");
      }
      String organization = issuer.organization();
      return new X500Name(
          organization == null
              ? "CN=" + domain
              : "C=US, ST=Washington, L=Seattle, O=" + organization + ", CN=" + domain);
    }

    private CertificatePolicies policies() {
      String validated = issuer.organization() == null ? "2.23.140.1.2.1" : "2.23.140.1.2.2";
      return new CertificatePolicies(new PolicyInformation(new ASN1ObjectIdentifier(validated)));
    }
  }
}

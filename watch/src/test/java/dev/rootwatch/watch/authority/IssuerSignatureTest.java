package dev.rootwatch.watch.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.watch.authority.IssuerSignature.Result;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuerSignatureTest {
  private final IssuerSignature signatures = new IssuerSignature();

  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, SHA256withRSA",
    "RSA, 1024, SHA1withRSA",
    "RSA, 1024, MD5withRSA",
    "RSA, 512,  SHA1withRSA",
    "RSA, 1024, SHA512withRSA",
    "RSA, 1024, SHA256withRSAandMGF1",
    "RSA, 1024, SHA384withRSAandMGF1",
    "EC,  secp256r1, SHA256withECDSA",
    "EC,  secp384r1, SHA384withECDSA",
    "EC,  secp256r1, SHA1withECDSA",
    "EC,  brainpoolP256r1, SHA256withECDSA",
    "EC,  secp256k1, SHA256withECDSA",
    "Ed25519, '', Ed25519",
    "DSA, 1024, SHA1withDSA",
  })
  void check_algorithmOfRealCas_decides(String keyAlgorithm, String parameter, String algorithm)
      throws Exception {
    KeyPair issuer = keys(keyAlgorithm, parameter);
    KeyPair other = keys(keyAlgorithm, parameter);
    byte[] certificate = certificate(issuer, algorithm);

    assertThat(signatures.check(certificate, issuer.getPublic().getEncoded()))
        .isEqualTo(Result.VALID);
    assertThat(signatures.check(certificate, other.getPublic().getEncoded()))
        .isEqualTo(Result.INVALID);

    byte[] changed = certificate.clone();
    changed[certificate.length / 3] ^= 1;
    assertThat(signatures.check(changed, issuer.getPublic().getEncoded()))
        .isNotEqualTo(Result.VALID);
  }

  @Test
  void check_keyOfAnotherKind_isInvalid() throws Exception {
    byte[] certificate = certificate(keys("EC", "secp256r1"), "SHA256withECDSA");
    assertThat(signatures.check(certificate, keys("RSA", "2048").getPublic().getEncoded()))
        .isEqualTo(Result.INVALID);
    assertThat(signatures.check(certificate, keys("EC", "secp384r1").getPublic().getEncoded()))
        .isEqualTo(Result.INVALID);
  }

  @Test
  void check_keyNotAtHand_isUnchecked() throws Exception {
    byte[] certificate = certificate(keys("EC", "secp256r1"), "SHA256withECDSA");
    assertThat(signatures.check(certificate, null)).isEqualTo(Result.UNCHECKED);
  }

  @Test
  void check_junk_isInvalid() throws Exception {
    byte[] spki = keys("EC", "secp256r1").getPublic().getEncoded();
    assertThat(signatures.check(new byte[] {0x30, 0x03, 1, 2, 3}, spki)).isEqualTo(Result.INVALID);
    byte[] certificate = certificate(keys("EC", "secp256r1"), "SHA256withECDSA");
    assertThat(signatures.check(certificate, new byte[] {1, 2, 3})).isEqualTo(Result.INVALID);
  }

  private static KeyPair keys(String algorithm, String parameter) throws Exception {
    // Bouncy Castle makes the keys: the platform refuses some of those that real CAs had.
    // The platform has DSA parameters ready, which take long to make.
    KeyPairGenerator generator =
        algorithm.equals("DSA")
            ? KeyPairGenerator.getInstance(algorithm)
            : KeyPairGenerator.getInstance(algorithm, new BouncyCastleProvider());
    if (algorithm.equals("EC")) {
      generator.initialize(new ECGenParameterSpec(parameter));
    } else if (!parameter.isEmpty()) {
      generator.initialize(Integer.parseInt(parameter));
    }
    return generator.generateKeyPair();
  }

  private static byte[] certificate(KeyPair issuer, String algorithm) throws Exception {
    return new X509v3CertificateBuilder(
            new X500Name("CN=issuer"),
            BigInteger.TEN,
            Date.from(Instant.parse("2020-01-01T00:00:00Z")),
            Date.from(Instant.parse("2030-01-01T00:00:00Z")),
            new X500Name("CN=subject"),
            SubjectPublicKeyInfo.getInstance(issuer.getPublic().getEncoded()))
        .build(
            new JcaContentSignerBuilder(algorithm)
                .setProvider(new BouncyCastleProvider())
                .build(issuer.getPrivate()))
        .getEncoded();
  }
}

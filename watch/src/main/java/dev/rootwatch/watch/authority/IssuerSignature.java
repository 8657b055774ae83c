package dev.rootwatch.watch.authority;

import dev.rootwatch.ct.x509.CertificateScanner;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a certificate's signature was made with a key (RFC 5280 section 4.1.1.3). Asked
 * only about matches, so clarity goes before speed.
 *
 * <p>The platform's own cryptography is asked first, then Bouncy Castle, which reads keys and
 * signatures that the platform refuses: odd curves, short keys, sloppy encodings. Old algorithms
 * (MD5, SHA-1) count on purpose: the question is who signed, not whether it is safe to trust.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class IssuerSignature {
  /** What is known of a signature. */
  public enum Result {
    /** It verifies under the key. */
    VALID,
    /** It does not verify under the key, or cannot be read. */
    INVALID,
    /** The key is not at hand, or its algorithm is not known here, or it would take too long. */
    UNCHECKED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Made when first needed: a provider is large, and most examiners never see a match. */
  private static final class SecondOpinion {
    static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
  }

  /** Bytes of the largest key that is tried; ML-DSA-87 has 2.6 kB, RSA with 16,384 bits 2.1 kB. */
  private static final int MAX_KEY = 4096;

  /** DSA with 3,072 bits has 1.25 kB. */
  private static final int MAX_DSA_KEY = 1300;

  private static final int MAX_EXPONENT_BITS = 64;

  /** As the platform has it. */
  private static final int MAX_MODULUS_BITS_WITH_ANY_EXPONENT = 3072;

  private static final String ANY_MODULUS = "org.bouncycastle.rsa.allow_unsafe_mod";

  private final CertificateScanner scanner = new CertificateScanner();

  /**
   * Whether {@code certificate} carries the signature of the key {@code issuerSpki}.
   *
   * @param certificate a DER certificate or precertificate
   * @param issuerSpki a DER SubjectPublicKeyInfo; null when the key is not at hand
   */
  public Result check(byte[] certificate, byte @Nullable [] issuerSpki) {
    if (issuerSpki == null) {
      return Result.UNCHECKED;
    }
    if (!scanner.scanCertificate(certificate, 0, certificate.length)
        || scanner.signatureAlgorithmOffset() < 0
        || scanner.signatureOffset() < 0) {
      return Result.INVALID;
    }
    return check(
        slice(certificate, scanner.tbsOffset(), scanner.tbsLength()),
        slice(certificate, scanner.signatureAlgorithmOffset(), scanner.signatureAlgorithmLength()),
        slice(certificate, scanner.signatureOffset(), scanner.signatureLength()),
        issuerSpki);
  }

  /**
   * Whether {@code signature} is the key's over {@code tbs}.
   *
   * @param algorithm the DER AlgorithmIdentifier that the certificate names
   */
  Result check(byte[] tbs, byte[] algorithm, byte[] signature, byte[] issuerSpki) {
    AlgorithmIdentifier identifier;
    SubjectPublicKeyInfo key;
    try {
      identifier = AlgorithmIdentifier.getInstance(algorithm);
      key = SubjectPublicKeyInfo.getInstance(issuerSpki);
    } catch (IllegalArgumentException | IllegalStateException unreadable) {
      return Result.INVALID;
    }
    if (!isAffordable(key, issuerSpki.length)) {
      return Result.UNCHECKED;
    }
    Result platform = platform(tbs, identifier, signature, issuerSpki, key);
    if (platform == Result.VALID) {
      return platform;
    }
    Result second = bouncyCastle(tbs, identifier, signature, issuerSpki, key);
    return second == Result.UNCHECKED ? platform : second;
  }

  /**
   * Whether the key is one whose use takes milliseconds. Keys come out of chains that strangers
   * wrote: a modulus and an exponent of 16,384 bits each take seconds.
   */
  private static boolean isAffordable(SubjectPublicKeyInfo key, int length) {
    ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
    if (algorithm.equals(X9ObjectIdentifiers.id_dsa)) {
      return length <= MAX_DSA_KEY;
    }
    if (length > MAX_KEY) {
      return false;
    }
    if (!algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
        && !algorithm.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
      return true;
    }
    try {
      RSAPublicKey rsa = RSAPublicKey.getInstance(key.parsePublicKey());
      return rsa.getPublicExponent().bitLength() <= MAX_EXPONENT_BITS
          || rsa.getModulus().bitLength() <= MAX_MODULUS_BITS_WITH_ANY_EXPONENT;
    } catch (IOException | IllegalArgumentException | IllegalStateException unreadable) {
      return true; // and soon refused
    }
  }

  private static Result platform(
      byte[] tbs,
      AlgorithmIdentifier algorithm,
      byte[] signature,
      byte[] spki,
      SubjectPublicKeyInfo key) {
    try {
      PublicKey publicKey =
          KeyFactory.getInstance(keyAlgorithm(key)).generatePublic(new X509EncodedKeySpec(spki));
      Signature verifier = Signature.getInstance(algorithm.getAlgorithm().getId());
      return verify(verifier, publicKey, algorithm, tbs, signature);
    } catch (GeneralSecurityException | RuntimeException notHere) {
      // Providers answer odd keys with unchecked exceptions, too; the second opinion decides.
      return Result.UNCHECKED;
    }
  }

  private static Result bouncyCastle(
      byte[] tbs,
      AlgorithmIdentifier algorithm,
      byte[] signature,
      byte[] spki,
      SubjectPublicKeyInfo key) {
    // Else it looks for a long time whether the modulus is a prime, which is not the question here.
    Properties.setThreadOverride(ANY_MODULUS, true);
    try {
      PublicKey publicKey =
          KeyFactory.getInstance(keyAlgorithm(key), SecondOpinion.BOUNCY_CASTLE)
              .generatePublic(new X509EncodedKeySpec(spki));
      Signature verifier =
          Signature.getInstance(algorithm.getAlgorithm().getId(), SecondOpinion.BOUNCY_CASTLE);
      return verify(verifier, publicKey, algorithm, tbs, signature);
    } catch (InvalidKeyException otherKindOfKey) {
      return Result.INVALID; // an RSA key made no ECDSA signature
    } catch (GeneralSecurityException | RuntimeException notHere) {
      return Result.UNCHECKED;
    } finally {
      Properties.removeThreadOverride(ANY_MODULUS);
    }
  }

  private static String keyAlgorithm(SubjectPublicKeyInfo key) {
    return key.getAlgorithm().getAlgorithm().getId();
  }

  private static Result verify(
      Signature verifier,
      PublicKey key,
      AlgorithmIdentifier algorithm,
      byte[] tbs,
      byte[] signature)
      throws GeneralSecurityException {
    if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
      verifier.setParameter(pssParameters(algorithm));
    }
    verifier.initVerify(key);
    verifier.update(tbs);
    try {
      return verifier.verify(signature) ? Result.VALID : Result.INVALID;
    } catch (SignatureException malformed) {
      return Result.INVALID;
    }
  }

  /** RSASSA-PSS carries its hash, mask and salt length in the parameters (RFC 4055 section 3.1). */
  private static PSSParameterSpec pssParameters(AlgorithmIdentifier algorithm)
      throws GeneralSecurityException {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
      parameters.init(algorithm.getParameters().toASN1Primitive().getEncoded());
      return parameters.getParameterSpec(PSSParameterSpec.class);
    } catch (IOException e) {
      throw new GeneralSecurityException("unreadable RSASSA-PSS parameters", e);
    }
  }

  private static byte[] slice(byte[] bytes, int offset, int length) {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }
}

package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.operator.ContentSigner;

/**
 * A private key that follows from a {@link Seed}, and whose signatures repeat: ECDSA over P-256
 * with the nonce of RFC 6979, or RSA PKCS#1 v1.5, both with SHA-256. For tests only: whoever knows
 * the seed has the key.
 */
final class SigningKey {
  private static final ECDomainParameters P256 =
      new ECNamedDomainParameters(
          SECObjectIdentifiers.secp256r1, CustomNamedCurves.getByName("secp256r1"));
  private static final BigInteger RSA_EXPONENT = BigInteger.valueOf(65537);
  private static final AlgorithmIdentifier ECDSA_WITH_SHA256 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  private static final AlgorithmIdentifier RSA_WITH_SHA256 =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);

  private final AlgorithmIdentifier algorithm;
  private final SubjectPublicKeyInfo spki;
  private final Signer signer;

  @FunctionalInterface
  private interface Signer {
    byte[] sign(byte[] message);
  }

  private SigningKey(AlgorithmIdentifier algorithm, SubjectPublicKeyInfo spki, Signer signer) {
    this.algorithm = algorithm;
    this.spki = spki;
    this.signer = signer;
  }

  /** The P-256 key for a label. */
  static SigningKey ecdsa(Seed seed, String label) {
    BigInteger order = P256.getN();
    BigInteger d =
        new BigInteger(1, seed.bytes("ec key " + label))
            .mod(order.subtract(BigInteger.ONE))
            .add(BigInteger.ONE);
    var publicKey =
        new ECPublicKeyParameters(new FixedPointCombMultiplier().multiply(P256.getG(), d), P256);
    var privateKey = new ECPrivateKeyParameters(d, P256);
    return new SigningKey(
        ECDSA_WITH_SHA256, describe(publicKey), message -> ecdsaSign(privateKey, message));
  }

  /** The RSA key of 2048 bits for a label; takes some hundred milliseconds to find. */
  static SigningKey rsa(Seed seed, String label) {
    // Seeded on purpose, for keys that must repeat; java.util.Random is specified bit by bit.
    Random random = new Random(seed.number("rsa key " + label));
    return rsa(rsaPrime(random), rsaPrime(random));
  }

  /** The RSA key of two primes, which must differ and suit the exponent 65537. */
  static SigningKey rsa(BigInteger prime1, BigInteger prime2) {
    BigInteger p = prime1.max(prime2);
    BigInteger q = prime1.min(prime2);
    BigInteger n = p.multiply(q);
    BigInteger pMinus1 = p.subtract(BigInteger.ONE);
    BigInteger qMinus1 = q.subtract(BigInteger.ONE);
    BigInteger d = RSA_EXPONENT.modInverse(pMinus1.multiply(qMinus1));
    // "true" spares Bouncy Castle's search for small factors, some hundred milliseconds a key.
    var privateKey =
        new RSAPrivateCrtKeyParameters(
            n, RSA_EXPONENT, d, p, q, d.mod(pMinus1), d.mod(qMinus1), q.modInverse(p), true);
    return new SigningKey(
        RSA_WITH_SHA256,
        describe(new RSAKeyParameters(false, n, RSA_EXPONENT, true)),
        message -> rsaSign(privateKey, message));
  }

  /** The signatureAlgorithm to name in what this key signs. */
  AlgorithmIdentifier algorithm() {
    return algorithm;
  }

  SubjectPublicKeyInfo spki() {
    return spki;
  }

  /** The DER SubjectPublicKeyInfo. */
  byte[] spkiDer() {
    return der(spki);
  }

  Hash spkiSha256() {
    return Hash.sha256(spkiDer());
  }

  byte[] sign(byte[] message) {
    return signer.sign(message);
  }

  /** This key as Bouncy Castle's certificate builder wants it. */
  ContentSigner contentSigner() {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    return new ContentSigner() {
      @Override
      public AlgorithmIdentifier getAlgorithmIdentifier() {
        return algorithm;
      }

      @Override
      public OutputStream getOutputStream() {
        return message;
      }

      @Override
      public byte[] getSignature() {
        return sign(message.toByteArray());
      }
    };
  }

  private static byte[] ecdsaSign(ECPrivateKeyParameters key, byte[] message) {
    ECDSASigner ecdsa = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    ecdsa.init(true, key);
    BigInteger[] rs = ecdsa.generateSignature(Hash.sha256(message).toBytes());
    return der(new DERSequence(new ASN1Integer[] {new ASN1Integer(rs[0]), new ASN1Integer(rs[1])}));
  }

  private static byte[] rsaSign(RSAPrivateCrtKeyParameters key, byte[] message) {
    RSADigestSigner rsa = new RSADigestSigner(new SHA256Digest());
    rsa.init(true, key);
    rsa.update(message, 0, message.length);
    try {
      return rsa.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException("a 2048 bit key can sign a SHA-256 digest", e);
    }
  }

  private static BigInteger rsaPrime(Random random) {
    while (true) {
      // Both top bits set, so that the product has 2048 bits.
      BigInteger prime = new BigInteger(1024, random).setBit(1023).setBit(1022).nextProbablePrime();
      if (!prime.mod(RSA_EXPONENT).equals(BigInteger.ONE)) {
        return prime;
      }
    }
  }

  private static SubjectPublicKeyInfo describe(AsymmetricKeyParameter key) {
    try {
      return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** DER of a Bouncy Castle object that was built in memory and therefore has one. */
  static byte[] der(ASN1Object object) {
    try {
      return object.getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

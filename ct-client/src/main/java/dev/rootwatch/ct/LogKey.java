package dev.rootwatch.ct;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A log's public key, able to check what the log signed. CT knows two kinds: ECDSA over P-256 and
 * RSA PKCS#1 v1.5, each with SHA-256 (RFC 6962 section 2.1.4).
 */
public final class LogKey {
  /** TLS SignatureAndHashAlgorithm.hash: sha256. */
  public static final int HASH_SHA256 = 4;

  /** TLS SignatureAndHashAlgorithm.signature: rsa. */
  public static final int SIGNATURE_RSA = 1;

  /** TLS SignatureAndHashAlgorithm.signature: ecdsa. */
  public static final int SIGNATURE_ECDSA = 3;

  private final byte[] spki;
  private final PublicKey key;
  private final LogId id;

  private LogKey(byte[] spki, PublicKey key) {
    this.spki = spki;
    this.key = key;
    this.id = new LogId(Hash.sha256(spki));
  }

  /**
   * Reads a DER SubjectPublicKeyInfo.
   *
   * @throws IllegalArgumentException when it is no EC or RSA key
   */
  public static LogKey ofSpki(byte[] spki) {
    for (String algorithm : new String[] {"EC", "RSA"}) {
      try {
        PublicKey key =
            KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
        return new LogKey(spki.clone(), key);
      } catch (GeneralSecurityException tryNext) {
        // not of this kind
      }
    }
    throw new IllegalArgumentException("not the SubjectPublicKeyInfo of an EC or RSA key");
  }

  /** Reads the base64 form of log lists and configuration. */
  public static LogKey ofBase64(String base64) {
    return ofSpki(Base64.getDecoder().decode(base64));
  }

  public LogId id() {
    return id;
  }

  /** A copy of the DER SubjectPublicKeyInfo. */
  public byte[] spki() {
    return spki.clone();
  }

  /** Base64 of the DER SubjectPublicKeyInfo. */
  public String base64() {
    return Base64.getEncoder().encodeToString(spki);
  }

  /** The TLS signature algorithm that belongs to this key: 3 for ECDSA, 1 for RSA. */
  public int signatureAlgorithm() {
    return key.getAlgorithm().equals("RSA") ? SIGNATURE_RSA : SIGNATURE_ECDSA;
  }

  /** Whether {@code signature} is this key's over {@code message}; junk is simply not. */
  public boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier =
          Signature.getInstance(
              signatureAlgorithm() == SIGNATURE_RSA ? "SHA256withRSA" : "SHA256withECDSA");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this platform cannot verify with " + key.getAlgorithm(), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LogKey that && Arrays.equals(spki, that.spki);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "LogKey[" + id + "]";
  }
}

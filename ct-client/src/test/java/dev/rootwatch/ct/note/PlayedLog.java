package dev.rootwatch.ct.note;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

/** A log of our own making: its keys, and what it signs. */
record PlayedLog(KeyPair keys, LogKey key) {
  static final String ORIGIN = "log.test/2026h2";

  static PlayedLog ecdsa() {
    return withKeys("EC", 256);
  }

  static PlayedLog rsa() {
    return withKeys("RSA", 2048);
  }

  private static PlayedLog withKeys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      KeyPair keys = generator.generateKeyPair();
      return new PlayedLog(keys, LogKey.ofSpki(keys.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  byte[] sign(long timestamp, long size, Hash root) {
    try {
      String kind = keys.getPrivate().getAlgorithm().equals("RSA") ? "RSA" : "ECDSA";
      Signature signer = Signature.getInstance("SHA256with" + kind);
      signer.initSign(keys.getPrivate());
      signer.update(TreeHeadBytes.toBeSigned(timestamp, size, root));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  byte[] getSth(long timestamp, long size, Hash root) {
    return TreeHeadBytes.getSth(key, size, root, timestamp, sign(timestamp, size, root));
  }

  byte[] checkpoint(long timestamp, long size, Hash root) {
    return TreeHeadBytes.checkpoint(
        ORIGIN, key, size, root, timestamp, sign(timestamp, size, root));
  }
}

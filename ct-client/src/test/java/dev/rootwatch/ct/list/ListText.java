package dev.rootwatch.ct.list;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rootwatch.ct.LogKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/** Lists of our own making, as text. */
final class ListText {
  /** Real public keys, so that ids are real too. */
  private static final List<LogKey> KEYS = IntStream.range(0, 12).mapToObj(i -> newKey()).toList();

  private ListText() {}

  private static LogKey newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return LogKey.ofSpki(generator.generateKeyPair().getPublic().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static LogKey key(int i) {
    return KEYS.get(i);
  }

  /** One RFC 6962 log; {@code more} is put among its fields. */
  static String log(int i, String more) {
    return """
    {"description": "log %d", "log_id": "%s", "key": "%s", "url": "https://log.test/%d/", "mmd": 86400%s}\
    """
        .formatted(i, key(i).id(), key(i).base64(), i, more.isEmpty() ? "" : ", " + more);
  }

  static String usable(int i) {
    return log(i, "\"state\": {\"usable\": {\"timestamp\": \"2026-01-01T00:00:00Z\"}}");
  }

  /** A list of one operator. */
  static String list(String timestamp, String operator, String... logs) {
    return """
    {"version": "1.2", "log_list_timestamp": "%s", "operators": [
      {"name": "%s", "email": [], "logs": [%s], "tiled_logs": []}]}\
    """
        .formatted(timestamp, operator, String.join(",", logs));
  }

  static LogList parsed(String text) {
    try {
      return LogList.parse(text.getBytes(UTF_8));
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  /** A key pair of a publisher of lists. */
  static KeyPair publisher() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String pem(KeyPair keys) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  static byte[] sign(PrivateKey key, byte[] list) {
    try {
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(key);
      signer.update(list);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}

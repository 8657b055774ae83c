package dev.rootwatch.alert.sink;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks as Standard Webhooks says (https://www.standardwebhooks.com, "Signature scheme"):
 * {@code v1,} and the base64 of HMAC-SHA256(secret, id.timestamp.body).
 */
final class WebhookSignature {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private WebhookSignature(byte[] secret) {
    key = new SecretKeySpec(secret, ALGORITHM);
  }

  /**
   * @param secret after {@code whsec_} base64, otherwise taken as its UTF-8 bytes
   * @throws IllegalArgumentException when that base64 is none, or empty
   */
  static WebhookSignature withSecret(String secret) {
    return new WebhookSignature(
        secret.startsWith(PREFIX)
            ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
            : secret.getBytes(StandardCharsets.UTF_8));
  }

  /** One signature for the header {@code webhook-signature}. */
  String sign(String id, long timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}

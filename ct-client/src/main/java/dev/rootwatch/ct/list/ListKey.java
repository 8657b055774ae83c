package dev.rootwatch.ct.list;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rootwatch.ct.LogKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public key that signs a log list: RSA PKCS#1 v1.5 with SHA-256 over the list's exact bytes
 * (as Google and Android do), or ECDSA with SHA-256.
 */
public final class ListKey {
  private static final String GOOGLE = "google_log_list_pubkey.pem";
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]*)-----END PUBLIC KEY-----", Pattern.DOTALL);

  private final LogKey key;

  private ListKey(LogKey key) {
    this.key = key;
  }

  /** Google's key, from www.gstatic.com/ct/log_list/v3/log_list_pubkey.pem. */
  public static ListKey google() {
    try (InputStream pem = ListKey.class.getResourceAsStream(GOOGLE)) {
      if (pem == null) {
        throw new IllegalStateException("the resource " + GOOGLE + " is missing");
      }
      return ofPem(new String(pem.readAllBytes(), US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a PEM {@code PUBLIC KEY}, or its base64 without the frame (as Android publishes it).
   *
   * @throws IllegalArgumentException when the text is neither, or no EC or RSA key
   */
  public static ListKey ofPem(String text) {
    Matcher pem = PEM.matcher(text);
    String base64 = (pem.find() ? pem.group(1) : text).replaceAll("\\s", "");
    try {
      return new ListKey(LogKey.ofSpki(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not a public key: a PEM file with -----BEGIN PUBLIC KEY----- (EC or RSA) is wanted", e);
    }
  }

  /** Whether {@code signature}, raw or in base64, is this key's over {@code list}. */
  public boolean verifies(byte[] list, byte[] signature) {
    if (key.verifies(list, signature)) {
      return true;
    }
    try {
      String text = new String(signature, ISO_8859_1).replaceAll("\\s", "");
      return key.verifies(list, Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}

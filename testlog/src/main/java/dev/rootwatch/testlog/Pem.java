package dev.rootwatch.testlog;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The textual form of certificates, RFC 7468 section 5. */
final class Pem {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private Pem() {}

  static byte[] decode(String pem) {
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("no PEM certificate");
    }
    return Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
  }

  static String encode(byte[] der) {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    return BEGIN
        + "\n"
        + Base64.getMimeEncoder(64, newline).encodeToString(der)
        + "\n"
        + END
        + "\n";
  }
}

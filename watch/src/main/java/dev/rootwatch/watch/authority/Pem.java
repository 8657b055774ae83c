package dev.rootwatch.watch.authority;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the certificates of a PEM text (RFC 7468). Lenient about what stands between them, as files
 * of CAs and of {@code openssl s_client} carry comments there.
 */
public final class Pem {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  /** Certificates that are read from one text; what comes behind is ignored. */
  private static final int MAX_CERTIFICATES = 10_000;

  private Pem() {}

  /**
   * One certificate of a text.
   *
   * @param offset where its BEGIN line starts, in bytes
   * @param der null when what stands there is not base64
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not kept
  public record Block(int offset, byte @Nullable [] der) {}

  /** Whether the text holds a BEGIN CERTIFICATE line at all. */
  public static boolean isPem(byte[] text) {
    return new String(text, StandardCharsets.ISO_8859_1).contains(BEGIN);
  }

  /** Every certificate, in order. */
  public static List<Block> certificates(byte[] text) {
    String characters = new String(text, StandardCharsets.ISO_8859_1);
    List<Block> blocks = new ArrayList<>();
    int begin = characters.indexOf(BEGIN);
    while (begin >= 0 && blocks.size() < MAX_CERTIFICATES) {
      int next = characters.indexOf(BEGIN, begin + BEGIN.length());
      int end = characters.indexOf(END, begin);
      boolean closed = end >= 0 && (next < 0 || end < next);
      blocks.add(
          new Block(
              begin, closed ? base64(characters.substring(begin + BEGIN.length(), end)) : null));
      begin = next;
    }
    return blocks;
  }

  private static byte @Nullable [] base64(String body) {
    try {
      return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }
}

package dev.rootwatch.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Ids of alerts that are not about a certificate. (That of a certificate is the SHA-256 of its
 * canonical TBS.) Lower-case hex of a SHA-256.
 */
public final class AlertId {
  private AlertId() {}

  /**
   * Of an entry that cannot be parsed: SHA-256(0x01 ‖ leaf hash). The prefix keeps it apart from
   * the ids of certificates.
   */
  public static String ofUnreadableEntry(byte[] leafHash) {
    MessageDigest digest = sha256();
    digest.update((byte) 1);
    return HexFormat.of().formatHex(digest.digest(leafHash));
  }

  /**
   * Of a trouble with a log or with ourselves: SHA-256(type ‖ log id ‖ start of the episode), all
   * three as they stand in JSON.
   *
   * @param subject the log's id in base64; for what is about ourselves, whatever tells two episodes
   *     apart (a sink's id, or nothing)
   */
  public static String ofEpisode(AlertType type, String subject, Instant start) {
    return HexFormat.of()
        .formatHex(
            sha256().digest((type.word() + subject + start).getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}

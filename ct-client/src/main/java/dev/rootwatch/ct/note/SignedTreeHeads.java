package dev.rootwatch.ct.note;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;

/**
 * Turns what a log serves as its tree head into a head that it signed, or into the reason why it is
 * none. The same bytes, kept as {@code raw}, can be checked again at any time.
 */
public final class SignedTreeHeads {
  private SignedTreeHeads() {}

  /**
   * Checks a head as received: a checkpoint of exactly this origin from a static log, the body of
   * get-sth from the others.
   */
  public static HeadVerdict verify(CtLog log, byte[] raw) {
    return log.protocol() == LogProtocol.STATIC
        ? CheckpointVerifier.verify(log.key(), log.origin(), raw)
        : GetSthVerifier.verify(log.key(), raw);
  }

  /**
   * Checks a head with the key alone, as in a coverage file: the bytes themselves tell whether they
   * are a JSON object or a note. A checkpoint's origin is believed; no signature covers it.
   */
  public static HeadVerdict verify(LogKey key, byte[] raw) {
    return looksLikeJson(raw)
        ? GetSthVerifier.verify(key, raw)
        : CheckpointVerifier.verify(key, raw);
  }

  /** A checkpoint starts with an origin: a host name. */
  private static boolean looksLikeJson(byte[] raw) {
    for (byte b : raw) {
      if (b == '{') {
        return true;
      }
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return false;
  }
}

package dev.rootwatch.ct.list;

import org.jspecify.annotations.Nullable;

/** What came of the attempt to get a log list. */
public sealed interface LogListAnswer {
  /**
   * A list, its signature checked where a key is known. Whether it makes sense beside the one
   * before is for {@link LogListCheck}. Arrays are not copied; treat them as read-only.
   *
   * @param bytes the exact bytes, to keep as last good list
   * @param signature the signature as received, to keep beside them; null where none was asked for
   * @param etag what to send with the next request; null where the server gave none
   */
  @SuppressWarnings("ArrayRecordComponent") // documented as shared
  record Loaded(LogList list, byte[] bytes, byte @Nullable [] signature, @Nullable String etag)
      implements LogListAnswer {}

  /** The server says that the list is still the one with the entity tag given. */
  record NotModified() implements LogListAnswer {}

  /**
   * A list that must not be used: keep the last good one, and say it loudly.
   *
   * @param message what is wrong, in words; strings of the list's are quoted and escaped
   */
  record Refused(Reason reason, String message) implements LogListAnswer {}

  /**
   * No list could be had; another time perhaps.
   *
   * @param message where, and what happened
   */
  record Unavailable(String message) implements LogListAnswer {}

  /** Why a list is refused. */
  enum Reason {
    /** Its signature does not verify, or is missing. */
    SIGNATURE,
    /** It is no log list. */
    UNREADABLE,
    /** It is older than the list before. */
    TIMESTAMP_WENT_BACK,
    /** An operator or a log in it is a mimic: made for clients that are not monitors. */
    MIMIC_OPERATOR,
    /** It has at most half as many usable logs as the list before. */
    USABLE_LOGS_HALVED
  }
}

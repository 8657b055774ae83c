package dev.rootwatch.ct.note;

import dev.rootwatch.ct.SignedTreeHead;

/**
 * What became of bytes that claim to be a log's signed tree head. A bad one is a fact about a log.
 */
public sealed interface HeadVerdict {
  /** The log signed this. */
  record Valid(SignedTreeHead head) implements HeadVerdict {}

  /**
   * The log did not sign this, or it cannot be read.
   *
   * @param reason what is wrong, in words; strings of the log's are quoted and escaped
   */
  record Invalid(String reason) implements HeadVerdict {}
}

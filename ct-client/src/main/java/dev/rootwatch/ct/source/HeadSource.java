package dev.rootwatch.ct.source;

import dev.rootwatch.ct.SignedTreeHead;

/** Where a log's signed tree heads come from. */
public interface HeadSource {
  /**
   * The newest head that the log shows, its signature and (static-ct-api) its origin checked.
   *
   * @throws SourceException when the log does not answer, or what it answers is no valid head
   */
  SignedTreeHead latest() throws SourceException, InterruptedException;
}

package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.EntryRange;

/**
 * Entries of a log that are to be examined again: their issuer became known after they were read,
 * or was not decided then.
 *
 * @param no names it in the store
 */
public record Obligation(long no, EntryRange range) {

  /**
   * What was done of one.
   *
   * @param upTo the entries from the range's start to here were examined; at the start nothing was,
   *     and it waits behind the others
   */
  public record Fulfilled(Obligation obligation, long upTo) {}
}

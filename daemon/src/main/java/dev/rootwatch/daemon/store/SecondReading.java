package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.watch.Examined.MalformedRow;
import java.util.List;
import java.util.Set;

/**
 * What entries said that were read again, because a head contradicted them at first and does not
 * any more. It takes the place of what the first reading said of them.
 *
 * @param range the entries
 * @param found what was found in them; whatever else was told of them stood in bytes that the log
 *     never signed for
 * @param malformed all of them that could not be read
 */
public record SecondReading(EntryRange range, Set<Found> found, List<MalformedRow> malformed) {
  public SecondReading {
    found = Set.copyOf(found);
    malformed = List.copyOf(malformed);
  }

  /**
   * A finding at its place.
   *
   * @param index of the entry
   * @param alert id of the alert that tells of it
   */
  public record Found(long index, String alert) {}
}

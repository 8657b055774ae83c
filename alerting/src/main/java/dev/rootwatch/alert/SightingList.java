package dev.rootwatch.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sightings that an alert lists. Which ones are kept does not depend on the order in which they
 * came: contradicted ones first (they are evidence), then the earliest. They are listed earliest
 * first.
 *
 * @param sightings at most {@link Alert#MOST_SIGHTINGS}, one for each log and index
 * @param notListed how many there were beyond
 */
record SightingList(List<Sighting> sightings, int notListed) {
  private static final Comparator<Sighting> EARLIEST_FIRST =
      Comparator.comparing((Sighting s) -> s.timestamp() == null ? Instant.MAX : s.timestamp())
          .thenComparing(s -> s.log().id())
          .thenComparingLong(Sighting::index);

  private static final Comparator<Sighting> MOST_TELLING_FIRST =
      Comparator.comparingInt(
              (Sighting s) -> s.verification() == Sighting.Verification.CONTRADICTED ? 0 : 1)
          .thenComparing(EARLIEST_FIRST);

  static SightingList of(List<Sighting> all) {
    Map<Place, Sighting> byPlace = new LinkedHashMap<>();
    for (Sighting sighting : all) {
      byPlace.merge(
          new Place(sighting.log().id(), sighting.index()), sighting, SightingList::furtherAlong);
    }
    List<Sighting> kept = new ArrayList<>(byPlace.values());
    int notListed = Math.max(0, kept.size() - Alert.MOST_SIGHTINGS);
    if (notListed > 0) {
      kept.sort(MOST_TELLING_FIRST);
      kept.subList(Alert.MOST_SIGHTINGS, kept.size()).clear();
    }
    kept.sort(EARLIEST_FIRST);
    return new SightingList(List.copyOf(kept), notListed);
  }

  /** Pending becomes verified or contradicted; contradicted stays. */
  private static Sighting furtherAlong(Sighting one, Sighting other) {
    return one.verification().compareTo(other.verification()) >= 0 ? one : other;
  }

  private record Place(String logId, long index) {}
}

package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing that one program did about some keys.
 *
 * @param program who
 * @param kind what
 * @param purposes for which uses
 * @param announced when it was said in public; null when not known
 * @param effective the date that the source gives: of a date rule the cut-off, which may lie before
 *     the announcement; null when the source gives none
 * @param seen when somebody first saw it in effect; for events without a date
 * @param basis what is compared
 * @param boundary whether equal is still trusted; null where nothing is compared
 * @param unit how finely; null where nothing is compared
 * @param keyedOn where in a path the event looks
 * @param keys SHA-256 of the SPKIs that it stands on
 * @param certificates SHA-256 of the certificates that it stands on; empty when it names keys
 * @param citation where it can be read
 */
public record DistrustEvent(
    Program program,
    EventKind kind,
    Set<Purpose> purposes,
    @Nullable Instant announced,
    @Nullable Instant effective,
    @Nullable Instant seen,
    Verdict.Basis basis,
    Verdict.@Nullable Boundary boundary,
    Verdict.@Nullable Unit unit,
    KeyedOn keyedOn,
    Set<Hash> keys,
    Set<Hash> certificates,
    String citation) {

  /** Where in a path an event looks for its keys. */
  public enum KeyedOn {
    /** Any key of the path (Chrome's blocklist). */
    KEY("key"),
    /** The anchor's certificate (NSS, Microsoft, JDK). */
    CERTIFICATE("certificate"),
    /** The certificate that issued directly (Apple's Valid database). */
    DIRECT_ISSUER("direct-issuer");

    private final String word;

    KeyedOn(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  public DistrustEvent {
    purposes = Set.copyOf(purposes);
    keys = Set.copyOf(keys);
    certificates = Set.copyOf(certificates);
  }

  /**
   * From when on the event counts: a date rule from its announcement, else from its date; a block
   * from the later of announcement and date; without a date from the announcement, else from when
   * it was seen. Null when the source tells none of these.
   */
  @Nullable Instant countsFrom() {
    if (effective == null) {
      return announced != null ? announced : seen;
    }
    if (announced == null) {
      return effective;
    }
    boolean dateRule = basis != Verdict.Basis.VALIDATION;
    return dateRule || announced.isAfter(effective) ? announced : effective;
  }
}

package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import java.time.Instant;
import java.util.List;
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
 * @param latest the end of the time in which the date lies, where the source knows only a month or
 *     sources disagree: what lies between is unknown; null when the date is exact
 * @param seen when somebody first saw it in effect; for events without a date
 * @param window the notBefore that a {@code distrust-window} still accepts; null for other kinds
 * @param basis what is compared
 * @param boundary whether equal is still trusted; null where nothing is compared
 * @param unit how finely; null where nothing is compared
 * @param keyedOn where in a path the event looks
 * @param keys SHA-256 of the SPKIs that it stands on
 * @param certificates SHA-256 of the certificates that it stands on; empty when it names keys
 * @param except keys that, anywhere in a path, keep the event from it
 * @param permitted DNS suffixes that a {@code name-constrained} root may still issue for; empty
 *     when the list is not at hand
 * @param forCause whether it is a finding against the CA
 * @param citation where it can be read
 */
public record DistrustEvent(
    Program program,
    EventKind kind,
    Set<Purpose> purposes,
    @Nullable Instant announced,
    @Nullable Instant effective,
    @Nullable Instant latest,
    @Nullable Instant seen,
    @Nullable Window window,
    Verdict.Basis basis,
    Verdict.@Nullable Boundary boundary,
    Verdict.@Nullable Unit unit,
    KeyedOn keyedOn,
    Set<Hash> keys,
    Set<Hash> certificates,
    Set<Hash> except,
    List<String> permitted,
    boolean forCause,
    String citation) {

  /** From and to, both still accepted. */
  public record Window(Instant from, Instant to) {}

  /** Where in a path an event looks for its keys. */
  public enum KeyedOn {
    /** Any key of the path (Chrome's lists). */
    KEY("key"),
    /** The anchor's certificate (NSS, Microsoft, JDK). */
    CERTIFICATE("certificate"),
    /** Any certificate of the path (Apple's blocks, OneCRL, the JDK's blocked.certs). */
    ANY_CERTIFICATE("any-certificate"),
    /** The certificate that issued directly (Apple's Valid database). */
    DIRECT_ISSUER("direct-issuer"),
    /** The anchor's name (old rules in NSS and Firefox). */
    NAME("name"),
    /**
     * A list of the program that is not at hand: it holds some of these keys, nobody says which.
     */
    UNCAPTURED_LIST("uncaptured-list");

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
    except = Set.copyOf(except);
    permitted = List.copyOf(permitted);
  }

  /**
   * From when on the event counts: a date rule from its announcement, else from its date; a block
   * from the later of announcement and date; without a date from the announcement, else from when
   * it was seen. A rule against what was issued before a date does not count from that date, but
   * from when it was announced or seen. Null when the source tells none of these.
   */
  @Nullable Instant countsFrom() {
    if (effective == null || kind.effect() == EventKind.Effect.BEFORE_RULE) {
      return announced != null ? announced : seen;
    }
    if (announced == null) {
      return effective;
    }
    return comparesWithDate() || announced.isAfter(effective) ? announced : effective;
  }

  /** Whether {@code effective} is a cut-off for certificates, not a moment of validation. */
  boolean comparesWithDate() {
    return basis != Verdict.Basis.VALIDATION && kind.effect() != EventKind.Effect.WINDOW_RULE;
  }
}

package dev.rootwatch.alert;

import dev.rootwatch.alert.Alert.Merge;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a further sighting does to an alert (contract, "Revision").
 *
 * <p>News, and so a new revision, is: a rule that had not matched, an issuer key that had not been
 * seen, a higher severity, a program that says something else, a contradiction, the end of an
 * episode, and another type (an earlier sighting can undo a backdating). Everything else, such as a
 * further log or pending becoming verified, is written down silently.
 *
 * <p>Of two sightings that differ, the one whose type comes first (then the more severe) says what
 * is shown beside that type: title, certificate, issuer, and the verdicts on it.
 */
final class AlertMerge {
  private final Alert known;
  private final Alert sighting;
  private final @Nullable Backdating backdating;
  private final boolean backdatingUndone;
  private final boolean sightingLeads;

  private AlertMerge(Alert known, Alert sighting) {
    this.known = known;
    this.sighting = sighting;
    this.backdating = backdating(known, sighting);
    this.backdatingUndone = backdating != null && !backdating.possible();
    int before = typeOf(sighting).compareTo(typeOf(known));
    this.sightingLeads =
        before < 0 || (before == 0 && sighting.severity().compareTo(known.severity()) > 0);
  }

  static Merge of(Alert known, Alert sighting) {
    if (!known.id().equals(sighting.id())) {
      throw new IllegalArgumentException(
          "alert " + sighting.id() + " is no sighting of " + known.id());
    }
    return new AlertMerge(known, sighting).merge();
  }

  static Merge verification(
      Alert alert, String logId, long from, long to, Sighting.Verification verification) {
    List<Sighting> sightings =
        alert.sightings().stream()
            .map(s ->
                s.log().id().equals(logId)
                        && s.index() >= from
                        && s.index() < to
                        && s.verification().compareTo(verification) < 0
                    ? s.with(verification)
                    : s)
            .toList();
    boolean news = contradictions(sightings) > contradictions(alert.sightings());
    return new Merge(
        new Alert(
            alert.id(),
            alert.revision() + (news ? 1 : 0),
            alert.type(),
            alert.severity(),
            alert.title(),
            alert.firstSeen(),
            alert.test(),
            alert.certificate(),
            alert.issuer(),
            alert.rules(),
            alert.matchedNames(),
            alert.verdicts(),
            sightings,
            alert.detail(),
            alert.links()),
        news);
  }

  private Merge merge() {
    Alert lead = sightingLeads ? sighting : known;
    Alert other = sightingLeads ? known : sighting;
    IssuerInfo issuer = issuer(lead, other);
    List<VerdictRow> verdicts = verdicts();
    AlertType type = type(verdicts);
    Severity severity = known.severity().max(sighting.severity());
    List<String> rules = both(known.rules(), sighting.rules());
    List<Sighting> sightings =
        SightingList.of(both(known.sightings(), sighting.sightings())).sightings();
    boolean news =
        !known.rules().containsAll(sighting.rules())
            || isAnotherIssuer()
            || severity != known.severity()
            || type != known.type()
            || VerdictRows.differ(known.verdicts(), verdicts)
            || contradictions(sightings) > contradictions(known.sightings())
            || (has(sighting, Detail.ENDED_AT) && !has(known, Detail.ENDED_AT));
    Alert merged =
        new Alert(
            known.id(),
            known.revision() + (news ? 1 : 0),
            type,
            severity,
            lead.title(),
            earlier(known.firstSeen(), sighting.firstSeen()),
            known.test(),
            lead.certificate() != null ? lead.certificate() : other.certificate(),
            issuer,
            rules,
            both(known.matchedNames(), sighting.matchedNames()),
            verdicts,
            both(known.sightings(), sighting.sightings()),
            detail(issuer),
            new Links(
                firstOf(lead.links().crtsh(), other.links().crtsh()),
                firstOf(lead.links().entry(), other.links().entry())));
    return new Merge(merged, news);
  }

  /** The type that counts; a backdating that is undone comes after everything else. */
  private AlertType typeOf(Alert alert) {
    return alert.type() == AlertType.POSSIBLE_BACKDATING && backdatingUndone
        ? AlertType.CLOCK_SKEW
        : alert.type();
  }

  private AlertType type(List<VerdictRow> verdicts) {
    AlertType first = typeOf(known).first(typeOf(sighting));
    if (verdicts.isEmpty()) {
      return first;
    }
    return switch (first) {
      case DISTRUSTED_ISSUER, WATCHED_AUTHORITY ->
          VerdictRows.anyDistrusted(verdicts)
              ? AlertType.DISTRUSTED_ISSUER
              : AlertType.WATCHED_AUTHORITY;
      default -> first;
    };
  }

  private @Nullable IssuerInfo issuer(Alert lead, Alert other) {
    IssuerInfo shown = lead.issuer();
    IssuerInfo further = other.issuer();
    if (shown == null || further == null) {
      return shown == null ? further : shown;
    }
    boolean sameKey = shown.spkiSha256().equals(further.spkiSha256());
    return sameKey && shown.signature().equals("unchecked") ? further : shown;
  }

  private boolean isAnotherIssuer() {
    IssuerInfo before = known.issuer();
    IssuerInfo now = sighting.issuer();
    if (before == null || now == null || before.spkiSha256().equals(now.spkiSha256())) {
      return false;
    }
    OtherIssuers seen = OtherIssuers.of(known);
    return !seen.contains(now.spkiSha256()) && !seen.isFull();
  }

  private List<VerdictRow> verdicts() {
    if (sighting.verdicts().isEmpty() || known.verdicts().isEmpty()) {
      return both(known.verdicts(), sighting.verdicts());
    }
    IssuerInfo before = known.issuer();
    IssuerInfo now = sighting.issuer();
    boolean sameIssuer =
        before == null || now == null || before.spkiSha256().equals(now.spkiSha256());
    if (sameIssuer) {
      return VerdictRows.together(known.verdicts(), sighting.verdicts());
    }
    return sightingLeads ? sighting.verdicts() : known.verdicts();
  }

  /** What was found last counts, but for the keys that have a meaning of their own. */
  private Map<String, Object> detail(@Nullable IssuerInfo shown) {
    Map<String, Object> merged = new LinkedHashMap<>(known.detail());
    merged.putAll(sighting.detail());
    if (known.detail().get(Detail.ENDED_AT) instanceof String ended) {
      merged.put(Detail.ENDED_AT, ended);
    }
    long notListed =
        Math.max(Detail.notListed(known.detail()), Detail.notListed(sighting.detail()));
    if (notListed > 0) {
      merged.put(Detail.SIGHTINGS_NOT_LISTED, notListed);
    }
    if (backdating != null) {
      merged.put(Detail.BACKDATING, backdating.toDetail());
    }
    List<Object> others =
        OtherIssuers.beside(shown)
            .with(known.detail())
            .with(known.issuer())
            .with(sighting.detail())
            .with(sighting.issuer())
            .toDetail();
    if (!known.waitsForDigest() || !sighting.waitsForDigest()) {
      merged.remove(Detail.DIGEST);
    }
    merged.remove(Detail.OTHER_ISSUERS);
    if (!others.isEmpty()) {
      merged.put(Detail.OTHER_ISSUERS, others);
    }
    return merged;
  }

  private static @Nullable Backdating backdating(Alert known, Alert sighting) {
    Backdating one = Backdating.of(known).orElse(null);
    Backdating other = Backdating.of(sighting).orElse(null);
    CertificateInfo certificate =
        known.certificate() != null ? known.certificate() : sighting.certificate();
    if (one == null || other == null || certificate == null || certificate.notBefore() == null) {
      return one == null ? other : one;
    }
    return one.and(other, certificate.notBefore());
  }

  private static boolean has(Alert alert, String key) {
    return alert.detail().containsKey(key);
  }

  private static long contradictions(List<Sighting> sightings) {
    return sightings.stream()
        .filter(s -> s.verification() == Sighting.Verification.CONTRADICTED)
        .count();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static @Nullable String firstOf(@Nullable String one, @Nullable String other) {
    return one != null ? one : other;
  }

  private static <T> List<T> both(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }
}

package dev.rootwatch.alert;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Something that people should know: a certificate, or a trouble with a log or with ourselves. One
 * certificate is one alert, whatever the number of logs, of rules, and precertificate or final.
 *
 * <p>The JSON form ({@link AlertJson}) is {@code rootwatch.alert/v1}; the components stand in its
 * order.
 *
 * @param id lower-case hex, see {@link AlertId}
 * @param revision from 1; a new one is delivered again, see {@link #mergedWith}
 * @param type what it is about
 * @param severity how urgent
 * @param title one line for people; may hold strings from certificates
 * @param firstSeen when we first saw it
 * @param test made to try a sink
 * @param certificate null when it is not about a certificate that can be read
 * @param issuer null when it is not about a certificate, or nobody knows who issued it
 * @param rules ids of the rules that matched; a set, sorted
 * @param matchedNames names for which a rule with a domain matched; a set, sorted
 * @param verdicts one for each program and purpose
 * @param sightings at most {@link #MOST_SIGHTINGS}, earliest first
 * @param detail JSON values only, what is particular to the type; see {@link Detail} for the keys
 *     that have a meaning here
 * @param links where to look further
 */
@JsonPropertyOrder({
  "schema",
  "id",
  "revision",
  "type",
  "severity",
  "title",
  "firstSeen",
  "test",
  "certificate",
  "issuer",
  "rules",
  "matchedNames",
  "verdicts",
  "sightings",
  "detail",
  "links"
})
public record Alert(
    String id,
    int revision,
    AlertType type,
    Severity severity,
    String title,
    Instant firstSeen,
    boolean test,
    @Nullable CertificateInfo certificate,
    @Nullable IssuerInfo issuer,
    List<String> rules,
    List<String> matchedNames,
    List<VerdictRow> verdicts,
    List<Sighting> sightings,
    Map<String, Object> detail,
    Links links) {

  /** The value of {@code "schema"}. */
  public static final String SCHEMA = "rootwatch.alert/v1";

  /** How many sightings an alert lists; {@link Detail#SIGHTINGS_NOT_LISTED} counts the others. */
  public static final int MOST_SIGHTINGS = 100;

  public Alert {
    if (revision < 1) {
      throw new IllegalArgumentException("revision of alert " + id + " is " + revision);
    }
    rules = List.copyOf(new TreeSet<>(rules));
    matchedNames = List.copyOf(new TreeSet<>(matchedNames));
    verdicts = List.copyOf(verdicts);
    SightingList listed = SightingList.of(sightings);
    sightings = listed.sightings();
    detail = Detail.copyOf(Detail.withNotListed(detail, listed.notListed()));
  }

  @JsonProperty("schema")
  String schema() {
    return SCHEMA;
  }

  /** Whether people may read of it in a digest instead of at once. */
  boolean waitsForDigest() {
    return Boolean.TRUE.equals(detail.get(Detail.DIGEST));
  }

  /** What receivers know a delivery by: {@code <alert id>.<revision>}. */
  public String deliveryId() {
    return id + "." + revision;
  }

  /**
   * What {@code sighting}, an alert of the same id, does to this one. Pure; merging the same
   * sighting twice is merging it once. {@link AlertMerge} states the rules.
   *
   * @throws IllegalArgumentException when the ids differ
   */
  public Merge mergedWith(Alert sighting) {
    return AlertMerge.of(this, sighting);
  }

  /**
   * What it does to this alert that the entries {@code [from, to)} of a log were compared with a
   * signed head.
   *
   * @param logId base64
   */
  public Merge withVerification(
      String logId, long from, long to, Sighting.Verification verification) {
    return AlertMerge.verification(this, logId, from, to, verification);
  }

  /** An alert to try a sink with: it says so, and is about nothing. */
  public static Alert test(String sink, Instant now) {
    return ofEpisode(
        AlertType.DISTRUSTED_ISSUER,
        "test " + sink,
        Severity.INFO,
        "Nothing happened: this tries whether alerts reach the sink " + sink,
        now,
        true,
        Map.of());
  }

  /**
   * An alert about a log or about ourselves, not about a certificate.
   *
   * @param subject the log's id, or whatever tells two episodes apart ({@link AlertId#ofEpisode})
   * @param start when the episode began
   */
  public static Alert ofEpisode(
      AlertType type,
      String subject,
      Severity severity,
      String title,
      Instant start,
      Map<String, Object> detail) {
    return ofEpisode(type, subject, severity, title, start, false, detail);
  }

  private static Alert ofEpisode(
      AlertType type,
      String subject,
      Severity severity,
      String title,
      Instant start,
      boolean test,
      Map<String, Object> detail) {
    return new Alert(
        AlertId.ofEpisode(type, subject, start),
        1,
        type,
        severity,
        title,
        start,
        test,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        detail,
        Links.NONE);
  }

  /** The alert at the end of its episode; merge it into the stored one. */
  public Alert ended(Instant at) {
    return withDetail(Detail.with(detail, Detail.ENDED_AT, at));
  }

  /** The same alert with other detail. */
  public Alert withDetail(Map<String, Object> changed) {
    return new Alert(
        id,
        revision,
        type,
        severity,
        title,
        firstSeen,
        test,
        certificate,
        issuer,
        rules,
        matchedNames,
        verdicts,
        sightings,
        changed,
        links);
  }

  /**
   * The outcome of a merge.
   *
   * @param alert the alert as it stands after the merge
   * @param newRevision whether it has to be delivered again
   */
  public record Merge(Alert alert, boolean newRevision) {}
}

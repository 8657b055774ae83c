package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Backdating;
import dev.rootwatch.alert.CertificateInfo;
import dev.rootwatch.alert.Detail;
import dev.rootwatch.alert.IssuerInfo;
import dev.rootwatch.alert.Sighting;
import dev.rootwatch.alert.VerdictRow;
import dev.rootwatch.alert.text.HostName;
import dev.rootwatch.alert.text.Visible;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people want to know about an alert, in the order in which they ask, for every sink that
 * people read. Values are visible ({@link Visible}) and short; the sink escapes them for its
 * medium.
 */
final class Facts {
  private static final int MOST_VALUE = 300;
  private static final int MOST_LISTED = 10;
  private static final Set<String> SHOWN_OTHERWISE =
      Set.of(Detail.BACKDATING, Detail.OTHER_ISSUERS, Detail.SIGHTINGS_NOT_LISTED);

  private final List<Fact> facts = new ArrayList<>();

  private Facts() {}

  /**
   * One of them.
   *
   * @param label for the left-hand side
   * @param value for the right-hand side
   */
  record Fact(String label, String value) {}

  static List<Fact> of(Alert alert) {
    Facts facts = new Facts();
    facts.issuer(alert);
    facts.certificate(alert.certificate());
    facts.add("Matched names", names(alert.matchedNames()));
    facts.backdating(alert);
    facts.sightings(alert);
    facts.add("Rules", list(alert.rules()));
    facts.detail(alert.detail());
    facts.add("First seen", time(alert.firstSeen()));
    facts.add("crt.sh", alert.links().crtsh());
    facts.add("Entry", alert.links().entry());
    facts.add("Alert", alert.id() + " revision " + alert.revision());
    return facts.facts;
  }

  /** One line for the top of a message. */
  static String headline(Alert alert) {
    return (alert.test() ? "TEST " : "")
        + alert.severity().word().toUpperCase(Locale.ROOT)
        + ": "
        + Visible.of(alert.title(), MOST_VALUE);
  }

  /** The verdict table: a line of names, then one for each row; empty without verdicts. */
  static List<List<String>> verdicts(Alert alert) {
    if (alert.verdicts().isEmpty()) {
      return List.of();
    }
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("PROGRAM", "PURPOSE", "RESULT", "SINCE", "WHY"));
    for (VerdictRow row : alert.verdicts()) {
      table.add(
          List.of(
              Visible.of(row.program(), 20),
              Visible.of(row.purpose(), 10),
              Visible.of(row.result(), 20),
              row.effective() == null ? "-" : day(row.effective()),
              Visible.of(row.kind() + (row.basis() == null ? "" : " (" + row.basis() + ")"), 60)));
    }
    return table;
  }

  /** The same in columns. */
  static List<String> verdictLines(Alert alert) {
    List<List<String>> table = verdicts(alert);
    List<String> lines = new ArrayList<>();
    for (List<String> row : table) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i));
        int column = i;
        int width = table.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        line.repeat(" ", width - row.get(i).length() + 2);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private void issuer(Alert alert) {
    IssuerInfo issuer = alert.issuer();
    if (issuer == null) {
      add("Issuer", alert.certificate() == null ? null : "not known");
      return;
    }
    String owner = issuer.owner() == null ? issuer.family() : issuer.owner();
    add("Issuer", issuer.name() + (owner == null ? "" : " (" + owner + ")"));
    add(
        "Issuer key",
        issuer.spkiSha256()
            + ", matched by "
            + issuer.matchedBy()
            + ", confidence "
            + issuer.confidence()
            + ", signature "
            + issuer.signature());
    add("Reaches", list(issuer.reaches().stream().map(IssuerInfo.Reach::name).distinct().toList()));
    if (alert.detail().get(Detail.OTHER_ISSUERS) instanceof List<?> others) {
      add(
          "Also issued by",
          list(
              others.stream()
                  .map(o ->
                      o instanceof Map<?, ?> map
                          ? map.get("name") + " " + map.get("spkiSha256")
                          : "")
                  .toList()));
    }
  }

  private void certificate(@Nullable CertificateInfo certificate) {
    if (certificate == null) {
      return;
    }
    add("Names", names(certificate.names()));
    add("Subject", certificate.subject());
    add("Issuer name", certificate.issuer());
    if (certificate.notBefore() != null && certificate.notAfter() != null) {
      add("Valid", time(certificate.notBefore()) + " to " + time(certificate.notAfter()));
    }
    add("Serial", certificate.serial());
    add(
        "SHA-256",
        certificate.sha256() + " (" + (certificate.isCa() ? "CA " : "") + certificate.kind() + ")");
  }

  private void backdating(Alert alert) {
    Backdating.of(alert)
        .filter(Backdating::possible)
        .ifPresent(b ->
            add(
                "Backdating",
                "notBefore is before the cut-off of "
                    + b.program()
                    + " ("
                    + time(b.cutoff())
                    + "), but it was not seen until "
                    + time(b.earliestTrustedTime())));
  }

  private void sightings(Alert alert) {
    List<String> places =
        alert.sightings().stream()
            .map((Sighting s) ->
                s.log().name()
                    + " entry "
                    + s.index()
                    + (s.timestamp() == null ? "" : " at " + time(s.timestamp()))
                    + ", "
                    + s.verification().word())
            .toList();
    long notListed =
        alert.detail().get(Detail.SIGHTINGS_NOT_LISTED) instanceof Number number
            ? number.longValue()
            : 0;
    String more = notListed == 0 ? "" : "; at least " + notListed + " further";
    add("Seen in", list(places, 3) + more);
  }

  private void detail(Map<String, Object> detail) {
    detail.forEach((key, value) -> {
      if (!SHOWN_OTHERWISE.contains(key)) {
        add(key, String.valueOf(value));
      }
    });
  }

  private void add(String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      facts.add(new Fact(Visible.of(label, 40), Visible.of(value, MOST_VALUE)));
    }
  }

  private static String names(List<String> names) {
    List<String> shown = names.stream().limit(MOST_LISTED).map(HostName::inBothForms).toList();
    return listed(shown, names.size());
  }

  private static String list(List<String> values) {
    return list(values, MOST_LISTED);
  }

  private static String list(List<String> values, int most) {
    return listed(values.stream().limit(most).toList(), values.size());
  }

  private static String listed(List<String> shown, int all) {
    String listed = String.join(", ", shown);
    return all == shown.size() ? listed : listed + " and " + (all - shown.size()) + " more";
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }
}

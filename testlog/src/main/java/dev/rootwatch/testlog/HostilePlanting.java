package dev.rootwatch.testlog;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * Findings with hostile names, each text in each place: in the subject and the alternative names of
 * leaves, and in the name of a subordinate CA, which is the issuer of further leaves.
 */
final class HostilePlanting {
  private static final Duration VALID = Duration.ofDays(90);

  private final Seed seed;
  private final int logs;
  private final AtlantisFamily family;
  private final List<MintedCa> ordinary;
  private final Instant notBefore;
  private final List<Sighting> sightings = new ArrayList<>();

  private HostilePlanting(
      Seed seed, int logs, AtlantisFamily family, OrdinaryAuthorities ordinary, Instant now) {
    this.seed = seed;
    this.logs = logs;
    this.family = family;
    this.ordinary = ordinary.issuingCas();
    this.notBefore = now.minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
  }

  /** All of them, spread over the logs. */
  static List<Sighting> of(
      Seed seed, int logs, AtlantisFamily family, OrdinaryAuthorities ordinary, Instant now) {
    HostilePlanting planting = new HostilePlanting(seed, logs, family, ordinary, now);
    HostileText.ALL.forEach(planting::plant);
    return planting.sightings;
  }

  private void plant(HostileText text) {
    int number = text.number();
    MintedCa distrusted = family.subordinates().get(number % family.subordinates().size());
    // Three rounds bring each text in nine string types.
    for (int round = 0; round < 9; round += 3) {
      LeafRequest request = request("subject " + round, text);
      CertifiedNames names =
          new CertifiedNames(
              HostileNames.distinguished(text, number + round),
              HostileNames.alternative(text, "stranger.net"));
      add(
          "hostile-subject",
          round == 0
              ? distrusted.certificate(request, names)
              : distrusted.precertificate(request, names),
          Planted.DISTRUSTED);
    }
    CertifiedNames watched =
        new CertifiedNames(new X500Name(""), HostileNames.alternative(text, Planting.DOMAIN));
    add(
        "hostile-domain",
        ordinary.get(number % ordinary.size()).precertificate(request("domain", text), watched),
        Planted.OURS);
    MintedCa ca =
        family
            .root()
            .intermediate(
                HostileNames.distinguished(text, number + 4),
                SigningKey.ecdsa(seed, "hostile ca " + number));
    add("hostile-ca", ca.submission(), Planted.DISTRUSTED);
    add("hostile-issuer", ca.precertificate(request("issuer", text)), Planted.DISTRUSTED);
    add("hostile-issuer", ca.certificate(request("issuer of", text)), Planted.DISTRUSTED);
  }

  private void add(String kind, Submission submission, String rule) {
    sightings.add(new Sighting(sightings.size() % logs, kind, submission, rule));
  }

  private LeafRequest request(String label, HostileText text) {
    return new LeafRequest(
        List.of("www.hostile%02d.net".formatted(text.number())),
        notBefore,
        notBefore.plus(VALID).minusSeconds(1),
        "hostile " + label + " " + text.number());
  }
}

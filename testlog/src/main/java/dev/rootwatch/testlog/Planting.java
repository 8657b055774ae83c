package dev.rootwatch.testlog;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Decides what is planted: an endless sequence of findings of mixed kinds, each a certificate of
 * its own, spread over the logs. Every fifth precertificate of the made-up family is followed by
 * its final certificate, and every tenth is seen in a second log; those further sightings share the
 * finding's TBS. Between them stand decoys: what looks like a finding and is none.
 *
 * <p>Everything follows from the seed. Not thread-safe.
 */
final class Planting {
  /** The watched domain. */
  static final String DOMAIN = "example.com";

  private static final Duration VALID = Duration.ofDays(90);

  private final SplittableRandom random;
  private final int logs;
  private final AtlantisFamily family;
  private final List<MintedCa> ordinary;
  private final MintedCa lookAlike;
  private final Deque<Submission> trustCor;
  private final Deque<Sighting> later = new ArrayDeque<>();
  private int findings;

  /**
   * @param logs how many logs there are to plant into
   */
  Planting(Seed seed, int logs, AtlantisFamily family, OrdinaryAuthorities ordinary) {
    this.random = seed.random("planting");
    this.logs = logs;
    this.family = family;
    this.ordinary = ordinary.issuingCas();
    this.lookAlike =
        MintedCa.root(seed, "C=PA, O=Test TrustCor Systems, CN=Test TrustCor RootCert CA-1")
            .intermediate("C=PA, O=Test TrustCor Systems, CN=Test TrustCor DV SSL CA");
    this.trustCor = new ArrayDeque<>(TrustCorCertificates.subordinates());
  }

  /** The next finding, and what comes along with it. */
  List<Sighting> next(Instant now) {
    List<Sighting> sightings = new ArrayList<>();
    Sighting primary = finding(now);
    sightings.add(primary);
    findings++;
    // What has waited comes after something else, not directly behind its precertificate.
    if (later.size() > 3) {
      sightings.add(later.remove());
    }
    if (random.nextInt(4) == 0) {
      sightings.add(decoy(now));
    }
    return sightings;
  }

  /** Further sightings that have not been handed out. */
  List<Sighting> leftOver() {
    List<Sighting> all = List.copyOf(later);
    later.clear();
    return all;
  }

  private Sighting finding(Instant now) {
    int log = random.nextInt(logs);
    // The first five findings are one of each kind, so that the shortest demo shows them all.
    int dice = findings < 5 ? new int[] {20, 96, 60, 80, 90}[findings] : random.nextInt(100);
    if (dice >= 95 && !trustCor.isEmpty()) {
      return new Sighting(log, "trustcor-subordinate", trustCor.remove(), Planted.DISTRUSTED);
    }
    if (dice >= 75 && dice < 95) {
      LeafRequest request = request(now, watchedName());
      MintedCa ca = ordinary.get(random.nextInt(ordinary.size()));
      return dice < 88
          ? new Sighting(log, "domain-precert", ca.precertificate(request), Planted.OURS)
          : new Sighting(log, "domain-certificate", ca.certificate(request), Planted.OURS);
    }
    MintedCa ca = family.subordinates().get(random.nextInt(family.subordinates().size()));
    LeafRequest request = request(now, strangersName());
    if (dice >= 55 && dice < 75) {
      return new Sighting(log, "family-certificate", ca.certificate(request), Planted.DISTRUSTED);
    }
    Sighting precert =
        dice < 5
            ? new Sighting(
                log,
                "family-precert-delegated",
                ca.delegatedPrecertificate(request),
                Planted.DISTRUSTED)
            : new Sighting(log, "family-precert", ca.precertificate(request), Planted.DISTRUSTED);
    if (random.nextInt(5) == 0) {
      later.add(
          new Sighting(
              random.nextInt(logs),
              "family-certificate",
              ca.certificate(request),
              Planted.DISTRUSTED));
    }
    if (logs > 1 && random.nextInt(10) == 0) {
      int other = (log + 1 + random.nextInt(logs - 1)) % logs;
      later.add(new Sighting(other, precert.kind(), precert.submission(), precert.rule()));
    }
    return precert;
  }

  /** Names that only contain the watched one, and a CA that only sounds like a distrusted one. */
  private Sighting decoy(Instant now) {
    int log = random.nextInt(logs);
    if (random.nextInt(3) == 0) {
      LeafRequest request = request(now, strangersName());
      return new Sighting(log, "decoy", lookAlike.precertificate(request), "");
    }
    String name = random.nextBoolean() ? DOMAIN + "." + strangersName() : word() + DOMAIN;
    MintedCa ca = ordinary.get(random.nextInt(ordinary.size()));
    return new Sighting(log, "decoy", ca.precertificate(request(now, name)), "");
  }

  private LeafRequest request(Instant now, String name) {
    Instant notBefore = now.minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    return new LeafRequest(
        List.of(name), notBefore, notBefore.plus(VALID).minusSeconds(1), "plant " + findings);
  }

  private String watchedName() {
    return switch (random.nextInt(5)) {
      case 0 -> DOMAIN;
      case 1 -> "*." + DOMAIN;
      case 2 -> word() + "." + word() + "." + DOMAIN;
      default -> word() + "." + DOMAIN;
    };
  }

  private String strangersName() {
    return "www." + word() + ".net";
  }

  private String word() {
    byte[] label = new byte[9 + random.nextInt(6)];
    FillerNames.write(label, random);
    return new String(label, StandardCharsets.US_ASCII);
  }
}

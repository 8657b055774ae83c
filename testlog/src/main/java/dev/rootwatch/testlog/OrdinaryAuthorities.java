package dev.rootwatch.testlog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Certification authorities that nobody distrusts, with invented names: who issues what fills a
 * log. Their keys are real, so that what is planted under them verifies.
 */
public final class OrdinaryAuthorities {

  /**
   * One issuing CA and its habits.
   *
   * @param ca the issuing CA
   * @param host where its responder and CRLs would be
   * @param organization the O of its subscribers' names; null for domain validation
   * @param rsaLeaves how many of 100 subscribers bring an RSA key
   */
  record Issuer(MintedCa ca, String host, @Nullable String organization, int rsaLeaves) {}

  private static final int TEMPLATES_PER_ISSUER = 12;

  private final Seed seed;
  private final List<Issuer> issuers;
  private @Nullable List<FillerTemplate> templates;

  private OrdinaryAuthorities(Seed seed, List<Issuer> issuers) {
    this.seed = seed;
    this.issuers = issuers;
  }

  /** The same authorities for the same seed. */
  public static OrdinaryAuthorities of(Seed seed) {
    List<SigningKey> rsa = rsaKeys();
    MintedCa meadow = MintedCa.root(seed, "C=SE, O=Meadow Internet Trust AB, CN=Meadow Root X1");
    MintedCa harbour =
        MintedCa.root(seed, "C=US, O=Harbour Secure Inc., CN=Harbour Global Root G3", rsa.get(0));
    MintedCa linden =
        MintedCa.root(seed, "C=DE, O=Linden Trust GmbH, CN=Linden Root CA 2021", rsa.get(1));
    return new OrdinaryAuthorities(
        seed,
        List.of(
            new Issuer(
                meadow.intermediate("C=SE, O=Meadow Internet Trust AB, CN=M7"),
                "m7.i.meadow-pki.net",
                null,
                20),
            new Issuer(
                meadow.intermediate("C=SE, O=Meadow Internet Trust AB, CN=M12"),
                "m12.i.meadow-pki.net",
                null,
                45),
            new Issuer(
                harbour.intermediate(
                    "C=US, O=Harbour Secure Inc., CN=Harbour TLS Issuing CA 1", rsa.get(2)),
                "pki.harbour-secure.net",
                null,
                35),
            new Issuer(
                harbour.intermediate(
                    "C=US, O=Harbour Secure Inc., CN=Harbour OV TLS CA 2", rsa.get(3)),
                "pki.harbour-secure.net",
                "Placeholder Trading Company Ltd.",
                80),
            new Issuer(
                linden.intermediate("C=DE, O=Linden Trust GmbH, CN=Linden TLS CA 4", rsa.get(4)),
                "crl.linden-trust.net",
                null,
                60)));
  }

  /** The keys of the RSA authorities: the same for every seed, since they take long to find. */
  private static List<SigningKey> rsaKeys() {
    try (InputStream in = OrdinaryAuthorities.class.getResourceAsStream("rsa-primes.txt")) {
      if (in == null) {
        throw new IllegalStateException("missing from this build: rsa-primes.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", -1))
          .map(primes ->
              SigningKey.rsa(new BigInteger(primes[0], 16), new BigInteger(primes[1], 16)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The issuing CAs. */
  public List<MintedCa> issuingCas() {
    return issuers.stream().map(Issuer::ca).toList();
  }

  /** The kinds of certificates that these CAs issue; made when first asked for. */
  synchronized List<FillerTemplate> templates() {
    List<FillerTemplate> made = templates;
    if (made == null) {
      FillerKeys keys = new FillerKeys(seed);
      SplittableRandom random = seed.random("filler templates");
      made = new ArrayList<>();
      for (Issuer issuer : issuers) {
        for (int i = 0; i < TEMPLATES_PER_ISSUER; i++) {
          made.add(FillerTemplate.of(issuer, keys, random.split()));
        }
      }
      templates = made;
    }
    return made;
  }
}

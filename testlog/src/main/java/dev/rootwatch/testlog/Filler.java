package dev.rootwatch.testlog;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The ordinary certificates that fill a log: entry i follows from the seed, i and its timestamp, so
 * that a log of any size needs no store for them. About 85 % are precertificates.
 *
 * <p>They look like those of 2026 in size, extensions and names. Two things are not real, because
 * making them would take longer than the rest of the log together: their signatures (bytes of the
 * right shape, valid under no key) and the moduli of their RSA keys (odd random numbers).
 */
final class Filler {
  /** In parts of a hundred. */
  private static final int PRECERTIFICATES = 85;

  private final long seed;
  private final OrdinaryAuthorities authorities;

  /**
   * @param log whose entries; other logs get other ones
   */
  Filler(Seed seed, OrdinaryAuthorities authorities, String log) {
    this.seed = seed.number("filler " + log);
    this.authorities = authorities;
  }

  /** The entry at a position. */
  Submission at(long index, long timestamp) {
    SplittableRandom random = new SplittableRandom(seed + index * 0x9E3779B97F4A7C15L);
    List<FillerTemplate> templates = authorities.templates();
    FillerTemplate template = templates.get(random.nextInt(templates.size()));
    boolean precertificate = random.nextInt(100) < PRECERTIFICATES;
    return precertificate
        ? template.precertificate(random, timestamp)
        : template.certificate(random, timestamp);
  }
}

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
    SplittableRandom random = new SplittableRandom(mix(seed + mix(index)));
    List<FillerTemplate> templates = authorities.templates();
    FillerTemplate template = templates.get(random.nextInt(templates.size()));
    boolean precertificate = random.nextInt(100) < PRECERTIFICATES;
    return precertificate
        ? template.precertificate(random, timestamp)
        : template.certificate(random, timestamp);
  }

  /**
   * The finaliser of SplitMix64. Without it neighbours would share most of their bytes: one step of
   * a SplittableRandom is an addition to its seed.
   */
  private static long mix(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

package dev.rootwatch.testlog;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Subscriber keys for filler: a pool of real points on P-256, and RSA moduli out of thin air. */
final class FillerKeys {
  private static final int POOL = 64;

  private final List<SigningKey> pool = new ArrayList<>();
  private final List<byte[]> points = new ArrayList<>();

  FillerKeys(Seed seed) {
    for (int i = 0; i < POOL; i++) {
      SigningKey key = SigningKey.ecdsa(seed, "subscriber " + i);
      pool.add(key);
      points.add(key.spki().getPublicKeyData().getBytes());
    }
  }

  /** A key whose bytes a template replaces. */
  SigningKey sample() {
    return pool.getFirst();
  }

  /** An uncompressed point: 0x04, x, y. Shared, not copied. */
  byte[] point(SplittableRandom random) {
    return points.get(random.nextInt(POOL));
  }
}

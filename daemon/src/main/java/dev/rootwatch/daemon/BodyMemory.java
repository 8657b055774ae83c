package dev.rootwatch.daemon;

import dev.rootwatch.daemon.config.Config.LogsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the heap answers of logs may take while they are read. What {@code logs.memory} asks
 * for, but no more than half of the heap, and no more than leaves 64 MiB (of a very small heap,
 * three quarters) to what is read from them and everything else: sixty logs and the catalog need
 * some 45 MiB, and a heap that is too small would end in rounds that fail one after the other.
 */
final class BodyMemory {
  private static final Logger logger = LoggerFactory.getLogger(BodyMemory.class);

  private static final long EVERYTHING_ELSE = 64L << 20;

  private BodyMemory() {}

  /**
   * What there is for bodies.
   *
   * @param wanted bytes, as configured
   * @param heap most bytes that the heap may take
   */
  static long of(long wanted, long heap) {
    long most = Math.min(heap / 2, Math.max(heap / 4, heap - EVERYTHING_ELSE));
    if (wanted <= most) {
      return wanted;
    }
    // Nobody asked for the default: with less, a backlog is read in smaller steps.
    if (wanted != LogsConfig.DEFAULT_MEMORY) {
      logger.warn(
          "logs.memory: the heap has room for {} MiB of the {}. A larger heap takes"
              + " ROOTWATCH_JAVA_OPTS=-Xmx{}m",
          most >> 20,
          wanted >> 20,
          (Math.max(2 * wanted, wanted + EVERYTHING_ELSE) + (16L << 20)) >> 20);
    }
    return most;
  }
}

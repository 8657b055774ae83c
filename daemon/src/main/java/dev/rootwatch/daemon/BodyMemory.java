package dev.rootwatch.daemon;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the heap answers of logs may take while they are read. What {@code logs.memory} asks
 * for, but no more than half of the heap: what is read from them and everything else needs the
 * rest, and a heap that is too small would end in rounds that fail one after the other.
 */
final class BodyMemory {
  private static final Logger logger = LoggerFactory.getLogger(BodyMemory.class);

  private BodyMemory() {}

  /**
   * What there is for bodies.
   *
   * @param wanted bytes, as configured
   * @param heap most bytes that the heap may take
   */
  static long of(long wanted, long heap) {
    long most = heap / 2;
    if (wanted <= most) {
      return wanted;
    }
    logger.warn(
        "logs.memory: {} MiB are more than half of the heap; {} MiB are used. A larger heap takes"
            + " ROOTWATCH_JAVA_OPTS=-Xmx{}m",
        wanted >> 20,
        most >> 20,
        (2 * wanted + (32L << 20)) >> 20);
    return most;
  }
}

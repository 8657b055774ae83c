package dev.rootwatch.ct.read;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.source.EntrySource;

/**
 * How many entries to ask one log for at once: learned from its answers, kept over rounds.
 *
 * <p>Logs cut long answers to a maximum of their own, and cut them so that the next request is
 * aligned to that maximum (what CTFE does). So windows end at multiples of the largest answer seen;
 * after the first, short one every request is answered whole. A log may be short of breath for a
 * while only, so after many whole answers a larger window is tried; each try that fails makes the
 * next one rarer. The size follows bytes, too: a window is never planned larger than {@code
 * maxBytes} at the average entry size seen.
 *
 * <p>Safe for several threads.
 */
public final class WindowSize {
  private static final long ASSUMED_ENTRY_BYTES = 5_000;

  /** Entries of a small window: some 160 KB of JSON. */
  private static final int SMALL = 32;

  private static final int FIRST_TRY_AFTER = 64;
  private static final int RAREST_TRY_AFTER = 1 << 14;

  private final int alignment;
  private final int smallest;
  private final int largest;
  private final long maxBytes;
  private int wholeAnswers;
  private int tryAfter = FIRST_TRY_AFTER;
  private int entries;
  private double entryBytes = ASSUMED_ENTRY_BYTES;

  /**
   * @param source gives the size to begin with and the multiple to keep to
   * @param maxBytes memory that one window may take
   */
  public WindowSize(EntrySource source, long maxBytes) {
    this.alignment = Math.max(1, source.alignment());
    this.smallest = Math.max(1, source.smallestWindow());
    this.largest = Math.max(1, source.initialWindow());
    this.entries = largest;
    this.maxBytes = maxBytes;
  }

  /** The next window from {@code from}, aligned at its end, inside {@code limit}. */
  synchronized EntryRange next(long from, long limit) {
    long size = Math.max(smallest, Math.min(entries, (long) (maxBytes / entryBytes)));
    if (size > alignment) {
      size -= size % alignment;
    }
    long end = (from / size + 1) * size;
    return new EntryRange(from, Math.min(end, limit));
  }

  /** The smallest window from {@code from} that is worth a request, inside {@code limit}. */
  synchronized EntryRange smallest(long from, long limit) {
    long size = Math.min(entries, Math.max(smallest, SMALL));
    return new EntryRange(from, Math.min((from / size + 1) * size, limit));
  }

  /** Bytes of memory that {@code entries} entries probably take. */
  synchronized long estimate(long entries) {
    return (long) (entries * entryBytes);
  }

  /**
   * Learns from an answer: {@code got} entries of {@code asked}, which took {@code bytes} of
   * memory. The few entries at a log's end say nothing of the others' size: a whole tile, or a
   * buffer of the smallest size, was there for them.
   */
  synchronized void answered(long asked, long got, long bytes) {
    if (got < asked) {
      entries = (int) Math.max(1, Math.min(entries, got));
      wholeAnswers = 0;
    } else if (asked >= entries && entries < largest && ++wholeAnswers >= tryAfter) {
      entries = Math.min(2 * entries, largest);
      wholeAnswers = 0;
      tryAfter = Math.min(2 * tryAfter, RAREST_TRY_AFTER);
    }
    if (got >= Math.min(alignment, entries) && bytes > 0) {
      entryBytes += (Math.max(1.0, (double) bytes / got) - entryBytes) / 8;
    }
  }
}

package dev.rootwatch.ct.source;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.wire.EntryWindow;
import okhttp3.HttpUrl;

/**
 * Entries from get-entries (RFC 6962 section 4.6). The log gives as many as it likes, at least one;
 * none, or more than asked for, is no answer.
 */
final class Rfc6962Entries implements EntrySource {
  private static final LogEndpoint ENDPOINT = LogEndpoint.GET_ENTRIES;

  /** What most logs give at once (CTFE: 1000; seen: 32 to 1024). The answers tell the real one. */
  private static final int INITIAL_WINDOW = 1024;

  /** Logs cut their answers at multiples of what they give at once; 256 divides most of those. */
  private static final int ALIGNMENT = 256;

  private final LogSite site;
  private final GetEntriesParser parser;

  /** Of the last answer: JSON bytes an entry, and entries. Races do no harm. */
  private volatile int bytesPerEntry = 5000;

  private volatile int lastCount = 32;

  Rfc6962Entries(LogSite site, GetEntriesParser parser) {
    this.site = site;
    this.parser = parser;
  }

  @Override
  public EntryWindow read(EntryRange range, long treeSize)
      throws SourceException, InterruptedException {
    if (range.isEmpty() || range.to() > treeSize) {
      throw new IllegalArgumentException(range + " of a tree of " + treeSize);
    }
    HttpUrl url =
        site.url("ct/v1/get-entries")
            .addQueryParameter("start", Long.toString(range.from()))
            .addQueryParameter("end", Long.toString(range.to() - 1))
            .build();
    long expected = Math.min(range.size(), lastCount) * (bytesPerEntry + bytesPerEntry / 8L);
    int sizeHint = (int) Math.min(expected, ENDPOINT.maxBytes());
    try (PooledBytes body = site.get(ENDPOINT, url, sizeHint)) {
      int length = body.length();
      EntryWindow window = parser.parse(body, range, site.buffers());
      bytesPerEntry = length / window.count() + 1;
      lastCount = window.count();
      return window;
    } catch (InvalidAnswer e) {
      throw site.invalid(ENDPOINT, range + ": " + e.reason(), e);
    }
  }

  @Override
  public int alignment() {
    return ALIGNMENT;
  }

  @Override
  public int smallestWindow() {
    return 1;
  }

  @Override
  public int initialWindow() {
    return INITIAL_WINDOW;
  }
}

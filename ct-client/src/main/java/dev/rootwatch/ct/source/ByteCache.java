package dev.rootwatch.ct.source;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Byte arrays used lately, bounded by their bytes altogether; what was not used longest goes first.
 * Safe for several threads.
 */
final class ByteCache<K> {
  private final LinkedHashMap<K, byte[]> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final long maxBytes;
  private long bytes;

  ByteCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized byte @Nullable [] get(K key) {
    return entries.get(key);
  }

  synchronized void put(K key, byte[] value) {
    byte[] before = entries.put(key, value);
    bytes += value.length - (before == null ? 0 : before.length);
    var oldest = entries.entrySet().iterator();
    while (bytes > maxBytes && oldest.hasNext()) {
      Map.Entry<K, byte[]> entry = oldest.next();
      bytes -= entry.getValue().length;
      oldest.remove();
    }
  }

  synchronized void clear() {
    entries.clear();
    bytes = 0;
  }

  synchronized long bytes() {
    return bytes;
  }
}

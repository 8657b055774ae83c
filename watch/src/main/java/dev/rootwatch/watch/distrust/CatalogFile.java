package dev.rootwatch.watch.distrust;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A catalog file as read. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
record CatalogFile(String version, List<Family> families, Map<Program, Instant> vintage) {
  static CatalogFile read(String name, byte[] yaml, Catalog.FileReader files)
      throws CatalogException {
    throw new UnsupportedOperationException(name + yaml.length + files);
  }
}

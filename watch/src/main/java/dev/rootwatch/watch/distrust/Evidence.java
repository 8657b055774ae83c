package dev.rootwatch.watch.distrust;

import java.util.Locale;

/** What a hash in the catalog rests on. */
public enum Evidence {
  /** The certificate's bytes are part of the catalog; every build hashes them. */
  BYTES,
  /** Computed from a certificate's bytes that are not part of the catalog. */
  TABLE,
  /** Copied from a text; no certificate was at hand. */
  QUOTED;

  /** The word in JSON and in catalogs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

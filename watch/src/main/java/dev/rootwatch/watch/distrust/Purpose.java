package dev.rootwatch.watch.distrust;

import java.util.Locale;

/** What a certificate is used for, as far as root programs tell it apart in their dates. */
public enum Purpose {
  /** TLS servers. */
  TLS,
  /** Mail. */
  SMIME,
  /** Code signing. */
  CODE;

  /** The word in JSON and in catalogs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;

/**
 * Something that a monitor has to find: one line of the manifest.
 *
 * @param log where
 * @param index where in it
 * @param kind what it is: one of {@code family-precert}, {@code family-precert-delegated} (through
 *     a Precertificate Signing Certificate), {@code family-certificate}, {@code
 *     trustcor-subordinate}, {@code domain-precert}, {@code domain-certificate}; with hostile names
 *     {@code hostile-subject}, {@code hostile-domain}, {@code hostile-ca}, {@code hostile-issuer}
 * @param tbsSha256 SHA-256 of the canonical TBS. Several lines may share it: they are sightings of
 *     one certificate, and one alert
 * @param certSha256 SHA-256 of the DER certificate or precertificate
 * @param rule the id of the rule that has to match: {@link #DISTRUSTED} or {@link #OURS}
 */
public record Planted(
    LogId log, long index, String kind, Hash tbsSha256, Hash certSha256, String rule) {
  /** The rule for distrusted authorities, {@code catalog:*}. */
  public static final String DISTRUSTED = "distrusted";

  /** The rule for names at and below {@link Planting#DOMAIN}. */
  public static final String OURS = "ours";

  /** One line of JSON, without the line's end. */
  public String json() {
    return """
    {"schema":"rootwatch.planted/v1","log":"%s","index":%d,"kind":"%s","tbsSha256":"%s","certSha256":"%s","rule":"%s"}\
    """
        .formatted(log, index, kind, tbsSha256, certSha256, rule);
  }
}

package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts are asked for.
 *
 * @param since first seen at this instant or later; null for all
 * @param type the contract's word, such as {@code distrusted-issuer}; null for all
 * @param minSeverity this severity or above
 * @param aboutCertificates only findings: alerts about a certificate
 * @param limit at most so many; the oldest come first
 */
public record AlertQuery(
    @Nullable Instant since,
    @Nullable String type,
    Severity minSeverity,
    boolean aboutCertificates,
    long limit) {

  /** Every alert. */
  public static final AlertQuery ALL =
      new AlertQuery(null, null, Severity.INFO, false, Long.MAX_VALUE);

  public AlertQuery since(@Nullable Instant instant) {
    return new AlertQuery(instant, type, minSeverity, aboutCertificates, limit);
  }

  public AlertQuery type(@Nullable String word) {
    return new AlertQuery(since, word, minSeverity, aboutCertificates, limit);
  }

  public AlertQuery minSeverity(Severity severity) {
    return new AlertQuery(since, type, severity, aboutCertificates, limit);
  }

  public AlertQuery aboutCertificates(boolean only) {
    return new AlertQuery(since, type, minSeverity, only, limit);
  }

  public AlertQuery limit(long most) {
    return new AlertQuery(since, type, minSeverity, aboutCertificates, most);
  }
}

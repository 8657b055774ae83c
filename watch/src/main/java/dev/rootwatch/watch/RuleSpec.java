package dev.rootwatch.watch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the operator wrote it. At least one of {@code authority} and {@code domain} is given;
 * where both are, both must hold.
 *
 * @param id the rule's name in alerts
 * @param authority {@code catalog:*}, {@code catalog:FAMILY}, {@code key:SPKI_SHA256}, {@code
 *     cert:SHA256}, {@code pem:FILE} or {@code owner:LABEL}
 * @param domain a domain name: it and everything below it
 * @param allow authorities (same words as {@code authority}) whose certificates for the domain are
 *     expected
 * @param severity overrides the severity that follows from the kind of finding
 */
public record RuleSpec(
    String id,
    @Nullable String authority,
    @Nullable String domain,
    List<String> allow,
    @Nullable String severity) {

  public RuleSpec {
    allow = List.copyOf(allow);
  }

  /** A rule on an authority alone. */
  public static RuleSpec ofAuthority(String id, String authority) {
    return new RuleSpec(id, authority, null, List.of(), null);
  }
}

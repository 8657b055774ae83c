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
 * @param scope what narrows the rule further
 * @param digest whether people may read of what it finds in a digest; null leaves it to the kind of
 *     finding
 */
public record RuleSpec(
    String id,
    @Nullable String authority,
    @Nullable String domain,
    List<String> allow,
    @Nullable String severity,
    Scope scope,
    @Nullable Boolean digest) {

  public RuleSpec {
    allow = List.copyOf(allow);
  }

  /** A rule that nothing narrows further. */
  public RuleSpec(
      String id,
      @Nullable String authority,
      @Nullable String domain,
      List<String> allow,
      @Nullable String severity) {
    this(id, authority, domain, allow, severity, Scope.ALL, null);
  }

  /**
   * What narrows a rule.
   *
   * @param except authorities (same words as {@code authority}) that the rule does not mean
   * @param programs words of the root programs of which one must distrust or restrict; empty asks
   *     none
   * @param purposes words of the purposes of which the certificate must serve one; empty for any
   * @param asOf the instant as of which verdicts are asked for this rule; null for now
   */
  public record Scope(
      List<String> except, List<String> programs, List<String> purposes, @Nullable String asOf) {
    /** Narrows nothing. */
    public static final Scope ALL = new Scope(List.of(), List.of(), List.of(), null);

    public Scope {
      except = List.copyOf(except);
      programs = List.copyOf(programs);
      purposes = List.copyOf(purposes);
    }
  }

  /** A rule on an authority alone. */
  public static RuleSpec ofAuthority(String id, String authority) {
    return new RuleSpec(id, authority, null, List.of(), null);
  }

  /** The same rule, narrowed. */
  public RuleSpec in(Scope narrower) {
    return new RuleSpec(id, authority, domain, allow, severity, narrower, digest);
  }

  /** The same rule, told in a digest or at once. */
  public RuleSpec told(@Nullable Boolean inDigest) {
    return new RuleSpec(id, authority, domain, allow, severity, scope, inDigest);
  }
}

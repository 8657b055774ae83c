package dev.rootwatch.watch;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the operator wrote it. At least one of {@code authority}, {@code names} and {@code
 * domain} is given, not both of the first two; where one of them and a domain are, both must hold.
 *
 * @param id the rule's name in alerts
 * @param authority {@code catalog:*}, {@code catalog:FAMILY}, {@code key:SPKI_SHA256}, {@code
 *     cert:SHA256}, {@code pem:FILE} or {@code owner:LABEL}
 * @param names names of CAs, in place of an authority
 * @param domain a domain name: it and everything below it
 * @param allow authorities (same words as {@code authority}) whose certificates for the domain are
 *     expected
 * @param severity overrides the severity that follows from the kind of finding
 * @param scope what narrows the rule further
 * @param known certificates that the rule need not tell of: {@code cert:SHA256}, {@code
 *     key:SPKI_SHA256} or {@code file:PATH}
 * @param canary how long the rule may match nothing before that is told, and nothing else of it;
 *     null for a rule that finds
 * @param digest whether people may read of what it finds in a digest; null leaves it to the kind of
 *     finding
 */
public record RuleSpec(
    String id,
    @Nullable String authority,
    Names names,
    @Nullable String domain,
    List<String> allow,
    @Nullable String severity,
    Scope scope,
    List<String> known,
    @Nullable Duration canary,
    @Nullable Boolean digest) {

  public RuleSpec {
    allow = List.copyOf(allow);
    known = List.copyOf(known);
  }

  /** A rule that nothing narrows further. */
  public RuleSpec(
      String id,
      @Nullable String authority,
      @Nullable String domain,
      List<String> allow,
      @Nullable String severity) {
    this(id, authority, Names.NONE, domain, allow, severity, Scope.ALL, List.of(), null, null);
  }

  /**
   * CAs by what they call themselves.
   *
   * @param subject pattern (RE2) found in the name of the issuer, or of a CA certificate itself;
   *     null for none
   * @param brands words for brands of distrusted authorities, under keys of others
   */
  public record Names(@Nullable String subject, List<String> brands) {
    /** No name. */
    public static final Names NONE = new Names(null, List.of());

    public Names {
      brands = List.copyOf(brands);
    }

    /** Whether no name is given. */
    public boolean isEmpty() {
      return subject == null && brands.isEmpty();
    }
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

  /** A rule on names of CAs alone. */
  public static RuleSpec ofNames(String id, Names names) {
    return new RuleSpec(id, null, names, null, List.of(), null, Scope.ALL, List.of(), null, null);
  }

  /** The same rule, for a domain only. */
  public RuleSpec on(String itsDomain) {
    return new RuleSpec(
        id, authority, names, itsDomain, allow, severity, scope, known, canary, digest);
  }

  /** The same rule, narrowed. */
  public RuleSpec in(Scope narrower) {
    return new RuleSpec(
        id, authority, names, domain, allow, severity, narrower, known, canary, digest);
  }

  /** The same rule, silent about these certificates. */
  public RuleSpec knowing(List<String> certificates) {
    return new RuleSpec(
        id, authority, names, domain, allow, severity, scope, certificates, canary, digest);
  }

  /** The same rule, whose silence is told. */
  public RuleSpec heardEvery(Duration longestSilence) {
    return new RuleSpec(
        id, authority, names, domain, allow, severity, scope, known, longestSilence, digest);
  }

  /** The same rule, told in a digest or at once. */
  public RuleSpec told(@Nullable Boolean inDigest) {
    return new RuleSpec(
        id, authority, names, domain, allow, severity, scope, known, canary, inDigest);
  }
}

package dev.rootwatch.watch;

import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.distrust.Verdict;
import dev.rootwatch.watch.name.Domain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule in force: an authority or names of CAs, a domain, or one of the first and a domain at
 * once, which then must both hold.
 */
public final class Rule {
  private final String id;
  private final @Nullable AuthorityMatch authority;
  private final @Nullable NamePattern names;
  private final @Nullable Domain domain;
  private final KeyTable allowed;
  private final @Nullable Severity severity;
  private final RuleScope scope;
  private final KnownCertificates known;
  private final @Nullable Boolean digest;

  Rule(
      String id,
      @Nullable AuthorityMatch authority,
      @Nullable NamePattern names,
      @Nullable Domain domain,
      KeyTable allowed,
      @Nullable Severity severity,
      RuleScope scope,
      KnownCertificates known,
      @Nullable Boolean digest) {
    this.id = id;
    this.authority = authority;
    this.names = names;
    this.domain = domain;
    this.allowed = allowed;
    this.severity = severity;
    this.scope = scope;
    this.known = known;
    this.digest = digest;
  }

  public String id() {
    return id;
  }

  @Nullable AuthorityMatch authority() {
    return authority;
  }

  @Nullable NamePattern names() {
    return names;
  }

  @Nullable Domain domain() {
    return domain;
  }

  /** Whether the key (32 bytes from {@code offset}) may issue for the rule's domain. */
  boolean allows(byte[] bytes, int offset) {
    return allowed.find(bytes, offset) != KeyTable.ABSENT;
  }

  RuleScope scope() {
    return scope;
  }

  /** Certificates of which it does not tell. */
  KnownCertificates known() {
    return known;
  }

  /**
   * Whether people may read of a finding in a digest, as far as this rule goes. Unless it says so
   * itself: of a certificate from a CA that some program still accepts, when the rule means the
   * whole catalog and no domain of ours; and of one that only bears a brand's name.
   */
  boolean waitsForDigest(FindingType type, List<Verdict> verdicts) {
    if (digest != null) {
      return digest;
    }
    boolean ordinary =
        type == FindingType.DISTRUSTED_ISSUER || type == FindingType.WATCHED_AUTHORITY;
    if (names != null) {
      return ordinary && names.isOfBrands() && domain == null;
    }
    return ordinary
        && authority != null
        && authority.text().equals(AuthorityMatch.WHOLE_CATALOG)
        && domain == null
        && verdicts.stream().anyMatch(v -> v.result() == Verdict.Result.NOT_DISTRUSTED);
  }

  /** What the rule asks for a finding of this type. */
  Severity severity(FindingType type) {
    if (severity != null) {
      return severity;
    }
    if (type == FindingType.MALFORMED_ENTRY) {
      return Severity.MEDIUM;
    }
    if (names != null) {
      Severity alone = names.isOfBrands() ? Severity.LOW : Severity.MEDIUM;
      return domain == null ? alone : alone == Severity.LOW ? Severity.MEDIUM : Severity.HIGH;
    }
    if (authority == null) {
      return Severity.MEDIUM;
    }
    return type == FindingType.NEW_SUBORDINATE || domain != null
        ? Severity.CRITICAL
        : Severity.HIGH;
  }
}

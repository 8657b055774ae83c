package dev.rootwatch.watch;

import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.name.Domain;
import org.jspecify.annotations.Nullable;

/** A rule in force: an authority, a domain, or both at once, which then must both hold. */
public final class Rule {
  private final String id;
  private final @Nullable AuthorityMatch authority;
  private final @Nullable Domain domain;
  private final KeyTable allowed;
  private final @Nullable Severity severity;

  Rule(
      String id,
      @Nullable AuthorityMatch authority,
      @Nullable Domain domain,
      KeyTable allowed,
      @Nullable Severity severity) {
    this.id = id;
    this.authority = authority;
    this.domain = domain;
    this.allowed = allowed;
    this.severity = severity;
  }

  public String id() {
    return id;
  }

  @Nullable AuthorityMatch authority() {
    return authority;
  }

  @Nullable Domain domain() {
    return domain;
  }

  /** Whether the key (32 bytes from {@code offset}) may issue for the rule's domain. */
  boolean allows(byte[] bytes, int offset) {
    return allowed.find(bytes, offset) != KeyTable.ABSENT;
  }

  /** What the rule asks for a finding of this type. */
  Severity severity(FindingType type) {
    if (severity != null) {
      return severity;
    }
    if (type == FindingType.MALFORMED_ENTRY) {
      return Severity.MEDIUM;
    }
    if (authority == null) {
      return Severity.MEDIUM;
    }
    return type == FindingType.NEW_SUBORDINATE || domain != null
        ? Severity.CRITICAL
        : Severity.HIGH;
  }
}

package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.name.Domain;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
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

  /**
   * Makes a rule of what the operator wrote.
   *
   * @param files reads what {@code pem:FILE} names
   */
  public static Rule parse(
      RuleSpec spec, Catalog catalog, OwnerTable owners, Catalog.FileReader files)
      throws RuleException {
    if (spec.id().isBlank()) {
      throw new RuleException(spec.id(), "id", "is empty; alerts and metrics name the rule by it");
    }
    if (spec.authority() == null && spec.domain() == null) {
      throw new RuleException(
          spec.id(), "authority", "is missing; a rule needs 'authority', 'domain' or both");
    }
    if (spec.domain() == null && !spec.allow().isEmpty()) {
      throw new RuleException(
          spec.id(), "allow", "belongs to rules with a 'domain'; add one or leave 'allow' out");
    }
    AuthorityMatch authority =
        spec.authority() == null
            ? null
            : authority(spec.id(), "authority", spec.authority(), catalog, owners, files);
    Set<Hash> allowed = new LinkedHashSet<>();
    for (int i = 0; i < spec.allow().size(); i++) {
      allowed.addAll(
          authority(spec.id(), "allow[" + i + "]", spec.allow().get(i), catalog, owners, files)
              .keys());
    }
    return new Rule(
        spec.id(), authority, domain(spec), KeyTable.of(new ArrayList<>(allowed)), severity(spec));
  }

  private static AuthorityMatch authority(
      String id,
      String field,
      String text,
      Catalog catalog,
      OwnerTable owners,
      Catalog.FileReader files)
      throws RuleException {
    try {
      return AuthorityMatch.parse(text, catalog, owners, files);
    } catch (IllegalArgumentException e) {
      throw new RuleException(id, field, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Domain domain(RuleSpec spec) throws RuleException {
    String text = spec.domain();
    if (text == null) {
      return null;
    }
    try {
      return Domain.parse(text);
    } catch (IllegalArgumentException e) {
      throw new RuleException(spec.id(), "domain", String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Severity severity(RuleSpec spec) throws RuleException {
    String text = spec.severity();
    if (text == null) {
      return null;
    }
    Optional<Severity> severity = Severity.ofWord(text);
    return severity.orElseThrow(() ->
        new RuleException(
            spec.id(),
            "severity",
            "'" + text + "' is not one of info, low, medium, high, critical"));
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

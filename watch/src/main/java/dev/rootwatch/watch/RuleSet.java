package dev.rootwatch.watch;

import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import java.util.List;

/** SKELETON body, final signatures: the rules in force. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class RuleSet {
  private RuleSet() {}

  /**
   * Makes rules of what the operator wrote.
   *
   * @param files reads what {@code pem:FILE} names
   * @throws RuleException when one cannot be used, or two share an id
   */
  public static RuleSet parse(
      List<RuleSpec> specs, Catalog catalog, OwnerTable owners, Catalog.FileReader files)
      throws RuleException {
    if (specs.isEmpty()) {
      throw new RuleException("", "rules", "none" + catalog.version() + owners.size() + files);
    }
    return new RuleSet();
  }

  /** The one rule {@code distrusted} that holds when none is configured: {@code catalog:*}. */
  public static RuleSet standard(Catalog catalog, OwnerTable owners) {
    throw new UnsupportedOperationException(catalog.version() + owners.size());
  }

  /** The one rule {@code catalog} of {@code check}: {@code catalog:*} and every family. */
  public static RuleSet ofCheck(Catalog catalog, OwnerTable owners) {
    throw new UnsupportedOperationException(catalog.version() + owners.size());
  }
}

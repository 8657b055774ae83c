package dev.rootwatch.watch;

import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.Inclusion;
import java.time.InstantSource;

/**
 * What every examiner shares: catalog, rules and look-up tables, compiled once per configuration.
 * Immutable; any number of threads.
 */
public final class ExaminerSetup {
  private final Catalog catalog;
  private final RuleSet rules;
  private final OwnerTable owners;
  private final Inclusion inclusion;
  private final InstantSource clock;

  public ExaminerSetup(
      Catalog catalog, RuleSet rules, OwnerTable owners, Inclusion inclusion, InstantSource clock) {
    this.catalog = catalog;
    this.rules = rules;
    this.owners = owners;
    this.inclusion = inclusion;
    this.clock = clock;
  }

  /** A fresh examiner with scratch of its own; cheap. */
  public Examiner newExaminer() {
    return new Examiner(this);
  }

  Catalog catalog() {
    return catalog;
  }

  RuleSet rules() {
    return rules;
  }

  OwnerTable owners() {
    return owners;
  }

  Inclusion inclusion() {
    return inclusion;
  }

  InstantSource clock() {
    return clock;
  }
}

package dev.rootwatch.watch;

/** A rule that cannot be used: says which rule, which field, what is wrong and how to mend it. */
public final class RuleException extends Exception {
  private final String ruleId;
  private final String field;

  public RuleException(String ruleId, String field, String message) {
    super("rule '" + ruleId + "', " + field + ": " + message);
    this.ruleId = ruleId;
    this.field = field;
  }

  /** The rule's id as written. */
  public String ruleId() {
    return ruleId;
  }

  /** The field as in the configuration: id, authority, domain, allow[0], severity. */
  public String field() {
    return field;
  }
}

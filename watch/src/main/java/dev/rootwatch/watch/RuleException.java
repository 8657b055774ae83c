package dev.rootwatch.watch;

import java.util.List;
import java.util.stream.Collectors;

/** Rules that cannot be used: all that is wrong with them, so that it can be mended in one go. */
public final class RuleException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  /**
   * One thing that is wrong.
   *
   * @param rule which rule, from 0 in the order they were given
   * @param ruleId its id as written
   * @param field the field as in the configuration: id, authority, domain, allow[0], severity
   * @param problem what is wrong and how to mend it, to be read behind the field's name
   */
  public record Mistake(int rule, String ruleId, String field, String problem) {
    @Override
    public String toString() {
      return "rule '" + ruleId + "', " + field + ": " + problem;
    }
  }

  /**
   * @param mistakes at least one
   */
  public RuleException(List<Mistake> mistakes) {
    super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  /** In the order of the rules. */
  public List<Mistake> mistakes() {
    return mistakes;
  }
}

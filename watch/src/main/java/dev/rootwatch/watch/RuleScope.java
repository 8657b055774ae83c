package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.distrust.Program;
import dev.rootwatch.watch.distrust.Purpose;
import dev.rootwatch.watch.distrust.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What narrows a rule beyond its authority and its domain. Where nobody can tell, the rule holds.
 *
 * @param except keys that, anywhere on the way from the issuer upward, are not meant
 * @param programs of which one must distrust or restrict; empty asks none
 * @param purposes of which the certificate must serve one; empty for any
 * @param asOf the instant of the rule's verdicts; null for that of the question
 */
record RuleScope(
    KeyTable except, Set<Program> programs, Set<Purpose> purposes, @Nullable Instant asOf) {
  /** Narrows nothing. */
  static final RuleScope ALL = new RuleScope(KeyTable.of(List.of()), Set.of(), Set.of(), null);

  RuleScope {
    programs = Set.copyOf(programs);
    purposes = Set.copyOf(purposes);
  }

  /** Whether a key on the way from the issuer upward is not meant. */
  boolean excepts(List<Hash> path) {
    return except.size() > 0 && path.stream().anyMatch(key -> except.find(key) != KeyTable.ABSENT);
  }

  /** Whether a certificate with these purposes is meant. */
  boolean serves(Set<Purpose> certificate) {
    return purposes.isEmpty() || certificate.stream().anyMatch(purposes::contains);
  }

  /** Whether one of the programs distrusts or restricts, going by verdicts as of {@link #asOf}. */
  boolean isDistrusted(List<Verdict> verdicts) {
    return programs.isEmpty()
        || verdicts.isEmpty()
        || verdicts.stream()
            .anyMatch(verdict ->
                programs.contains(verdict.program())
                    && (purposes.isEmpty() || purposes.contains(verdict.purpose()))
                    && bites(verdict));
  }

  /** A date rule that is satisfied still restricts; what nobody can tell counts. */
  private static boolean bites(Verdict verdict) {
    return switch (verdict.result()) {
      case DISTRUSTED, DEPENDS_ON_SCTS, UNKNOWN -> true;
      case NOT_DISTRUSTED -> verdict.kind() != null;
      case NOT_INCLUDED -> false;
    };
  }
}

package dev.rootwatch.watch.distrust;

import java.util.Optional;

/**
 * What a program did. Real history has more shapes than "distrust after a date"; the ones that
 * {@link Verdicts} cannot weigh yet have the effect {@link Effect#NOT_UNDERSTOOD}, so that the
 * answer becomes {@code unknown} and never a guess.
 */
public enum EventKind {
  REMOVED("removed", Effect.BLOCK),
  TRUST_BIT_REMOVED("trust-bit-removed", Effect.BLOCK),
  BLOCKLISTED("blocklisted", Effect.BLOCK),
  ACTIVELY_DISTRUSTED("actively-distrusted", Effect.BLOCK),
  DISALLOWED("disallowed", Effect.BLOCK),
  BLOCKED_IN_VALID_DB("blocked-in-valid-db", Effect.BLOCK),
  DISTRUST_AFTER_NOT_BEFORE("distrust-after-notBefore", Effect.NOT_BEFORE_RULE),
  DISTRUST_AFTER_SCT("distrust-after-sct", Effect.SCT_RULE),
  /** Never in the program, or refused. */
  NEVER_INCLUDED("never-included", Effect.NEVER_INCLUDED),
  INCLUSION_REFUSED("inclusion-refused", Effect.NEVER_INCLUDED),
  /** Only a window of notBefore is accepted (Apple, Symantec). */
  DISTRUST_WINDOW("distrust-window", Effect.NOT_UNDERSTOOD),
  DISTRUST_BEFORE_NOT_BEFORE("distrust-before-notBefore", Effect.NOT_UNDERSTOOD),
  /** Only listed leaves are accepted (CNNIC). */
  ALLOWLIST_ONLY("allowlist-only", Effect.NOT_UNDERSTOOD),
  /** The program imposes names (ANSSI, TUBITAK). */
  NAME_CONSTRAINED("name-constrained", Effect.NOT_UNDERSTOOD),
  /** A subordinate stays trusted below a distrusted root (Apple and Google under Symantec). */
  EXEMPT_SUBORDINATE("exempt-subordinate", Effect.NOT_UNDERSTOOD),
  EXEMPT_MANAGED_CA("exempt-managed-ca", Effect.NOT_UNDERSTOOD),
  /** A date rule was taken back (Certinomis, Microsoft). */
  DISTRUST_AFTER_CLEARED("distrust-after-cleared", Effect.NOT_UNDERSTOOD),
  RE_ADDED("re-added", Effect.NOT_UNDERSTOOD),
  TRUST_BIT_RESTORED("trust-bit-restored", Effect.NOT_UNDERSTOOD),
  /** Single leaves were blocked; says nothing about the CA. */
  LEAF_DISALLOWED("leaf-disallowed", Effect.NONE),
  ANNOUNCED("announced", Effect.NONE),
  LIST_CHANGED("list-changed", Effect.NONE);

  /** How an event enters a verdict. */
  enum Effect {
    /** From a moment on nothing is accepted. */
    BLOCK,
    /** Certificates dated after a moment are not accepted. */
    NOT_BEFORE_RULE,
    /** Certificates without an SCT up to a moment are not accepted. */
    SCT_RULE,
    NEVER_INCLUDED,
    NOT_UNDERSTOOD,
    NONE
  }

  private final String word;
  private final Effect effect;

  EventKind(String word, Effect effect) {
    this.word = word;
    this.effect = effect;
  }

  /** The word in catalogs and verdicts. */
  public String word() {
    return word;
  }

  Effect effect() {
    return effect;
  }

  /** Whether it is an act against the CA, which {@code catalog:*} asks for. */
  boolean strikes() {
    return switch (this) {
      case NEVER_INCLUDED, RE_ADDED, TRUST_BIT_RESTORED, DISTRUST_AFTER_CLEARED, LIST_CHANGED ->
          false;
      case EXEMPT_SUBORDINATE, EXEMPT_MANAGED_CA, ANNOUNCED, LEAF_DISALLOWED -> false;
      default -> true;
    };
  }

  static Optional<EventKind> ofWord(String word) {
    for (EventKind kind : values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}

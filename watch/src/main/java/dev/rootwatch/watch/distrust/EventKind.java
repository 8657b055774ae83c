package dev.rootwatch.watch.distrust;

import java.util.Optional;

/**
 * What a program did. Real history has more shapes than "distrust after a date"; {@link Verdicts}
 * weighs each by its {@link Effect}.
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
  DISTRUST_WINDOW("distrust-window", Effect.WINDOW_RULE),
  DISTRUST_BEFORE_NOT_BEFORE("distrust-before-notBefore", Effect.BEFORE_RULE),
  /** Only listed leaves are accepted (CNNIC). */
  ALLOWLIST_ONLY("allowlist-only", Effect.ALLOWLIST),
  /** The program imposes names (ANSSI, TUBITAK). */
  NAME_CONSTRAINED("name-constrained", Effect.NAME_RULE),
  /** A subordinate stays trusted below a distrusted root (Apple and Google under Symantec). */
  EXEMPT_SUBORDINATE("exempt-subordinate", Effect.EXEMPTION),
  EXEMPT_MANAGED_CA("exempt-managed-ca", Effect.EXEMPTION),
  /** A date rule was taken back (Certinomis, Microsoft). */
  DISTRUST_AFTER_CLEARED("distrust-after-cleared", Effect.CLEARED),
  RE_ADDED("re-added", Effect.RESTORED),
  TRUST_BIT_RESTORED("trust-bit-restored", Effect.RESTORED),
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
    /** Certificates dated before a moment are not accepted. */
    BEFORE_RULE,
    /** Only certificates dated inside a window are accepted, and only with SCTs. */
    WINDOW_RULE,
    /** Only listed certificates are accepted. */
    ALLOWLIST,
    /** Only some names are accepted. */
    NAME_RULE,
    /** Takes a subordinate out of the program's date rules. */
    EXEMPTION,
    /** Takes back date rules that came before. */
    CLEARED,
    /** Takes back removals that came before. */
    RESTORED,
    NEVER_INCLUDED,
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

  /**
   * Whether it merely ends a root's time in a program. Without a cause the root has then left: it
   * is not included any more, and nobody distrusts it.
   */
  boolean endsInclusion() {
    return this == REMOVED || this == TRUST_BIT_REMOVED || this == DISALLOWED;
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

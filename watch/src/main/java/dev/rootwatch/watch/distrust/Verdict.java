package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one root program says of one certificate for one purpose, as of an instant.
 *
 * @param program whose word it is
 * @param purpose for what use
 * @param result the word
 * @param kind the catalog's kind of the event that decided, for example {@code removed}; for {@link
 *     Result#NOT_DISTRUSTED} the date rule that was satisfied; null when no event had a say
 * @param effective the date of that event; null when the source gives none
 * @param basis what the event compares
 * @param boundary whether the date itself is still trusted; null for events that compare nothing
 * @param unit how finely the comparison is made
 * @param anchor SHA-256 of the root certificate over whose path this is said; null when none is
 *     known
 * @param asOf the instant of the question
 * @param citation where the event can be read; null when no event had a say
 * @param catalogVersion which catalog said it
 */
public record Verdict(
    Program program,
    Purpose purpose,
    Result result,
    @Nullable String kind,
    @Nullable Instant effective,
    @Nullable Basis basis,
    @Nullable Boundary boundary,
    @Nullable Unit unit,
    @Nullable Hash anchor,
    Instant asOf,
    @Nullable String citation,
    String catalogVersion) {

  /** The words a program can have, see {@code docs/catalog.md}. */
  public enum Result {
    /** A rule of the program rejects the certificate. */
    DISTRUSTED,
    /** No known rule rejects it. Never a statement that it is good. */
    NOT_DISTRUSTED,
    /** In time or late depending on SCTs that we do not know. */
    DEPENDS_ON_SCTS,
    /** The program has no root for it, or does not judge the purpose. */
    NOT_INCLUDED,
    /** The catalog cannot tell. */
    UNKNOWN;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What a rule compares with its date. */
  public enum Basis {
    NOT_BEFORE("notBefore"),
    SCT("sct"),
    /** The moment of validation: removals, blocks, disables. */
    VALIDATION("validation");

    private final String word;

    Basis(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** Whether a value equal to the date is still trusted. */
  public enum Boundary {
    /** Equal is trusted. */
    INCLUSIVE,
    /** Equal is not trusted any more. */
    EXCLUSIVE,
    /** The program never said. */
    UNDEFINED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How finely a comparison is made. */
  public enum Unit {
    MILLISECOND,
    SECOND,
    /** A calendar day in UTC. */
    UTC_DAY,
    /** A day whose zone or edge the program does not define. */
    DAY;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}

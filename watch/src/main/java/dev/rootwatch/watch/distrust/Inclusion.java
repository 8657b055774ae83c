package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which roots the programs hold, beyond what the catalog's events say. */
public interface Inclusion {
  /** What is known of a root in a program. */
  enum Status {
    INCLUDED,
    NOT_INCLUDED,
    UNKNOWN
  }

  /**
   * Where a key stands with a program.
   *
   * @param anchor SHA-256 of the certificate that the program holds; null where none is or none is
   *     known
   */
  record Standing(Status status, @Nullable Hash anchor) {
    /** Nothing is known. */
    public static final Standing UNKNOWN = new Standing(Status.UNKNOWN, null);
  }

  /** Whether {@code program} includes this key as a root for {@code purpose} as of an instant. */
  Standing ofRoot(Hash rootSpkiSha256, Program program, Purpose purpose, Instant asOf);

  /**
   * The same for the best of the roots that an issuing key is known to reach, itself one of them
   * where it is a root.
   */
  Standing ofIssuer(Hash spkiSha256, Program program, Purpose purpose, Instant asOf);

  /** Knows nothing. */
  static Inclusion unknown() {
    return new Inclusion() {
      @Override
      public Standing ofRoot(Hash root, Program program, Purpose purpose, Instant asOf) {
        return Standing.UNKNOWN;
      }

      @Override
      public Standing ofIssuer(Hash key, Program program, Purpose purpose, Instant asOf) {
        return Standing.UNKNOWN;
      }
    };
  }
}

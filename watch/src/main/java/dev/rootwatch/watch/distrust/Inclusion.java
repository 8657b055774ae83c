package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;

/** Which roots the programs hold. */
public interface Inclusion {
  /** What is known of a root in a program. */
  enum Status {
    INCLUDED,
    NOT_INCLUDED,
    UNKNOWN
  }

  /** Whether {@code program} includes the root key for {@code purpose}. */
  Status of(Hash rootSpkiSha256, Program program, Purpose purpose);

  /** Knows nothing. */
  static Inclusion unknown() {
    return (root, program, purpose) -> Status.UNKNOWN;
  }
}

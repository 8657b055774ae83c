package dev.rootwatch.daemon.config;

/** Where the reading of a log begins that was never read before. */
public sealed interface Start {
  /** At the size of the head that the log shows then; what lies before is not a gap. */
  record Now() implements Start {}

  /** At the first entry. */
  record Zero() implements Start {}

  /**
   * At an entry.
   *
   * @param index inclusive, not negative
   */
  record At(long index) implements Start {
    public At {
      if (index < 0) {
        throw new IllegalArgumentException("a log has no entry " + index);
      }
    }
  }

  /** The index at which reading begins when the log has {@code treeSize} entries. */
  default long index(long treeSize) {
    return switch (this) {
      case Now now -> treeSize;
      case Zero zero -> 0;
      case At at -> at.index();
    };
  }
}

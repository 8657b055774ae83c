package dev.rootwatch.watch;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.wire.EntryWindow;

/**
 * SKELETON body, final signatures: looks through one window after another. One thread at a time.
 */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Examiner {
  private final ExaminerSetup setup;

  Examiner(ExaminerSetup setup) {
    this.setup = setup;
  }

  /**
   * Examines every entry of the window.
   *
   * @param issuers asked only on a match; what it cannot give leaves a signature unchecked
   */
  public Examined examine(CtLog log, EntryWindow window, IssuerSource issuers)
      throws InterruptedException {
    throw new UnsupportedOperationException(setup.rules() + "" + log + window + issuers);
  }
}

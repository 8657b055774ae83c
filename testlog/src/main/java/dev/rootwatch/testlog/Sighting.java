package dev.rootwatch.testlog;

/**
 * Something to plant, before it has a place.
 *
 * @param log which of the logs, by number
 * @param kind the word for the manifest
 * @param rule the rule that has to match; empty for a decoy, which none may match
 */
record Sighting(int log, String kind, Submission submission, String rule) {
  boolean isDecoy() {
    return rule.isEmpty();
  }

  Planted at(TestLog where, long index) {
    return new Planted(
        where.id(), index, kind, submission.tbsSha256(), submission.certSha256(), rule);
  }
}

package dev.rootwatch.ct.source;

import java.io.IOException;

/** The contract over entries made here: both kinds, with and without chains. */
class SyntheticLogSourcesTest extends LogSourcesContract {
  @Override
  TestLogServer start() throws IOException {
    return new TestLogServer(TestEntry.synthetic(600, 1));
  }
}

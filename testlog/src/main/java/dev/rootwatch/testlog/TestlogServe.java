package dev.rootwatch.testlog;

import dev.rootwatch.ct.CtLog;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code testlog serve}: a {@link Scenario} until somebody ends it. */
public final class TestlogServe {
  private TestlogServe() {}

  /**
   * Serves until the time is up or the thread is interrupted. When the logs can be read, one line
   * of JSON for each is on {@code out}:
   *
   * <pre>
   * {"schema":"rootwatch.testlog/v1","name":"","url":"","protocol":"rfc6962|static|hybrid","key":"base64 SPKI","id":"base64"}
   * </pre>
   *
   * @throws IllegalArgumentException when the options contradict each other
   * @throws java.io.UncheckedIOException when the port is taken or the manifest cannot be written
   */
  public static void run(ServeOptions options, PrintStream out) {
    try (Scenario scenario = Scenario.start(options)) {
      for (CtLog log : scenario.ctLogs()) {
        out.println(json(log));
      }
      out.flush();
      CountDownLatch never = new CountDownLatch(1);
      if (options.runFor() == null) {
        never.await();
      } else {
        boolean _ = never.await(options.runFor().toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String json(CtLog log) {
    return """
    {"schema":"rootwatch.testlog/v1","name":"%s","url":"%s","protocol":"%s","key":"%s","id":"%s"}\
    """
        .formatted(log.name(), log.url(), log.protocol().word(), log.key().base64(), log.id());
  }
}

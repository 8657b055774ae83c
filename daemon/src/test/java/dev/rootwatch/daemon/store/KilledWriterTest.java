package dev.rootwatch.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.ct.LogId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real thing: another process that is killed in the middle of writing. */
class KilledWriterTest {
  private static final int COMMITS = 40;

  @TempDir private Path directory;

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void kill_whileCommitting_losesNothingSaidAndCountsNothingTwice()
      throws IOException, InterruptedException {
    Path file = directory.resolve("rootwatch.db");
    Process writer = start(file);
    long said;
    try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
      said = readUntil(lines, COMMITS);
      assertThatThrownBy(() -> SqliteStore.open(file, InstantSource.system(), a -> List.of()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("pid " + writer.pid());
    } finally {
      writer.destroyForcibly().waitFor();
    }
    try (Store store = SqliteStore.open(file, InstantSource.system(), alert -> List.of())) {
      LogId log = store.logs().getFirst().log().id();
      long examined = store.counts(log).examined();
      assertThat(examined).isGreaterThan(said);
      assertThat(store.counts(log).findings()).isEqualTo(examined);
      assertThat(store.issuers(log, Instant.EPOCH))
          .containsExactly(Samples.tally("issuer", 1, examined, 0, examined - 1));
      assertThat(store.outbox().pending("slack")).isEqualTo(examined);
    }
  }

  private static Process start(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            EndlessWriter.class.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The last index that the writer said it committed. Other lines are its log. */
  private static long readUntil(BufferedReader lines, long index) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.matches("\\d+") && Long.parseLong(line) >= index) {
        return Long.parseLong(line);
      }
    }
    throw new IOException("the writer ended by itself");
  }
}

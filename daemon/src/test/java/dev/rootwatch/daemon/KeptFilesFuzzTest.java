package dev.rootwatch.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rootwatch.ct.list.ListKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What stands in files that may have been changed: believed only with a signature. */
class KeptFilesFuzzTest {
  private static final String NOTE_KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private final Path file;

  KeptFilesFuzzTest() throws IOException {
    file = Files.createTempFile("kept", ".zip");
    file.toFile().deleteOnExit();
  }

  @FuzzTest(maxDuration = "5m")
  void list(byte[] zip) throws IOException {
    Files.write(file, zip);
    KeptList kept = new KeptList(file);

    kept.read("https://list.test/", null)
        .ifPresent(read -> assertThat(read.list().logs()).isNotNull());
    kept.read("https://list.test/", ListKey.google())
        .ifPresent(read -> assertThat(read.list().timestamp()).isNotNull());
  }

  /** A key, an empty line, a note; and the note under a key that is one. */
  @FuzzTest(maxDuration = "5m")
  void note(byte[] bytes) throws NoteKey.RefusedException {
    String text = new String(bytes, UTF_8);
    int line = text.indexOf('\n');
    try {
      NoteKey key = NoteKey.parse(line < 0 ? text : text.substring(0, line));
      key.open(text.substring(line + 1).getBytes(UTF_8));
    } catch (NoteKey.RefusedException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
    NoteKey known = NoteKey.parse(NOTE_KEY);
    try {
      byte[] opened = known.open(bytes);
      // Nobody but the example's author can sign: this is the example, or part of its lines.
      assertThat(new String(opened, UTF_8)).startsWith("If you think cryptography is the answer");
    } catch (NoteKey.RefusedException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}

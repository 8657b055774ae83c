package dev.rootwatch.ct;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Real data beside the project, in {@code shared/data} of a directory above: not part of it. Where
 * it is absent, tests say SKIPPED; with REQUIRE_SHARED=1 in the environment they fail.
 */
public final class SharedData {
  private SharedData() {}

  /** Where the data is; ends the test when it is not. */
  public static Path root() {
    return find()
        .orElseGet(() -> {
          if ("1".equals(System.getenv("REQUIRE_SHARED"))) {
            throw new AssertionError("REQUIRE_SHARED=1, but there is no shared/data");
          }
          return abort("SKIPPED: there is no shared/data beside the project");
        });
  }

  /** Where the data is, if anywhere. */
  public static Optional<Path> find() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path data = at.resolve("shared/data");
      if (Files.isDirectory(data)) {
        return Optional.of(data);
      }
    }
    return Optional.empty();
  }

  /** The bytes of one file; {@code path} as in the data's manifest. */
  public static byte[] bytes(String path) {
    try {
      return Files.readAllBytes(root().resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

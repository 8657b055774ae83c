package dev.rootwatch.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootwatch.watch.authority.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Real data that lies beside the project and not in it; tests without it are skipped. */
final class SharedData {
  private static final Path ROOT = Path.of("../../shared/data");

  private SharedData() {}

  static Path require(String name) {
    Path path = ROOT.resolve(name);
    if ("1".equals(System.getenv("REQUIRE_SHARED"))) {
      assertThat(path).exists();
    }
    assumeTrue(Files.exists(path), "SKIPPED: no shared data at " + path);
    return path;
  }

  static List<byte[]> certificates(String folder) throws IOException {
    List<byte[]> certificates = new ArrayList<>();
    try (Stream<Path> files = Files.list(require(folder))) {
      for (Path file : files.sorted().toList()) {
        for (Pem.Block block : Pem.certificates(Files.readAllBytes(file))) {
          certificates.add(Objects.requireNonNull(block.der()));
        }
      }
    }
    return certificates;
  }
}

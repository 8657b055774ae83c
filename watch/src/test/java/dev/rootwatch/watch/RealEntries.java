package dev.rootwatch.watch;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.TileReader;
import dev.rootwatch.watch.authority.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Real entries from the data beside the project: tiles, get-entries answers, CA certificates. */
final class RealEntries {
  private final Path data;

  private RealEntries(Path data) {
    this.data = data;
  }

  /** The directory {@code shared} beside the project; empty without it. */
  static Optional<RealEntries> find() {
    Path project = Path.of("").toAbsolutePath();
    while (project != null && !Files.exists(project.resolve("mvnw"))) {
      project = project.getParent();
    }
    Path data = project == null ? Path.of("shared/data") : project.resolveSibling("shared/data");
    if (Files.isDirectory(data)) {
      return Optional.of(new RealEntries(data));
    }
    if ("1".equals(System.getenv("REQUIRE_SHARED"))) {
      throw new IllegalStateException("REQUIRE_SHARED=1, but there is no " + data);
    }
    return Optional.empty();
  }

  /** Everything, in a fixed order. */
  List<EntryParts> all() throws IOException {
    List<EntryParts> entries = new ArrayList<>();
    for (Path tile : files("ct/static/navigli2025h2/tile/data")) {
      byte[] bytes = Files.readAllBytes(tile);
      int width = tile.toString().contains(".p") ? 10 : 256;
      add(
          entries,
          TileReader.read(bytes, bytes.length, 0, width, new EntryRange(0, width), 0, _ -> {}));
    }
    for (Path answer : files("ct/rfc6962")) {
      if (answer.toString().contains("entries") && answer.toString().endsWith(".json")) {
        EntryWindow window = GetEntriesBody.read(Files.readAllBytes(answer)).window();
        if (window != null) {
          add(entries, window);
        }
      }
    }
    List<byte[]> pool = pool();
    for (int i = 0; i < pool.size(); i++) {
      entries.add(EntryParts.certificate(pool.get(i), List.of(pool.get((i + 1) % pool.size()))));
    }
    return entries;
  }

  /** CA certificates, each once. */
  List<byte[]> pool() throws IOException {
    List<byte[]> pool = new ArrayList<>();
    for (Path file : files("roots")) {
      if (file.toString().endsWith(".pem")) {
        for (Pem.Block block : Pem.certificates(Files.readAllBytes(file))) {
          if (block.der() != null) {
            pool.add(block.der());
          }
        }
      }
    }
    return List.copyOf(
        pool.stream()
            .collect(
                Collectors.toMap(Hash::sha256, der -> der, (one, _) -> one, LinkedHashMap::new))
            .values());
  }

  private static void add(List<EntryParts> entries, EntryWindow window) {
    for (int i = 0; i < window.count(); i++) {
      if (window.hasCertificate(i)) {
        entries.add(EntryParts.of(window.entry(i)));
      }
    }
  }

  private List<Path> files(String folder) throws IOException {
    try (Stream<Path> walk = Files.walk(data.resolve(folder))) {
      return walk.filter(Files::isRegularFile)
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }
}

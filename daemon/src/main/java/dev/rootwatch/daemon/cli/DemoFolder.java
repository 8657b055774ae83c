package dev.rootwatch.daemon.cli;

import dev.rootwatch.testlog.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Configuration, overlay and store of the demo: the same files that a real installation has, in a
 * folder that goes away at the end.
 */
final class DemoFolder implements AutoCloseable {
  private final Path folder;

  private DemoFolder(Path folder) {
    this.folder = folder;
  }

  static DemoFolder create() throws IOException {
    return new DemoFolder(Files.createTempDirectory("rootwatch-demo-"));
  }

  Path path() {
    return folder;
  }

  /** Writes overlay and configuration; gives the latter. */
  Path write(Scenario scenario, URI receiver, boolean json) throws IOException {
    Files.writeString(folder.resolve("overlay.yaml"), scenario.family().overlay());
    Path config = folder.resolve("rootwatch.yaml");
    Files.writeString(
        config,
        scenario.configuration()
            + "store: {url: \"jdbc:sqlite:rootwatch.db\"}\n"
            + "server: {listen: \"127.0.0.1:0\"}\n"
            + "sinks:\n"
            + "  - {id: console, type: console, format: "
            + (json ? "json" : "text")
            + "}\n"
            + "  - {id: receiver, type: webhook, url: \""
            + receiver
            + "\", secret: \""
            + DemoReceiver.SECRET
            + "\"}\n");
    return config;
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}

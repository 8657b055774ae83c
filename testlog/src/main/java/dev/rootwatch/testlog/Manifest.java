package dev.rootwatch.testlog;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was planted where: kept for who is in the process, written down for who is not. */
final class Manifest implements AutoCloseable {
  private final List<Planted> planted = new java.util.concurrent.CopyOnWriteArrayList<>();
  private final @Nullable BufferedWriter file;

  /** Begins a new file; null writes none. */
  Manifest(@Nullable Path path) {
    try {
      file = path == null ? null : Files.newBufferedWriter(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the manifest " + path, e);
    }
  }

  /** Notes things that were planted, and has the file on its way to the disk when it returns. */
  void add(List<Planted> more) {
    if (more.isEmpty()) {
      return;
    }
    planted.addAll(more);
    if (file == null) {
      return;
    }
    try {
      for (Planted one : more) {
        file.write(one.json());
        file.write('\n');
      }
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the manifest", e);
    }
  }

  List<Planted> planted() {
    return List.copyOf(planted);
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

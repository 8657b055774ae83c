package dev.rootwatch.daemon.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a store can be written where it is, or created where it is to be. Creates nothing. */
public final class StorePlace {
  private StorePlace() {}

  /**
   * What stands in the way of a store, with the mend; empty when nothing does.
   *
   * @param file the database; need not exist
   */
  public static Optional<String> obstacle(Path file) {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return Optional.of(
          "there is no directory " + folder + ": create it, or set store.url to another file");
    }
    if (!Files.isWritable(folder) || !Files.isExecutable(folder)) {
      return unwritable("folder", folder);
    }
    if (Files.isDirectory(absolute)) {
      return Optional.of(absolute + " is a folder: set store.url to a file in it");
    }
    return Files.exists(absolute) && !Files.isWritable(absolute)
        ? unwritable("file", absolute)
        : Optional.empty();
  }

  private static Optional<String> unwritable(String kind, Path path) {
    return Optional.of(
        "the "
            + kind
            + " "
            + path
            + " cannot be written by this user: change its owner, or set store.url to another file");
  }
}

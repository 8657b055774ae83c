package dev.rootwatch.daemon;

import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.Config.CatalogConfig;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The catalog of this release with the operator's overlay. */
public final class CatalogLoader {
  private static final long MOST_BYTES = 16L << 20;

  private CatalogLoader() {}

  /**
   * Reads the overlay, if there is one, and checks its signature, if one is asked for.
   *
   * @throws CatalogException when the overlay cannot be used; says file, line and field
   * @throws IOException when a file cannot be read, or the overlay is not signed as it must be;
   *     says which and why
   */
  public static Catalog load(CatalogConfig config) throws CatalogException, IOException {
    Catalog bundled = Catalog.bundled();
    @Nullable Path overlay = config.overlay();
    if (overlay == null) {
      return bundled;
    }
    byte[] yaml = bounded(overlay);
    if (config.overlayKey() != null) {
      yaml = signedText(overlay, yaml, config.overlayKey());
    }
    return bundled.withOverlay(
        overlay.toString(), yaml, name -> bounded(overlay.resolveSibling(name)));
  }

  /** That of a configuration; what is built in where there is none. */
  public static Catalog load(@Nullable Config config) throws CatalogException, IOException {
    return config == null ? Catalog.bundled() : load(config.catalog());
  }

  /** Its lines keep their numbers: the text is the beginning of the note. */
  private static byte[] signedText(Path overlay, byte[] note, Path keyFile) throws IOException {
    String text = new String(bounded(keyFile), StandardCharsets.UTF_8).strip();
    NoteKey key;
    try {
      key = NoteKey.parse(text);
    } catch (NoteKey.RefusedException e) {
      throw new IOException(
          keyFile
              + ":1: "
              + e.getMessage()
              + ": catalog.overlayKey wants one line as note.GenerateKey writes it for verifiers",
          e);
    }
    try {
      return key.open(note);
    } catch (NoteKey.RefusedException e) {
      throw new IOException(
          overlay
              + ":"
              + e.line()
              + ": "
              + e.getMessage()
              + ": sign it with the key of catalog.overlayKey ("
              + keyFile
              + "), or remove overlayKey",
          e);
    }
  }

  private static byte[] bounded(Path file) throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException(file + ": cannot be read: create it or mend the path");
    }
    long size = Files.size(file);
    if (size > MOST_BYTES) {
      throw new IOException(file + ": has " + size + " bytes, at most " + MOST_BYTES + " are read");
    }
    return Files.readAllBytes(file);
  }
}

package dev.rootwatch.watch.distrust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the compact resource out of the reviewed files. Run it after every change of them ({@code
 * docs/catalog.md}); a test fails until it was run.
 */
public final class CatalogCompiler {
  private CatalogCompiler() {}

  /** The path of the resource to write is the one argument. */
  public static void main(String[] args) throws IOException, CatalogException {
    Catalog catalog = Catalog.fromSources();
    byte[] compiled = CompiledCatalog.write(catalog, Catalog.sourcesDigest());
    Files.write(Path.of(args[0]), compiled);
    System.out.write(
        ("catalog "
                + catalog.version()
                + ": "
                + compiled.length
                + " bytes"
                + System.lineSeparator())
            .getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }
}

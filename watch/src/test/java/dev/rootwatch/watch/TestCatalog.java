package dev.rootwatch.watch;

import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The catalog of the release with a family more. */
final class TestCatalog {
  private TestCatalog() {}

  /**
   * With a family {@code acme} of one root, which Mozilla does not accept certificates of that are
   * dated after 2022-06-01.
   *
   * @param more events, as they are written in a catalog
   */
  static Catalog with(TestCa acme, String... more) throws CatalogException {
    List<String> events =
        new ArrayList<>(
            List.of("{program: mozilla, kind: distrust-after-notBefore, effective: 2022-06-01}"));
    events.addAll(List.of(more));
    String yaml =
        """
        schema: rootwatch.catalog/v1
        families:
        - id: acme
          owner: Acme CA
          category: mis-issuance
          certificates:
          - pem: |
        %s
          events: [%s]
        """
            .formatted(acme.pem().indent(6), String.join(", ", events));
    return Catalog.bundled()
        .withOverlay(
            "overlay.yaml",
            yaml.getBytes(StandardCharsets.UTF_8),
            name -> {
              throw new IOException("no file is needed: " + name);
            });
  }
}

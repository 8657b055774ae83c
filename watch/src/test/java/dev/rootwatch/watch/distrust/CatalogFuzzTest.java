package dev.rootwatch.watch.distrust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.FileNotFoundException;

/** Whatever an overlay holds: a catalog, or where it is wrong. */
class CatalogFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void overlay(byte[] yaml) {
    Catalog catalog;
    try {
      catalog =
          Catalog.bundled()
              .withOverlay(
                  "overlay.yaml",
                  yaml,
                  name -> {
                    throw new FileNotFoundException(name);
                  });
    } catch (CatalogException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      assertThat(refused.line()).isPositive();
      return;
    }
    assertThat(catalog.family("trustcor")).isPresent();
    for (Family family : catalog.families()) {
      assertThat(catalog.family(family.id())).containsSame(family);
      family
          .keys()
          .forEach(key -> assertThat(catalog.familyOf(key.spkiSha256())).as("owner").isPresent());
    }
  }
}

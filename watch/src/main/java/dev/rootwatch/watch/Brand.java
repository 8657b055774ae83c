package dev.rootwatch.watch;

import com.google.re2j.Pattern;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A distrusted authority's name that CAs under other keys bear: it was sold, or came back below
 * somebody else's root. The name says nothing about the keys, so it is no ground for distrust.
 *
 * @param id the word in rules
 * @param family the catalog's family of the brand's old keys, which are not meant
 * @param name what a CA's name says
 */
record Brand(String id, String family, Pattern name) {
  private static final String RESOURCE = "brands.tsv";

  /** Every brand of this release. */
  static List<Brand> bundled() {
    InputStream in = Brand.class.getResourceAsStream(RESOURCE);
    if (in == null) {
      throw new IllegalStateException("the release lacks its resource " + RESOURCE);
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(fields ->
              new Brand(
                  fields[0],
                  fields[1],
                  Pattern.compile("\\b(?:" + fields[2] + ")\\b", Pattern.CASE_INSENSITIVE)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

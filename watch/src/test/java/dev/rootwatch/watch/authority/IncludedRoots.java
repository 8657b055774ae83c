package dev.rootwatch.watch.authority;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/** The table of owners as it would be if nobody had listed subordinates. */
public final class IncludedRoots {
  private IncludedRoots() {}

  /** Roots that some program includes, and nothing else. */
  public static OwnerTable only() throws IOException {
    try (InputStream in = OwnerTable.class.getResourceAsStream("authorities.tsv")) {
      String roots =
          new BufferedReader(
                  new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.US_ASCII))
              .lines()
              .filter(line -> line.contains("\tr\t"))
              .map(line -> line.substring(0, line.lastIndexOf('\t')) + "\t-")
              .collect(Collectors.joining("\n"));
      return OwnerTable.read(new BufferedReader(new StringReader(roots)));
    }
  }
}

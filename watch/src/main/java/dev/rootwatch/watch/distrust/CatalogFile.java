package dev.rootwatch.watch.distrust;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A catalog file as read. The format is described in {@code docs/catalog.md}; every mistake is
 * reported with file, line and field.
 *
 * @param version the file's own version; empty when it has none
 * @param families in the order of the file
 * @param vintage until when the sources about a program were read
 */
record CatalogFile(String version, List<Family> families, Map<Program, Instant> vintage) {
  private static final String SCHEMA = "rootwatch.catalog/v1";

  CatalogFile {
    families = List.copyOf(families);
    vintage = Map.copyOf(vintage);
  }

  static CatalogFile read(String name, byte[] yaml, Catalog.FileReader files)
      throws CatalogException {
    CatalogNode root = CatalogNode.parse(name, new String(yaml, StandardCharsets.UTF_8));
    Map<String, CatalogNode> fields = root.fields("schema", "version", "vintage", "families");
    CatalogNode schema = root.required(fields, "schema");
    if (!schema.text().equals(SCHEMA)) {
      throw schema.wrong("this release reads " + SCHEMA + ", not " + schema.text());
    }
    List<Family> families = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (CatalogNode node : root.required(fields, "families").list()) {
      Family family = new FamilyReader(name, files).read(node);
      if (!ids.add(family.id())) {
        throw node.wrong("the family '" + family.id() + "' stands in this file twice");
      }
      families.add(family);
    }
    return new CatalogFile(
        CatalogNode.textOr(fields.get("version"), ""), families, vintage(fields.get("vintage")));
  }

  private static Map<Program, Instant> vintage(@Nullable CatalogNode node) throws CatalogException {
    Map<Program, Instant> vintage = new EnumMap<>(Program.class);
    if (node != null) {
      List<String> words = new ArrayList<>();
      for (Program program : Program.values()) {
        words.add(program.word());
      }
      Map<String, CatalogNode> fields = node.fields(words.toArray(new String[0]));
      for (Program program : Program.values()) {
        CatalogNode date = fields.get(program.word());
        if (date != null) {
          vintage.put(program, date.instant());
        }
      }
    }
    return vintage;
  }
}

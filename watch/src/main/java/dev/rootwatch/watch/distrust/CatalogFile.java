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
 * @param files further files that belong to it; of the bundled catalog only
 */
record CatalogFile(
    String version, List<Family> families, Map<Program, Instant> vintage, List<String> files) {
  private static final String SCHEMA = "rootwatch.catalog/v1";

  CatalogFile {
    families = List.copyOf(families);
    vintage = Map.copyOf(vintage);
    files = List.copyOf(files);
  }

  static CatalogFile read(String name, byte[] yaml, Catalog.FileReader files)
      throws CatalogException {
    CatalogNode root = CatalogNode.parse(name, new String(yaml, StandardCharsets.UTF_8));
    Map<String, CatalogNode> fields =
        root.fields("schema", "version", "vintage", "families", "files");
    CatalogNode schema = root.required(fields, "schema");
    if (!schema.text().equals(SCHEMA)) {
      throw schema.wrong("this release reads " + SCHEMA + ", not " + schema.text());
    }
    List<Family> families = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (CatalogNode node : families(root, fields)) {
      Family family = new FamilyReader(name, files).read(node);
      if (!ids.add(family.id())) {
        throw node.wrong("the family '" + family.id() + "' stands in this file twice");
      }
      families.add(family);
    }
    List<String> names = new ArrayList<>();
    for (CatalogNode node : CatalogNode.items(fields.get("files"))) {
      names.add(node.text());
    }
    return new CatalogFile(
        CatalogNode.textOr(fields.get("version"), ""),
        families,
        vintage(fields.get("vintage")),
        names);
  }

  /** An index of files needs no families of its own. */
  private static List<CatalogNode> families(CatalogNode root, Map<String, CatalogNode> fields)
      throws CatalogException {
    return fields.containsKey("files")
        ? CatalogNode.items(fields.get("families"))
        : root.required(fields, "families").list();
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

package dev.rootwatch.daemon.config;

import dev.rootwatch.watch.RuleSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what stands under {@code rules}. What the words mean is checked where they are used. */
final class RulesReader {
  private RulesReader() {}

  static List<RuleSpec> read(MappingReader root, Path folder) {
    List<MappingReader> items =
        root.list("rules", "is empty: leave it out for one rule, catalog:*");
    if (items == null) {
      return List.of(RuleSpec.ofAuthority("catalog", "catalog:*"));
    }
    List<RuleSpec> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (MappingReader item : items) {
      String id = item.required("id");
      String authority = item.parsed("authority", null, text -> absolute(text, folder));
      RuleSpec.Names names = new RuleSpec.Names(item.text("subject"), words(item, "brand"));
      String domain = item.text("domain");
      List<String> allow = authorities(item, "allow", folder);
      RuleSpec.Scope scope =
          new RuleSpec.Scope(
              authorities(item, "except", folder),
              words(item, "programs"),
              words(item, "purposes"),
              item.text("asOf"));
      List<String> known = authorities(item, "known", folder);
      @Nullable Duration canary =
          item.<@Nullable Duration>parsed("canary", null, MappingReader::parseDuration);
      @Nullable Boolean digest = item.mentions("digest") ? item.flag("digest", false) : null;
      String severity =
          item.parsed(
              "severity", null, text -> MappingReader.oneOf(text, MappingReader.SEVERITIES));
      item.refuseUnknown();
      boolean saysNothing = !item.mentions("authority") && !item.mentions("domain");
      if (saysNothing && !item.mentions("subject") && !item.mentions("brand")) {
        item.problemHere("authority", "or domain is missing: a rule looks for at least one");
      }
      if (!id.isEmpty() && !ids.add(id)) {
        item.problem("id", "stands twice: give each rule an id of its own");
      }
      rules.add(
          new RuleSpec(
              id, authority, names, domain, allow, severity, scope, known, canary, digest));
    }
    return rules;
  }

  private static List<String> authorities(MappingReader item, String name, Path folder) {
    List<String> texts = item.texts(name);
    return texts == null ? List.of() : texts.stream().map(text -> absolute(text, folder)).toList();
  }

  /** A list of nothing could mean none as well as all. */
  private static List<String> words(MappingReader item, String name) {
    List<String> texts = item.texts(name);
    if (texts == null) {
      return List.of();
    }
    if (texts.isEmpty() && item.isEmptyList(name)) {
      item.problem(name, "is empty: give it a value or remove it");
    }
    return texts;
  }

  /** What names a file is relative to the configuration's folder. */
  private static String absolute(String text, Path folder) {
    for (String file : List.of("pem:", "file:")) {
      if (text.startsWith(file)) {
        return file + folder.resolve(text.substring(file.length()));
      }
    }
    return text;
  }
}

package dev.rootwatch.daemon.config;

import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Route;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.alert.spi.Secret;
import dev.rootwatch.alert.spi.SinkSettings;
import dev.rootwatch.daemon.config.Config.SinkConfig;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what stands under {@code sinks} and {@code routes}. The settings of a sink are checked by
 * its type.
 */
final class SinksReader {
  private SinksReader() {}

  /**
   * @param secrets whether references are followed; settings with one are left out otherwise
   */
  static List<SinkConfig> read(MappingReader root, boolean secrets) {
    List<MappingReader> items =
        root.list("sinks", "is empty: leave it out for alerts on the console");
    if (items == null) {
      return List.of(new SinkConfig("console", "console", Map.of()));
    }
    List<SinkConfig> sinks = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (MappingReader item : items) {
      String id = item.required("id");
      String type = item.required("type");
      if (!id.isEmpty() && !ids.add(id)) {
        item.problem("id", "stands twice: give each sink an id of its own");
      }
      sinks.add(new SinkConfig(id, type, settings(item, secrets)));
    }
    return sinks;
  }

  static List<Route> routes(MappingReader root, List<SinkConfig> sinks) {
    List<String> known = sinks.stream().map(SinkConfig::id).toList();
    List<Route> routes = new ArrayList<>();
    List<MappingReader> items = root.list("routes");
    for (MappingReader item : items == null ? List.<MappingReader>of() : items) {
      String severity = item.word("minSeverity", "info", MappingReader.SEVERITIES);
      Set<AlertType> types = types(item);
      List<String> targets = item.texts("sinks");
      if (targets == null) {
        item.problemHere("sinks", "is missing: say where alerts of this route go");
        targets = List.of();
      }
      for (String target : targets) {
        if (!known.contains(target)) {
          item.problem(
              "sinks",
              "names "
                  + target
                  + ", which is no sink"
                  + SinkSettings.nearest(target, known, "There are"));
        }
      }
      item.refuseUnknown();
      routes.add(new Route(Severity.valueOf(severity.toUpperCase(Locale.ROOT)), types, targets));
    }
    return routes;
  }

  private static Set<AlertType> types(MappingReader item) {
    Set<AlertType> types = EnumSet.noneOf(AlertType.class);
    List<String> words = item.texts("types");
    for (String word : words == null ? List.<String>of() : words) {
      AlertType.ofWord(word)
          .ifPresentOrElse(
              types::add,
              () ->
                  item.problem(
                      "types",
                      "names "
                          + word
                          + ", which is no type of alert"
                          + SinkSettings.nearest(
                              word,
                              EnumSet.allOf(AlertType.class).stream().map(AlertType::word).toList(),
                              "There are")));
    }
    return types;
  }

  /** All that is left, as texts and lists of texts; a value with a reference in it is a secret. */
  private static Map<String, Object> settings(MappingReader item, boolean secrets) {
    Map<String, Object> settings = new TreeMap<>();
    for (Map.Entry<String, Yaml.Entry> entry : item.rest().entrySet()) {
      String name = entry.getKey();
      Yaml value = entry.getValue().value();
      boolean secret = value instanceof Yaml.Scalar scalar && References.in(scalar.text());
      if (!secrets && (secret || hasReference(value))) {
        continue;
      }
      if (value instanceof Yaml.Sequence) {
        List<String> texts = item.texts(name);
        settings.put(name, texts == null ? List.of() : texts);
      } else {
        String text = item.text(name);
        if (text != null) {
          settings.put(name, secret ? Secret.of(text) : text);
        }
      }
    }
    return settings;
  }

  private static boolean hasReference(Yaml value) {
    return value instanceof Yaml.Sequence list
        && list.elements().stream()
            .anyMatch(e -> e instanceof Yaml.Scalar scalar && References.in(scalar.text()));
  }
}

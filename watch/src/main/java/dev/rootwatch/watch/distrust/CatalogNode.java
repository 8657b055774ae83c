package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A node of a catalog file that knows where it stands, so that every complaint can say it. */
final class CatalogNode {
  private final String file;
  private final String path;
  private final Node node;

  private CatalogNode(String file, String path, Node node) {
    this.file = file;
    this.path = path;
    this.node = node;
  }

  static CatalogNode parse(String file, String yaml) throws CatalogException {
    LoadSettings settings = LoadSettings.builder().setLabel(file).setUseMarks(true).build();
    try {
      Node root =
          new Compose(settings)
              .composeString(yaml)
              .orElseThrow(() -> new CatalogException(file, 1, "", "the file is empty"));
      return new CatalogNode(file, "", root);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new CatalogException(file, line, "", "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new CatalogException(file, 1, "", "not YAML: " + e.getMessage());
    }
  }

  CatalogException wrong(String message) {
    int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    return new CatalogException(file, line, path, message);
  }

  /** The fields of a mapping; unknown and repeated ones are refused. */
  Map<String, CatalogNode> fields(String... allowed) throws CatalogException {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong("must be a mapping with some of: " + String.join(", ", allowed));
    }
    Map<String, CatalogNode> fields = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key =
          tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "(not a word)";
      String inner = path.isEmpty() ? key : path + "." + key;
      CatalogNode child = new CatalogNode(file, inner, tuple.getValueNode());
      if (!Arrays.asList(allowed).contains(key)) {
        throw new CatalogNode(file, inner, tuple.getKeyNode())
            .wrong("unknown field; known here are " + String.join(", ", allowed));
      }
      if (fields.put(key, child) != null) {
        throw new CatalogNode(file, inner, tuple.getKeyNode()).wrong("stands here twice");
      }
    }
    fields.values().removeIf(CatalogNode::isNull);
    return fields;
  }

  CatalogNode required(Map<String, CatalogNode> fields, String name) throws CatalogException {
    CatalogNode field = fields.get(name);
    if (field == null) {
      throw wrong("needs the field '" + name + "'");
    }
    return field;
  }

  private boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  List<CatalogNode> list() throws CatalogException {
    if (!(node instanceof SequenceNode sequence)) {
      throw wrong("must be a list");
    }
    List<CatalogNode> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new CatalogNode(file, path + "[" + items.size() + "]", item));
    }
    return items;
  }

  /** The items of an optional list. */
  static List<CatalogNode> items(@Nullable CatalogNode node) throws CatalogException {
    return node == null ? List.of() : node.list();
  }

  String text() throws CatalogException {
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      throw wrong("must be a text that is not empty");
    }
    return scalar.getValue();
  }

  static String textOr(@Nullable CatalogNode node, String otherwise) throws CatalogException {
    return node == null ? otherwise : node.text();
  }

  /** One of a fixed set of words. */
  <E> E word(Function<String, Optional<E>> reader, List<E> all, Function<E, String> word)
      throws CatalogException {
    String text = text();
    Optional<E> value = reader.apply(text);
    if (value.isEmpty()) {
      throw wrong(
          "'"
              + text
              + "' is not known; one of "
              + all.stream().map(word).collect(Collectors.joining(", ")));
    }
    return value.get();
  }

  /** One of the constants of an enum, by its word. */
  <E extends Enum<E>> E word(E[] all, Function<E, String> word) throws CatalogException {
    return word(
        text -> Arrays.stream(all).filter(e -> word.apply(e).equals(text)).findFirst(),
        List.of(all),
        word);
  }

  Hash hash() throws CatalogException {
    String text = text();
    try {
      return Hash.ofHex(text);
    } catch (IllegalArgumentException e) {
      throw wrong("must be a SHA-256 in 64 hexadecimal digits, not '" + text + "'");
    }
  }

  byte[] hex() throws CatalogException {
    String text = text();
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw wrong("must be hexadecimal, not '" + text + "'");
    }
  }

  /** An RFC 3339 instant in UTC, or a date, which means its first moment in UTC. */
  Instant instant() throws CatalogException {
    String text = text();
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(
          "must be a date (2022-11-30) or an instant in UTC (2022-11-30T00:00:00Z), not '"
              + text
              + "'");
    }
  }

  /**
   * A date, or the month in which it lies.
   *
   * @param end the first moment after the month; null when the date is exact
   */
  record Period(Instant start, @Nullable Instant end) {}

  Period period() throws CatalogException {
    String text = text();
    if (text.length() != 7) {
      return new Period(instant(), null);
    }
    try {
      YearMonth month = YearMonth.parse(text);
      return new Period(firstMoment(month), firstMoment(month.plusMonths(1)));
    } catch (DateTimeParseException e) {
      throw wrong("must be a month (2018-10), not '" + text + "'");
    }
  }

  private static Instant firstMoment(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  static @Nullable Instant instantOrNull(@Nullable CatalogNode node) throws CatalogException {
    return node == null ? null : node.instant();
  }
}

package dev.rootwatch.daemon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Every dated rule of the catalog, one moment before its date, at it, and after it, through {@code
 * rootwatch verdict}: either the answer changes there, and the date itself falls on the side that
 * the rule says, or the answer names another rule that hides this one. And the best-known cases,
 * from a file that was written without the catalog.
 *
 * <p>Arguments: a folder to work in, and that file. Exit code 1 when anything is not so.
 */
public final class VerdictBoundaries {
  private static final String LONG_AGO = "2012-01-01T00:00:00Z";
  private static final String NOW = Ran.NOW.toString();

  private final Path folder;
  private final Map<String, Integer> kinds = new TreeMap<>();
  private int rules;
  private int changed;
  private int masked;
  private int wrong;

  private VerdictBoundaries(Path folder) {
    this.folder = folder;
  }

  /** See the class. */
  public static void main(String[] args) throws IOException {
    VerdictBoundaries check = new VerdictBoundaries(Path.of(args[0]));
    List<JsonNode> families = check.families();
    families.forEach(check::family);
    int known = check.known(Path.of(args[1]), families);
    System.err.println(check.kinds);
    System.out.printf(
        "families=%d rules=%d changed=%d masked=%d known=%d wrong=%d%n",
        families.size(), check.rules, check.changed, check.masked, known, check.wrong);
    System.exit(check.wrong == 0 && check.changed > 0 && known > 0 ? 0 : 1);
  }

  private List<JsonNode> families() {
    List<String> arguments = new ArrayList<>(List.of("catalog", "show", "--json"));
    for (JsonNode family : run("catalog", "list", "--json")) {
      arguments.add(family.get("id").asString());
    }
    return run(arguments.toArray(String[]::new));
  }

  private List<JsonNode> run(String... arguments) {
    Ran ran = Ran.in(folder, arguments);
    if (ran.code() != 0) {
      throw new IllegalStateException(String.join(" ", arguments) + ": " + ran.err());
    }
    return ran.json();
  }

  private void family(JsonNode family) {
    for (JsonNode event : family.get("events")) {
      Instant date = dateOf(event);
      if (date != null && !event.get("keys").isEmpty()) {
        rule(family.get("id").asString(), event, date);
      }
    }
  }

  /** What of the event is compared: null when no date can be tried. */
  private static @Nullable Instant dateOf(JsonNode event) {
    Instant effective = instant(event, "effective");
    return switch (event.get("kind").asString()) {
      case "removed",
          "trust-bit-removed",
          "blocklisted",
          "actively-distrusted",
          "disallowed",
          "blocked-in-valid-db" -> {
        Instant announced = instant(event, "announced");
        Instant latest = instant(event, "latest");
        Instant from = latest == null ? effective : latest;
        yield from != null && announced != null && announced.isAfter(from) ? announced : from;
      }
      case "distrust-after-notBefore", "distrust-after-sct" ->
          instant(event, "latest") == null ? effective : null;
      default -> null;
    };
  }

  private static @Nullable Instant instant(JsonNode event, String field) {
    return event.path(field).isString() ? Instant.parse(event.get(field).asString()) : null;
  }

  // --- one rule

  private void rule(String family, JsonNode event, Instant date) {
    rules++;
    kinds.merge(event.get("kind").asString(), 1, Integer::sum);
    boolean ofDay = event.path("unit").asString("").endsWith("day");
    boolean ofMillis = event.path("unit").asString("").equals("millisecond");
    Duration step = ofMillis ? Duration.ofMillis(1) : Duration.ofSeconds(1);
    Instant before = date.minus(step);
    // Anywhere inside a day is that day; one without a zone is over everywhere twelve hours later.
    Instant at = ofDay ? date.plus(Duration.ofHours(9)) : date;
    Instant after =
        event.path("unit").asString("").equals("day")
            ? date.plus(Duration.ofHours(36))
            : ofDay ? date.plus(Duration.ofDays(1)) : date.plus(step);
    @Nullable String wanted = null;
    for (JsonNode key : event.get("keys")) {
      for (JsonNode purpose : event.get("purposes")) {
        String outcome =
            outcome(event, key.asString(), purpose.asString(), List.of(before, at, after));
        if (outcome.equals("changed")) {
          changed++;
          return;
        }
        wanted = wanted == null || outcome.startsWith("wrong") ? outcome : wanted;
      }
    }
    if (wanted != null && wanted.startsWith("wrong")) {
      wrong++;
      System.err.println(family + " " + event + ": " + wanted);
    } else {
      masked++;
    }
  }

  private String outcome(JsonNode event, String key, String purpose, List<Instant> moments) {
    List<JsonNode> verdicts = new ArrayList<>();
    for (Instant moment : moments) {
      verdicts.add(verdict(event, key, purpose, moment));
    }
    List<String> results =
        verdicts.stream().map(verdict -> verdict.get("result").asString()).toList();
    boolean named = verdicts.stream().anyMatch(verdict -> names(verdict, event));
    if (results.getFirst().equals(results.getLast())) {
      return names(verdicts.getLast(), event) && names(verdicts.getFirst(), event)
          ? "wrong: decides, and the same on both sides: " + results
          : "masked";
    }
    if (!named) {
      return "masked";
    }
    String expected =
        switch (event.path("boundary").asString("")) {
          case "inclusive" -> results.getFirst();
          case "undefined" -> "unknown";
          default -> results.getLast();
        };
    return results.get(1).equals(expected)
        ? "changed"
        : "wrong: at the date it should be " + expected + ": " + results;
  }

  private static boolean names(JsonNode verdict, JsonNode event) {
    return verdict.path("kind").equals(event.path("kind"))
        && Objects.equals(instant(verdict, "effective"), instant(event, "effective"));
  }

  private JsonNode verdict(JsonNode event, String key, String purpose, Instant moment) {
    String program = event.get("program").asString();
    return switch (event.get("kind").asString()) {
      case "distrust-after-notBefore" ->
          verdict(key, program, purpose, "--not-before", moment.toString(), "--at", NOW);
      case "distrust-after-sct" ->
          verdict(
              key,
              program,
              purpose,
              "--not-before",
              LONG_AGO,
              "--sct",
              moment.toString(),
              "--at",
              NOW);
      default ->
          verdict(key, program, purpose, "--not-before", LONG_AGO, "--at", moment.toString());
    };
  }

  private JsonNode verdict(String key, String program, String purpose, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("verdict", "--json", "--key", key, "--purpose", purpose));
    arguments.addAll(List.of(more));
    for (JsonNode verdict : run(arguments.toArray(String[]::new)).getFirst().get("verdicts")) {
      if (verdict.get("program").asString().equals(program)) {
        return verdict;
      }
    }
    throw new IllegalStateException("no verdict of " + program);
  }

  // --- the best-known cases

  private int known(Path table, List<JsonNode> families) throws IOException {
    Map<String, String> keys = new HashMap<>();
    for (JsonNode family : families) {
      for (JsonNode certificate : family.get("certificates")) {
        keys.put(certificate.get("sha256").asString(), certificate.get("spkiSha256").asString());
      }
    }
    int cases = 0;
    for (String line : Files.readAllLines(table)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] cells = line.split("\\|", -1);
      List<String> more = new ArrayList<>(List.of("--not-before", cells[2].strip()));
      if (!cells[3].isBlank()) {
        more.addAll(List.of("--sct", cells[3].strip()));
      }
      more.addAll(List.of("--at", cells[4].strip()));
      JsonNode verdict =
          verdict(
              Objects.requireNonNull(keys.get(cells[0].strip())),
              cells[1].strip(),
              "tls",
              more.toArray(String[]::new));
      cases++;
      if (!verdict.get("result").asString().equals(cells[5].strip())) {
        wrong++;
        System.err.println(line + ": " + verdict);
      }
    }
    return cases;
  }
}

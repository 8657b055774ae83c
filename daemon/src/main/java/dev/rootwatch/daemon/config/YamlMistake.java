package dev.rootwatch.daemon.config;

import dev.rootwatch.daemon.config.Yaml.Place;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/**
 * What a YAML parser stumbled over, in the words of somebody who wrote a configuration: parsers
 * tell what they were doing, which is seldom what is to be mended.
 *
 * @param place where the mend is to be made
 * @param message what is wrong and how to mend it
 */
record YamlMistake(Place place, String message) {

  static YamlMistake of(JacksonException e) {
    if (e.getCause() instanceof MarkedYamlEngineException marked) {
      return of(marked);
    }
    TokenStreamLocation where = e.getLocation();
    Place place =
        where == null
            ? Place.START
            : new Place(Math.max(1, where.getLineNr()), Math.max(1, where.getColumnNr()));
    return new YamlMistake(place, oneLine(e.getOriginalMessage()));
  }

  private static YamlMistake of(MarkedYamlEngineException e) {
    String doing = e.getContext() == null ? "" : e.getContext();
    String problem = e.getProblem() == null ? "" : oneLine(e.getProblem());
    Place noticed = place(e.getProblemMark().or(e::getContextMark));
    Place begun = place(e.getContextMark().or(e::getProblemMark));
    if (problem.startsWith("found character '\\t")) {
      return new YamlMistake(noticed, "a tab cannot indent: use spaces");
    }
    if (problem.startsWith("found character '")) {
      String character = problem.substring("found character '".length()).split("'", 2)[0];
      return new YamlMistake(
          noticed, "a value cannot begin with " + character + ": put it in quotes");
    }
    return switch (doing) {
      case "while scanning an alias" ->
          new YamlMistake(begun, "a value cannot begin with *: put it in quotes");
      case "while scanning an anchor" ->
          new YamlMistake(begun, "a value cannot begin with &: put it in quotes");
      case "while parsing a flow sequence" -> notClosed(begun, "[", "]", noticed);
      case "while parsing a flow mapping" -> notClosed(begun, "{", "}", noticed);
      case "while scanning a quoted scalar" ->
          new YamlMistake(begun, "the quote is not closed: end the value with the same quote");
      case "while scanning a simple key" ->
          new YamlMistake(begun, "a colon is missing behind this name: write name: value");
      case "while scanning a double-quoted scalar" ->
          new YamlMistake(
              noticed, problem + ": write \\\\ for a backslash, or put the value in single quotes");
      default ->
          problem.startsWith("mapping values are not allowed")
              ? new YamlMistake(
                  noticed,
                  "a colon cannot stand here: put a value that holds one in quotes, or indent the"
                      + " line like its neighbours")
              : problem.startsWith("expected ")
                  ? new YamlMistake(
                      noticed,
                      "this line does not fit what stands above it: indent it like its neighbours")
                  : new YamlMistake(noticed, problem);
    };
  }

  private static YamlMistake notClosed(Place begun, String open, String close, Place noticed) {
    return new YamlMistake(
        begun,
        "the %s is not closed: a %s or a comma is missing before line %d, column %d"
            .formatted(open, close, noticed.line(), noticed.column()));
  }

  /** Marks count from 0, ours from 1. */
  private static Place place(Optional<Mark> mark) {
    return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1)).orElse(Place.START);
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", ", ");
  }
}

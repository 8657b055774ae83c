package dev.rootwatch.daemon.config;

import java.util.List;
import java.util.Map;

/** A YAML document as a tree in which every value knows where it stands. */
sealed interface Yaml {
  Place place();

  /**
   * Where something stands in a file.
   *
   * @param line from 1
   * @param column from 1
   */
  record Place(int line, int column) {
    static final Place START = new Place(1, 1);
  }

  /** {@code key:} with nothing behind it. */
  record Nothing(Place place) implements Yaml {}

  /** A text, number or truth value; its meaning depends on who reads it. */
  record Scalar(String text, Place place) implements Yaml {}

  record Sequence(List<Yaml> elements, Place place) implements Yaml {}

  record Mapping(Map<String, Entry> entries, Place place) implements Yaml {}

  /** A key's place and its value. */
  record Entry(Place key, Yaml value) {}
}

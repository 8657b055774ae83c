package dev.rootwatch.ct.read;

import java.util.List;

/**
 * What was read of one log: its segments in order of index, without overlap. Immutable; the algebra
 * of reading ({@code extended}, {@code verified}, {@code contradicted}, {@code gaps}) is here.
 */
@SuppressWarnings({"DoNotCallSuggester", "unused", "UnusedVariable"})
public record Coverage(List<Segment> segments) {
  // SKELETON: the architect fills this in.
  public static final Coverage NONE = new Coverage(List.of());

  public Coverage {
    segments = List.copyOf(segments);
  }
}

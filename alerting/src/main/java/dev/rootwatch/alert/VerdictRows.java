package dev.rootwatch.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The verdicts of two sightings of one certificate under one issuer key, put together. */
final class VerdictRows {
  private VerdictRows() {}

  /** Row by row, the one that knows better; rows that only one side has are kept. */
  static List<VerdictRow> together(List<VerdictRow> known, List<VerdictRow> sighted) {
    Map<Cell, VerdictRow> rows = new LinkedHashMap<>();
    for (VerdictRow row : known) {
      rows.put(Cell.of(row), row);
    }
    for (VerdictRow row : sighted) {
      rows.merge(Cell.of(row), row, VerdictRows::better);
    }
    return new ArrayList<>(rows.values());
  }

  /** Whether some program says something else than before. */
  static boolean differ(List<VerdictRow> before, List<VerdictRow> after) {
    return before.size() != after.size()
        || !after.stream().allMatch(row -> before.stream().anyMatch(row::saysTheSameAs));
  }

  static boolean anyDistrusted(List<VerdictRow> rows) {
    return rows.stream().anyMatch(row -> row.result().equals(VerdictRow.DISTRUSTED));
  }

  /**
   * The later judgement, unless both come from the same rule of the same catalog and the earlier
   * one had more evidence: each sighting is judged by itself, and a precertificate in one log may
   * lack the SCT that decided in another.
   */
  private static VerdictRow better(VerdictRow known, VerdictRow sighted) {
    boolean later = !sighted.asOf().isBefore(known.asOf());
    if (!known.catalogVersion().equals(sighted.catalogVersion())) {
      return later ? sighted : known;
    }
    boolean bySct = "sct".equals(known.basis()) && "sct".equals(sighted.basis());
    int more = Integer.compare(evidence(sighted, bySct), evidence(known, bySct));
    return more > 0 || (more == 0 && later) ? sighted : known;
  }

  /** Under an SCT rule one SCT in time decides, and stays known. */
  private static int evidence(VerdictRow row, boolean bySct) {
    return switch (row.result()) {
      case "unknown" -> 0;
      case "depends-on-scts" -> bySct ? 1 : 2;
      case "not-distrusted" -> bySct ? 3 : 2;
      default -> 2;
    };
  }

  private record Cell(String program, String purpose) {
    static Cell of(VerdictRow row) {
      return new Cell(row.program(), row.purpose());
    }
  }
}

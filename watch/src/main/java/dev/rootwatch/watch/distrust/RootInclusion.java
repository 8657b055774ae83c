package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.OwnerTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The roots of each program as its lists were on the day in which they were read, with the first
 * day of each root where it is known. Contains data from the Common CA Database (see NOTICE).
 * Immutable.
 *
 * <p>Nothing is guessed: before the day on which a root was surely there, and of a root that is not
 * there before the day of the list, the answer is unknown; so it is where a program holds a root
 * under terms that only the catalog's events could weigh.
 */
public final class RootInclusion implements Inclusion {
  private static final String RESOURCE = "/dev/rootwatch/watch/distrust/inclusion.tsv";
  private static final String NOTHING = "-";
  private static final String NOT_KNOWN = "?";

  private final Map<Program, Instant> vintage;
  private final Map<Hash, Map<Program, Entry>> roots;
  private final OwnerTable owners;

  /**
   * A root in a program.
   *
   * @param certificate SHA-256 of the one that the program holds
   * @param purposes those it is held for; null when that is not known
   * @param conditional those of them that further terms bind
   * @param notBefore before it the root was not there; null when not known
   * @param surelyFrom from then on it was there
   */
  private record Entry(
      Hash certificate,
      @Nullable Set<Purpose> purposes,
      Set<Purpose> conditional,
      @Nullable Instant notBefore,
      Instant surelyFrom) {}

  private RootInclusion(
      Map<Program, Instant> vintage, Map<Hash, Map<Program, Entry>> roots, OwnerTable owners) {
    this.vintage = vintage;
    this.roots = roots;
    this.owners = owners;
  }

  /**
   * The lists that are part of this release.
   *
   * @param owners says which roots an issuer reaches
   */
  public static RootInclusion bundled(OwnerTable owners) {
    try (InputStream in = RootInclusion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("missing from this build: " + RESOURCE);
      }
      return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII)), owners);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One root of one program a line, tabs between: SHA-256 of the SPKI, program, SHA-256 of the
   * certificate, purposes, conditional purposes, first and last day on which it may have come.
   * {@code @PROGRAM} and a day say when the program's list was read; lines with # are comments.
   */
  static RootInclusion read(BufferedReader lines, OwnerTable owners) throws IOException {
    Map<Program, Instant> vintage = new EnumMap<>(Program.class);
    Map<Hash, Map<Program, Entry>> roots = new HashMap<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("#")) {
        continue;
      }
      String[] cells = line.split("\t", -1);
      if (line.startsWith("@")) {
        vintage.put(program(cells[0].substring(1)), day(cells[1]));
        continue;
      }
      Entry entry =
          new Entry(
              Hash.ofHex(cells[2]),
              cells[3].equals(NOT_KNOWN) ? null : purposes(cells[3]),
              purposes(cells[4]),
              cells[5].equals(NOTHING) ? null : day(cells[5]),
              day(cells[6]));
      roots
          .computeIfAbsent(Hash.ofHex(cells[0]), _ -> new EnumMap<>(Program.class))
          .put(program(cells[1]), entry);
    }
    return new RootInclusion(vintage, roots, owners);
  }

  private static Program program(String word) {
    return Program.ofWord(word).orElseThrow(() -> new IllegalStateException("program " + word));
  }

  private static Set<Purpose> purposes(String words) {
    Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
    if (!words.equals(NOTHING)) {
      for (String word : words.split(",", -1)) {
        purposes.add(
            Purpose.ofWord(word).orElseThrow(() -> new IllegalStateException("purpose " + word)));
      }
    }
    return purposes;
  }

  private static Instant day(String text) {
    return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  @Override
  public Standing ofRoot(Hash root, Program program, Purpose purpose, Instant asOf) {
    Entry entry = roots.getOrDefault(root, Map.of()).get(program);
    Instant read = vintage.get(program);
    if (entry == null) {
      boolean tooEarly = read == null || asOf.isBefore(read);
      return tooEarly ? Standing.UNKNOWN : new Standing(Status.NOT_INCLUDED, null);
    }
    if (entry.notBefore() != null && asOf.isBefore(entry.notBefore())) {
      return new Standing(Status.NOT_INCLUDED, null);
    }
    Set<Purpose> purposes = entry.purposes();
    if (asOf.isBefore(entry.surelyFrom()) || purposes == null) {
      return new Standing(Status.UNKNOWN, entry.certificate());
    }
    if (!purposes.contains(purpose)) {
      boolean tooEarly = read == null || asOf.isBefore(read);
      return tooEarly ? Standing.UNKNOWN : new Standing(Status.NOT_INCLUDED, null);
    }
    return new Standing(
        entry.conditional().contains(purpose) ? Status.UNKNOWN : Status.INCLUDED,
        entry.certificate());
  }

  @Override
  public Standing ofIssuer(Hash key, Program program, Purpose purpose, Instant asOf) {
    Optional<List<Hash>> reached = owners.rootsOf(key);
    if (roots.containsKey(key)) {
      return ofRoot(key, program, purpose, asOf);
    }
    if (reached.isEmpty() || reached.get().isEmpty()) {
      return Standing.UNKNOWN;
    }
    Standing best = null;
    for (Hash root : reached.get()) {
      Standing standing = ofRoot(root, program, purpose, asOf);
      if (best == null || rank(standing.status()) < rank(best.status())) {
        best = standing;
      }
    }
    return best == null ? Standing.UNKNOWN : best;
  }

  /** Best first: a client looks for any path. */
  private static int rank(Status status) {
    return switch (status) {
      case INCLUDED -> 0;
      case UNKNOWN -> 1;
      case NOT_INCLUDED -> 2;
    };
  }
}

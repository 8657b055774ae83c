package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.distrust.DateRule.Side;
import dev.rootwatch.watch.distrust.Verdict.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each root program says of a certificate: a pure function of the catalog, the certificate's
 * facts and an instant.
 *
 * <p>For every path of keys from the issuer to a root the program's events are weighed; the best
 * path speaks for the program, as a client may find it. On one path a block in force outweighs a
 * date rule, and what the catalog cannot weigh makes the answer {@code unknown}.
 *
 * <p>{@code mozilla} means current Firefox, which compares SCTs with its dates, too: notBefore in
 * time and only late SCTs known is {@code depends-on-scts}.
 */
public final class Verdicts {
  /** How much later than a cut-off the first trusted sighting must be to speak of backdating. */
  private static final Duration BACKDATING_GRACE = Duration.ofDays(2);

  private final Catalog catalog;
  private final Inclusion inclusion;

  public Verdicts(Catalog catalog, Inclusion inclusion) {
    this.catalog = catalog;
    this.inclusion = inclusion;
  }

  /**
   * What is asked.
   *
   * @param path SHA-256 of keys from the issuer upward over verified signatures: the issuing key
   *     first (of a self-signed certificate its own), more only where the catalog does not know it
   * @param issuerCertificate SHA-256 of the certificate that issued directly; null when only the
   *     key is known, and then rules on certificates bind their key
   * @param notBefore of the certificate; null when not known
   * @param scts known SCT timestamps, milliseconds precise; empty when none is known
   * @param sctsComplete whether there are no others that count: of a final certificate its embedded
   *     ones, as they are usually all that a client gets
   * @param names DNS names of the certificate; empty when not known
   * @param purposes what the certificate may be used for
   */
  public record Question(
      List<Hash> path,
      @Nullable Hash issuerCertificate,
      @Nullable Instant notBefore,
      List<Instant> scts,
      boolean sctsComplete,
      List<String> names,
      Set<Purpose> purposes) {
    public Question {
      path = List.copyOf(path);
      scts = List.copyOf(scts);
      names = List.copyOf(names);
      purposes = Set.copyOf(purposes);
    }

    /** Of a certificate whose names do not matter, and of which there may be more SCTs. */
    public Question(
        List<Hash> path,
        @Nullable Hash issuerCertificate,
        @Nullable Instant notBefore,
        List<Instant> scts,
        Set<Purpose> purposes) {
      this(path, issuerCertificate, notBefore, scts, false, List.of(), purposes);
    }

    /** Of a certificate about which only the issuing key is known. */
    public static Question ofKey(
        Hash issuerKey, @Nullable Instant notBefore, List<Instant> scts, Set<Purpose> purposes) {
      return new Question(List.of(issuerKey), null, notBefore, scts, false, List.of(), purposes);
    }

    /** Whether only the issuing key is known, so that nobody knows which certificate issued. */
    boolean isOfKey() {
      return issuerCertificate == null;
    }

    Hash issuerKey() {
      return path.getFirst();
    }
  }

  /** One verdict per program and purpose, in the order of the enums. */
  public List<Verdict> of(Question question, Instant asOf) {
    List<DistrustPath> paths = paths(question, asOf);
    List<Verdict> verdicts = new ArrayList<>();
    for (Program program : Program.values()) {
      for (Purpose purpose : Purpose.values()) {
        if (question.purposes().contains(purpose)) {
          verdicts.add(best(paths, question, program, purpose, asOf));
        }
      }
    }
    return verdicts;
  }

  /**
   * Whether the certificate may have been dated back: its notBefore satisfies a cut-off that counts
   * as of the instant, and the earliest trusted time lies more than 48 hours after that cut-off.
   * Where several cut-offs fit, the earliest one that notBefore satisfies is named.
   *
   * @param earliestTrusted the earliest time known that the CA does not control: the log timestamp
   *     of a precertificate, or the earliest embedded SCT; null when none is known
   * @return null when there is nothing to compare
   */
  public @Nullable Backdating backdating(
      Question question, @Nullable Instant earliestTrusted, Instant asOf) {
    Instant notBefore = question.notBefore();
    if (earliestTrusted == null || notBefore == null) {
      return null;
    }
    List<DistrustEvent> cutoffs = cutoffs(question, asOf);
    if (cutoffs.isEmpty()) {
      return null;
    }
    for (DistrustEvent rule : cutoffs) {
      Instant cutoff = Objects.requireNonNull(rule.effective());
      boolean inTime = Weighing.side(rule, notBefore) == Side.IN_TIME;
      if (inTime) {
        boolean possible = earliestTrusted.isAfter(cutoff.plus(BACKDATING_GRACE));
        return new Backdating(possible, rule.program(), cutoff);
      }
    }
    return new Backdating(false, null, null);
  }

  /** The notBefore rules that bind the certificate on some path, earliest date first. */
  private List<DistrustEvent> cutoffs(Question question, Instant asOf) {
    List<DistrustEvent> rules = new ArrayList<>();
    for (DistrustPath path : paths(question, asOf)) {
      for (Family family : path.families()) {
        for (DistrustEvent event : family.events()) {
          if (event.kind().effect() == EventKind.Effect.NOT_BEFORE_RULE
              && !rules.contains(event)
              && event.purposes().stream().anyMatch(question.purposes()::contains)
              && path.isBoundBy(event)
              && Weighing.inForce(event, asOf, catalog) == Weighing.Force.YES) {
            rules.add(event);
          }
        }
      }
    }
    rules.sort(
        Comparator.comparing((DistrustEvent rule) -> Objects.requireNonNull(rule.effective()))
            .thenComparing(DistrustEvent::program));
    return rules;
  }

  // --- paths

  /** The known paths from the issuer, with every certificate that programs hold for their roots. */
  private List<DistrustPath> paths(Question question, Instant asOf) {
    List<DistrustPath> paths = new ArrayList<>();
    List<Hash> lower = question.path();
    for (Catalog.KeyPath upper : catalog.ends(lower.getLast(), asOf)) {
      List<Hash> keys = new ArrayList<>(lower);
      keys.addAll(upper.keys().subList(1, upper.keys().size()));
      CatalogKey root = upper.root();
      List<Family> families = familiesOf(keys);
      if (root == null || root.anchors().isEmpty()) {
        paths.add(new DistrustPath(keys, root, null, families, false));
        continue;
      }
      boolean other = goesThroughOther(question, keys, root);
      for (Hash anchor : root.anchors()) {
        paths.add(new DistrustPath(keys, root, anchor, families, other));
      }
    }
    if (paths.isEmpty()) {
      List<Family> families = familiesOf(lower);
      if (!families.isEmpty()) {
        paths.add(new DistrustPath(lower, null, null, families, false));
      }
    }
    // The path over the certificate that issued comes first, so that its anchor is named.
    Hash preferred =
        question.issuerCertificate() == null
            ? null
            : catalog
                .certificate(question.issuerCertificate())
                .map(CatalogCertificate::issuerSpkiSha256)
                .orElse(null);
    paths.sort(
        Comparator.comparing(
            path -> path.keys().size() < 2 || !Objects.equals(path.keys().get(1), preferred)));
    return paths;
  }

  /** Of the keys of a path, the top one's first. */
  private List<Family> familiesOf(List<Hash> keys) {
    // By id: the hash code of a family is that of all it has, certificates and events.
    Map<String, Family> families = new LinkedHashMap<>();
    for (Hash key : keys.reversed()) {
      catalog.familyOf(key).ifPresent(family -> families.put(family.id(), family));
    }
    return List.copyOf(families.values());
  }

  /**
   * Whether the direct issuer is a certificate over the root's key that clients do not take for the
   * root: it bears another name, so the path goes through it to the root of the same key.
   */
  private boolean goesThroughOther(Question question, List<Hash> keys, CatalogKey root) {
    Hash issuer = question.issuerCertificate();
    Hash anchor = root.anchor();
    if (keys.size() != 1 || issuer == null || anchor == null || root.anchors().contains(issuer)) {
      return false;
    }
    String issuerName = catalog.certificate(issuer).map(CatalogCertificate::subject).orElse(null);
    String anchorName = catalog.certificate(anchor).map(CatalogCertificate::subject).orElse(null);
    return issuerName != null && anchorName != null && !issuerName.equals(anchorName);
  }

  // --- one program, one purpose

  private Verdict best(
      List<DistrustPath> paths, Question question, Program program, Purpose purpose, Instant asOf) {
    Weighing weighing = new Weighing(catalog, inclusion, question, program, purpose, asOf);
    if (!program.judges(purpose)) {
      return weighing.plain(Result.NOT_INCLUDED, null);
    }
    Map<List<Hash>, List<Verdict>> ofKeys = new LinkedHashMap<>();
    for (DistrustPath path : paths) {
      if (isHeldBy(program, path, paths)) {
        ofKeys.computeIfAbsent(path.keys(), _ -> new ArrayList<>()).add(weighing.weigh(path));
      }
    }
    if (ofKeys.values().stream().flatMap(List::stream).anyMatch(v -> v.kind() != null)) {
      // A root of the catalog that the program is not known to hold is no anchor of it.
      ofKeys.keySet().removeIf(keys -> endsAtRootOfNobody(program, keys, paths, ofKeys));
    }
    Verdict best = null;
    for (List<Verdict> verdicts : ofKeys.values()) {
      Verdict verdict =
          question.isOfKey() && resultsOf(verdicts) > 1
              ? weighing.plain(Result.UNKNOWN, null)
              : bestOf(verdicts);
      if (best == null || rank(verdict.result()) < rank(best.result())) {
        best = verdict;
      }
    }
    return best == null ? weighing.ofInclusion(question.issuerKey(), null) : best;
  }

  /**
   * Of several certificates of one root key those count that the program is known to have held;
   * where it is known of none, the first one stands for the key.
   */
  private static boolean isHeldBy(Program program, DistrustPath path, List<DistrustPath> paths) {
    List<DistrustPath> siblings =
        paths.stream().filter(other -> other.keys().equals(path.keys())).toList();
    List<DistrustPath> held = siblings.stream().filter(other -> other.isHeldBy(program)).toList();
    return held.isEmpty()
        ? Objects.equals(path.anchor(), siblings.getFirst().anchor())
        : held.contains(path);
  }

  private static boolean endsAtRootOfNobody(
      Program program,
      List<Hash> keys,
      List<DistrustPath> paths,
      Map<List<Hash>, List<Verdict>> ofKeys) {
    boolean atRoot =
        paths.stream()
            .filter(path -> path.keys().equals(keys))
            .allMatch(path -> path.root() != null && !path.isHeldBy(program));
    return atRoot
        && ofKeys.getOrDefault(keys, List.of()).stream()
            .allMatch(verdict -> verdict.kind() == null && verdict.result() == Result.UNKNOWN);
  }

  private static long resultsOf(List<Verdict> verdicts) {
    return verdicts.stream().map(Verdict::result).distinct().count();
  }

  private static Verdict bestOf(List<Verdict> verdicts) {
    return verdicts.stream()
        .min(Comparator.comparingInt(verdict -> rank(verdict.result())))
        .orElseThrow();
  }

  /** Best first: what a client that looks for any path would end with. */
  private static int rank(Result result) {
    return switch (result) {
      case NOT_DISTRUSTED -> 0;
      case DEPENDS_ON_SCTS -> 1;
      case UNKNOWN -> 2;
      case DISTRUSTED -> 3;
      case NOT_INCLUDED -> 4;
    };
  }
}

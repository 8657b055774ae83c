package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.distrust.DateRule.Side;
import dev.rootwatch.watch.distrust.DistrustEvent.KeyedOn;
import dev.rootwatch.watch.distrust.Verdict.Basis;
import dev.rootwatch.watch.distrust.Verdict.Boundary;
import dev.rootwatch.watch.distrust.Verdict.Result;
import dev.rootwatch.watch.distrust.Verdict.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
   * @param purposes what the certificate may be used for
   */
  public record Question(
      List<Hash> path,
      @Nullable Hash issuerCertificate,
      @Nullable Instant notBefore,
      List<Instant> scts,
      Set<Purpose> purposes) {
    public Question {
      path = List.copyOf(path);
      scts = List.copyOf(scts);
      purposes = Set.copyOf(purposes);
    }

    /** Of a certificate about which only the issuing key is known. */
    public static Question ofKey(
        Hash issuerKey, @Nullable Instant notBefore, List<Instant> scts, Set<Purpose> purposes) {
      return new Question(List.of(issuerKey), null, notBefore, scts, purposes);
    }

    Hash issuerKey() {
      return path.getFirst();
    }
  }

  /** One verdict per program and purpose, in the order of the enums. */
  public List<Verdict> of(Question question, Instant asOf) {
    List<Path> paths = paths(question);
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
      boolean inTime = side(rule, notBefore) == Side.IN_TIME;
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
    for (Path path : paths(question)) {
      for (DistrustEvent event : path.family().events()) {
        if (event.kind().effect() == EventKind.Effect.NOT_BEFORE_RULE
            && !rules.contains(event)
            && event.purposes().stream().anyMatch(question.purposes()::contains)
            && path.isBoundBy(event)
            && inForce(event, asOf) == Force.YES) {
          rules.add(event);
        }
      }
    }
    rules.sort(
        Comparator.comparing((DistrustEvent rule) -> Objects.requireNonNull(rule.effective()))
            .thenComparing(DistrustEvent::program));
    return rules;
  }

  // --- paths

  /**
   * Keys from the issuer to a root.
   *
   * @param throughOtherCertificate the direct issuer is known to be another certificate than the
   *     one that programs hold for the root, though over the same key
   */
  private record Path(
      Family family, List<Hash> keys, CatalogKey root, boolean throughOtherCertificate) {
    Hash rootKey() {
      return root.spkiSha256();
    }

    boolean isDirect() {
      return keys.size() == 1 && !throughOtherCertificate;
    }

    boolean isBoundBy(DistrustEvent event) {
      return switch (event.keyedOn()) {
        case KEY -> keys.stream().anyMatch(event.keys()::contains);
        case CERTIFICATE -> event.keys().contains(rootKey());
        case DIRECT_ISSUER -> isDirect() && event.keys().contains(rootKey());
      };
    }

    /** A rule on direct issuers says nothing certain about what stands further below. */
    boolean isLeftOpenBy(DistrustEvent event) {
      return event.keyedOn() == KeyedOn.DIRECT_ISSUER
          && !isDirect()
          && event.keys().contains(rootKey());
    }
  }

  private List<Path> paths(Question question) {
    List<Path> paths = new ArrayList<>();
    List<Hash> lower = question.path();
    for (List<Hash> upper : catalog.rootPaths(lower.getLast())) {
      List<Hash> keys = new ArrayList<>(lower);
      keys.addAll(upper.subList(1, upper.size()));
      CatalogKey root = catalog.key(keys.getLast()).orElseThrow();
      Family family = catalog.familyOf(root.spkiSha256()).orElseThrow();
      paths.add(new Path(family, keys, root, goesThroughOther(question, keys, root)));
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

  /**
   * Whether the direct issuer is a certificate over the root's key that clients do not take for the
   * root: it bears another name, so the path goes through it to the root of the same key.
   */
  private boolean goesThroughOther(Question question, List<Hash> keys, CatalogKey root) {
    Hash issuer = question.issuerCertificate();
    Hash anchor = root.anchor();
    if (keys.size() != 1 || issuer == null || anchor == null || issuer.equals(anchor)) {
      return false;
    }
    String issuerName = catalog.certificate(issuer).map(CatalogCertificate::subject).orElse(null);
    String anchorName = catalog.certificate(anchor).map(CatalogCertificate::subject).orElse(null);
    return issuerName != null && anchorName != null && !issuerName.equals(anchorName);
  }

  // --- one program, one purpose

  private Verdict best(
      List<Path> paths, Question question, Program program, Purpose purpose, Instant asOf) {
    Weighing weighing = new Weighing(question, program, purpose, asOf);
    if (!program.judges(purpose)) {
      return weighing.plain(Result.NOT_INCLUDED, null);
    }
    if (paths.isEmpty()) {
      return weighing.ofInclusion(question.issuerKey(), null);
    }
    Verdict best = null;
    for (Path path : paths) {
      Verdict verdict = weighing.weigh(path);
      if (best == null || rank(verdict.result()) < rank(best.result())) {
        best = verdict;
      }
    }
    return Objects.requireNonNull(best);
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

  /** Whether an event counts as of an instant. */
  private enum Force {
    YES,
    NO,
    /** The source gives no date at all, and the catalog's sources about the program are younger. */
    UNKNOWN
  }

  private Force inForce(DistrustEvent event, Instant asOf) {
    Instant from = event.countsFrom();
    if (from != null) {
      return asOf.isBefore(from) ? Force.NO : Force.YES;
    }
    Instant vintage = catalog.vintage(event.program());
    return vintage != null && asOf.isBefore(vintage) ? Force.UNKNOWN : Force.YES;
  }

  private static Side side(DistrustEvent rule, Instant time) {
    return DateRule.compare(
        time,
        Objects.requireNonNull(rule.effective()),
        Objects.requireNonNullElse(rule.boundary(), Boundary.INCLUSIVE),
        Objects.requireNonNullElse(rule.unit(), Unit.SECOND));
  }

  /** Weighs the events of one program for one purpose. */
  private final class Weighing {
    private final Question question;
    private final Program program;
    private final Purpose purpose;
    private final Instant asOf;

    Weighing(Question question, Program program, Purpose purpose, Instant asOf) {
      this.question = question;
      this.program = program;
      this.purpose = purpose;
      this.asOf = asOf;
    }

    Verdict weigh(Path path) {
      boolean knownToProgram = false;
      Verdict block = null;
      Verdict late = null;
      Verdict open = null;
      Verdict depends = null;
      Verdict satisfied = null;
      for (DistrustEvent event : path.family().events()) {
        boolean bound = path.isBoundBy(event);
        if (event.program() != program || !(bound || path.isLeftOpenBy(event))) {
          continue;
        }
        knownToProgram = true;
        if (!event.purposes().contains(purpose)) {
          continue;
        }
        if (event.kind().effect() == EventKind.Effect.NEVER_INCLUDED) {
          return verdict(Result.NOT_INCLUDED, event, path);
        }
        Verdict weighed = bound ? bound(event, path) : leftOpen(event, path);
        if (weighed == null) {
          continue;
        }
        switch (weighed.result()) {
          case DISTRUSTED -> {
            if (event.basis() == Basis.VALIDATION) {
              // Of several blocks the dated one is the plainer statement.
              if (block == null || (block.effective() == null && weighed.effective() != null)) {
                block = weighed;
              }
            } else {
              late = late == null ? weighed : late;
            }
          }
          case UNKNOWN -> open = open == null ? weighed : open;
          case DEPENDS_ON_SCTS -> depends = depends == null ? weighed : depends;
          default -> satisfied = satisfied == null ? weighed : satisfied;
        }
      }
      for (Verdict weighed : new @Nullable Verdict[] {block, late, open, depends, satisfied}) {
        if (weighed != null) {
          return weighed;
        }
      }
      // A root with an event counts as included before it.
      return knownToProgram
          ? plain(Result.NOT_DISTRUSTED, path.root().anchor())
          : ofInclusion(path.rootKey(), path.root().anchor());
    }

    /** Null when the event has no say as of the instant. */
    private @Nullable Verdict bound(DistrustEvent event, Path path) {
      Force force = inForce(event, asOf);
      if (force == Force.NO || event.kind().effect() == EventKind.Effect.NONE) {
        return null;
      }
      if (force == Force.UNKNOWN) {
        return verdict(Result.UNKNOWN, event, path);
      }
      return switch (event.kind().effect()) {
        case BLOCK -> verdict(Result.DISTRUSTED, event, path);
        case NOT_BEFORE_RULE -> notBeforeRule(event, path);
        case SCT_RULE -> sctRule(event, path);
        default -> verdict(Result.UNKNOWN, event, path);
      };
    }

    private @Nullable Verdict leftOpen(DistrustEvent event, Path path) {
      if (inForce(event, asOf) == Force.NO) {
        return null;
      }
      Instant notBefore = question.notBefore();
      return notBefore == null || side(event, notBefore) != Side.IN_TIME
          ? verdict(Result.UNKNOWN, event, path)
          : null;
    }

    private Verdict notBeforeRule(DistrustEvent event, Path path) {
      Instant notBefore = question.notBefore();
      if (notBefore == null) {
        return verdict(Result.UNKNOWN, event, path);
      }
      return switch (side(event, notBefore)) {
        case LATE -> verdict(Result.DISTRUSTED, event, path);
        case UNDEFINED -> verdict(Result.UNKNOWN, event, path);
        case IN_TIME ->
            program == Program.MOZILLA && purpose == Purpose.TLS && onlyLateScts(event)
                ? verdict(Result.DEPENDS_ON_SCTS, event, path, Basis.SCT)
                : verdict(Result.NOT_DISTRUSTED, event, path);
      };
    }

    private Verdict sctRule(DistrustEvent event, Path path) {
      boolean oneInTime =
          question.scts().stream().anyMatch(sct -> side(event, sct) == Side.IN_TIME);
      return verdict(oneInTime ? Result.NOT_DISTRUSTED : Result.DEPENDS_ON_SCTS, event, path);
    }

    private boolean onlyLateScts(DistrustEvent event) {
      return !question.scts().isEmpty()
          && question.scts().stream().allMatch(sct -> side(event, sct) == Side.LATE);
    }

    private Verdict verdict(Result result, DistrustEvent event, Path path) {
      return verdict(result, event, path, event.basis());
    }

    private Verdict verdict(Result result, DistrustEvent event, Path path, Basis basis) {
      return new Verdict(
          program,
          purpose,
          result,
          event.kind().word(),
          event.effective(),
          basis,
          event.boundary(),
          event.unit(),
          result == Result.NOT_INCLUDED ? null : path.root().anchor(),
          asOf,
          event.citation(),
          catalog.version());
    }

    private Verdict ofInclusion(Hash rootKey, @Nullable Hash anchor) {
      return switch (inclusion.of(rootKey, program, purpose)) {
        case INCLUDED -> plain(Result.NOT_DISTRUSTED, anchor);
        case NOT_INCLUDED -> plain(Result.NOT_INCLUDED, null);
        case UNKNOWN -> plain(Result.UNKNOWN, anchor);
      };
    }

    private Verdict plain(Result result, @Nullable Hash anchor) {
      return new Verdict(
          program,
          purpose,
          result,
          null,
          null,
          null,
          null,
          null,
          anchor,
          asOf,
          null,
          catalog.version());
    }
  }
}

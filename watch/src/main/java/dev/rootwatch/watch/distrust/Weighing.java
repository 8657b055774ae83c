package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.distrust.DateRule.Side;
import dev.rootwatch.watch.distrust.DistrustEvent.KeyedOn;
import dev.rootwatch.watch.distrust.EventKind.Effect;
import dev.rootwatch.watch.distrust.Verdict.Basis;
import dev.rootwatch.watch.distrust.Verdict.Boundary;
import dev.rootwatch.watch.distrust.Verdict.Result;
import dev.rootwatch.watch.distrust.Verdict.Unit;
import dev.rootwatch.watch.distrust.Verdicts.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Weighs the events of one program for one purpose, as of an instant. */
final class Weighing {
  private final Catalog catalog;
  private final Inclusion inclusion;
  private final Question question;
  private final Program program;
  private final Purpose purpose;
  private final Instant asOf;

  Weighing(
      Catalog catalog,
      Inclusion inclusion,
      Question question,
      Program program,
      Purpose purpose,
      Instant asOf) {
    this.catalog = catalog;
    this.inclusion = inclusion;
    this.question = question;
    this.program = program;
    this.purpose = purpose;
    this.asOf = asOf;
  }

  /** Whether an event counts as of an instant. */
  enum Force {
    YES,
    NO,
    /**
     * The source gives no date at all and the catalog's sources about the program are younger, or
     * the instant lies in the month in which the event's date lies.
     */
    UNKNOWN
  }

  static Force inForce(DistrustEvent event, Instant asOf, Catalog catalog) {
    Instant from = event.countsFrom();
    if (from == null) {
      Instant vintage = catalog.vintage(event.program());
      return vintage != null && asOf.isBefore(vintage) ? Force.UNKNOWN : Force.YES;
    }
    if (asOf.isBefore(from)) {
      return Force.NO;
    }
    Instant latest = event.latest();
    boolean somewhereInBetween =
        latest != null && !event.comparesWithDate() && asOf.isBefore(latest);
    return somewhereInBetween ? Force.UNKNOWN : Force.YES;
  }

  Verdict weigh(DistrustPath path) {
    List<DistrustEvent> events = new ArrayList<>();
    boolean knownToProgram = false;
    for (DistrustEvent event : path.events(program)) {
      if (path.isBoundBy(event) || path.isLeftOpenBy(event) || isExemption(event, path)) {
        knownToProgram = true;
        if (event.purposes().contains(purpose)) {
          events.add(event);
        }
      }
    }
    knownToProgram |= path.root() != null && path.isHeldBy(program);
    @Nullable Verdict decided = decided(events, path);
    if (decided != null) {
      return decided;
    }
    // A root with an event counts as included before it.
    return knownToProgram && path.root() != null
        ? plain(Result.NOT_DISTRUSTED, path.anchor())
        : ofInclusion(path.topKey(), path.anchor());
  }

  private boolean isExemption(DistrustEvent event, DistrustPath path) {
    return event.kind().effect() == Effect.EXEMPTION
        && path.isExemptBy(event, question.issuerCertificate());
  }

  private @Nullable Verdict decided(List<DistrustEvent> events, DistrustPath path) {
    Verdict exempt = exemption(events, path);
    Verdict block = null;
    Verdict gone = null;
    Verdict late = null;
    Verdict open = null;
    Verdict depends = null;
    Verdict satisfied = exempt;
    for (DistrustEvent event : events) {
      if (event.kind().effect() == Effect.NEVER_INCLUDED) {
        if (inForce(event, asOf, catalog) != Force.NO) {
          return verdict(Result.NOT_INCLUDED, event, path);
        }
        continue;
      }
      boolean isDateRule = event.kind().effect() == Effect.NOT_BEFORE_RULE;
      if (isTakenBack(event, events) || (exempt != null && isDateRule)) {
        continue;
      }
      Verdict weighed = path.isBoundBy(event) ? bound(event, path) : leftOpen(event, path);
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
        case NOT_INCLUDED -> gone = gone == null ? weighed : gone;
        case UNKNOWN -> open = open == null ? weighed : open;
        case DEPENDS_ON_SCTS -> depends = depends == null ? weighed : depends;
        case NOT_DISTRUSTED -> satisfied = satisfied == null ? weighed : satisfied;
      }
    }
    for (Verdict weighed : new @Nullable Verdict[] {block, gone, late, open, depends, satisfied}) {
      if (weighed != null) {
        return weighed;
      }
    }
    return null;
  }

  private @Nullable Verdict exemption(List<DistrustEvent> events, DistrustPath path) {
    Instant notBefore = question.notBefore();
    for (DistrustEvent event : events) {
      if (isExemption(event, path) && notBefore != null && side(event, notBefore) == Side.IN_TIME) {
        return verdict(Result.NOT_DISTRUSTED, event, path);
      }
    }
    return null;
  }

  /** Whether a later event in force took an earlier one back. */
  private boolean isTakenBack(DistrustEvent event, List<DistrustEvent> events) {
    Instant from = event.countsFrom();
    if (from == null) {
      return false;
    }
    return events.stream()
        .anyMatch(later -> {
          Instant at = later.countsFrom();
          return takesBack(later.kind(), event.kind())
              && at != null
              && !at.isBefore(from)
              && !asOf.isBefore(at);
        });
  }

  private static boolean takesBack(EventKind later, EventKind earlier) {
    return switch (later.effect()) {
      case CLEARED -> earlier.effect() == Effect.NOT_BEFORE_RULE;
      case RESTORED -> earlier == EventKind.REMOVED || earlier == EventKind.TRUST_BIT_REMOVED;
      default -> false;
    };
  }

  /** Null when the event has no say as of the instant. */
  private @Nullable Verdict bound(DistrustEvent event, DistrustPath path) {
    Force force = inForce(event, asOf, catalog);
    Verdict weighed =
        switch (event.kind().effect()) {
          case BLOCK -> block(event, path);
          case NOT_BEFORE_RULE -> notBeforeRule(event, path);
          case SCT_RULE -> sctRule(event, path);
          case BEFORE_RULE -> beforeRule(event, path);
          case WINDOW_RULE -> windowRule(event, path);
          case ALLOWLIST -> allowlist(event, path);
          case NAME_RULE -> nameRule(event, path);
          case EXEMPTION, CLEARED, RESTORED, NEVER_INCLUDED, NONE -> null;
        };
    if (force == Force.NO || weighed == null) {
      return null;
    }
    boolean strikes = weighed.result() == Result.DISTRUSTED;
    boolean uncertain =
        event.keyedOn() == KeyedOn.UNCAPTURED_LIST
            || (event.keyedOn() == KeyedOn.NAME && question.isOfKey());
    return force == Force.UNKNOWN || (strikes && uncertain)
        ? verdict(Result.UNKNOWN, event, path)
        : weighed;
  }

  private @Nullable Verdict leftOpen(DistrustEvent event, DistrustPath path) {
    if (inForce(event, asOf, catalog) == Force.NO) {
      return null;
    }
    Instant notBefore = question.notBefore();
    return notBefore == null || side(event, notBefore) != Side.IN_TIME
        ? verdict(Result.UNKNOWN, event, path)
        : null;
  }

  private Verdict block(DistrustEvent event, DistrustPath path) {
    boolean forCause =
        event.forCause()
            && path.families().stream()
                .filter(family -> family.events().contains(event))
                .anyMatch(family -> family.category().forCause());
    return verdict(
        forCause || !event.kind().endsInclusion() ? Result.DISTRUSTED : Result.NOT_INCLUDED,
        event,
        path);
  }

  private Verdict notBeforeRule(DistrustEvent event, DistrustPath path) {
    Instant notBefore = question.notBefore();
    if (notBefore == null) {
      return verdict(Result.UNKNOWN, event, path);
    }
    return switch (side(event, notBefore)) {
      case LATE -> verdict(Result.DISTRUSTED, event, path);
      case UNDEFINED -> verdict(Result.UNKNOWN, event, path);
      case IN_TIME ->
          program == Program.MOZILLA && purpose == Purpose.TLS && onlyLateScts(event)
              ? verdict(late(), event, path, Basis.SCT)
              : verdict(Result.NOT_DISTRUSTED, event, path);
    };
  }

  /** Without an SCT in time: the unknown ones decide, if there can be any. */
  private Result late() {
    return question.sctsComplete() && !question.scts().isEmpty()
        ? Result.DISTRUSTED
        : Result.DEPENDS_ON_SCTS;
  }

  private Verdict sctRule(DistrustEvent event, DistrustPath path) {
    Result result = late();
    for (Instant sct : question.scts()) {
      Side side = side(event, sct);
      if (side == Side.IN_TIME) {
        return verdict(Result.NOT_DISTRUSTED, event, path);
      }
      result = side == Side.UNDEFINED ? Result.UNKNOWN : result;
    }
    return verdict(result, event, path);
  }

  private boolean onlyLateScts(DistrustEvent event) {
    return !question.scts().isEmpty()
        && question.scts().stream().allMatch(sct -> side(event, sct) == Side.LATE);
  }

  /** The date itself is trusted, what lies before it is not. */
  private Verdict beforeRule(DistrustEvent event, DistrustPath path) {
    Instant notBefore = question.notBefore();
    if (notBefore == null) {
      return verdict(Result.UNKNOWN, event, path);
    }
    boolean before = notBefore.isBefore(Objects.requireNonNull(event.effective()));
    return verdict(before ? Result.DISTRUSTED : Result.NOT_DISTRUSTED, event, path);
  }

  private Verdict windowRule(DistrustEvent event, DistrustPath path) {
    Instant notBefore = question.notBefore();
    DistrustEvent.Window window = Objects.requireNonNull(event.window());
    if (notBefore == null) {
      return verdict(Result.UNKNOWN, event, path);
    }
    Unit unit = Objects.requireNonNullElse(event.unit(), Unit.DAY);
    Side start = DateRule.compare(notBefore, window.from(), Boundary.EXCLUSIVE, unit);
    Side end = DateRule.compare(notBefore, window.to(), Boundary.INCLUSIVE, unit);
    if (start == Side.IN_TIME || end == Side.LATE) {
      return verdict(Result.DISTRUSTED, event, path);
    }
    if (start == Side.UNDEFINED || end == Side.UNDEFINED) {
      return verdict(Result.UNKNOWN, event, path);
    }
    return verdict(
        question.scts().isEmpty() ? Result.DEPENDS_ON_SCTS : Result.NOT_DISTRUSTED, event, path);
  }

  /** What is on the list is not known; what is dated after it cannot be on it. */
  private Verdict allowlist(DistrustEvent event, DistrustPath path) {
    Instant notBefore = question.notBefore();
    boolean after =
        event.effective() != null && notBefore != null && side(event, notBefore) == Side.LATE;
    return verdict(after ? Result.DISTRUSTED : Result.UNKNOWN, event, path);
  }

  private Verdict nameRule(DistrustEvent event, DistrustPath path) {
    if (event.permitted().isEmpty() || question.names().isEmpty()) {
      return verdict(Result.UNKNOWN, event, path);
    }
    boolean inside = question.names().stream().allMatch(name -> isPermitted(name, event));
    return verdict(inside ? Result.NOT_DISTRUSTED : Result.DISTRUSTED, event, path);
  }

  private static boolean isPermitted(String name, DistrustEvent event) {
    String lower = name.toLowerCase(Locale.ROOT);
    return event.permitted().stream()
        .anyMatch(suffix -> lower.equals(suffix) || lower.endsWith("." + suffix));
  }

  static Side side(DistrustEvent rule, Instant time) {
    Boundary boundary = Objects.requireNonNullElse(rule.boundary(), Boundary.INCLUSIVE);
    Unit unit = Objects.requireNonNullElse(rule.unit(), Unit.SECOND);
    Side side = DateRule.compare(time, Objects.requireNonNull(rule.effective()), boundary, unit);
    Instant latest = rule.latest();
    boolean disputed =
        side == Side.LATE
            && latest != null
            && DateRule.compare(time, latest, boundary, unit) == Side.IN_TIME;
    return disputed ? Side.UNDEFINED : side;
  }

  // --- words

  private Verdict verdict(Result result, DistrustEvent event, DistrustPath path) {
    return verdict(result, event, path, event.basis());
  }

  private Verdict verdict(Result result, DistrustEvent event, DistrustPath path, Basis basis) {
    boolean dated = event.latest() == null || event.comparesWithDate();
    return new Verdict(
        program,
        purpose,
        result,
        event.kind().word(),
        dated ? event.effective() : null,
        basis,
        event.boundary(),
        event.unit(),
        result == Result.NOT_INCLUDED ? null : path.anchor(),
        asOf,
        event.citation(),
        catalog.version());
  }

  /** What the program's list of roots says of a key at the end of a path. */
  Verdict ofInclusion(Hash topKey, @Nullable Hash anchor) {
    // Of the catalog's own keys the catalog knows the paths: other people's roots, which these keys
    // may have reached over certificates of long ago, say nothing.
    Inclusion.Standing standing =
        catalog.key(topKey).isPresent()
            ? inclusion.ofRoot(topKey, program, purpose, asOf)
            : inclusion.ofIssuer(topKey, program, purpose, asOf);
    Hash held = anchor == null ? standing.anchor() : anchor;
    return switch (standing.status()) {
      case INCLUDED -> plain(Result.NOT_DISTRUSTED, held);
      case NOT_INCLUDED -> plain(Result.NOT_INCLUDED, null);
      case UNKNOWN -> plain(Result.UNKNOWN, held);
    };
  }

  Verdict plain(Result result, @Nullable Hash anchor) {
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

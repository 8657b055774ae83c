package dev.rootwatch.watch.distrust;

import dev.rootwatch.watch.distrust.DistrustEvent.KeyedOn;
import dev.rootwatch.watch.distrust.Verdict.Basis;
import dev.rootwatch.watch.distrust.Verdict.Boundary;
import dev.rootwatch.watch.distrust.Verdict.Unit;
import org.jspecify.annotations.Nullable;

/**
 * How each program compares, where a catalog does not say otherwise. The sources are the programs'
 * own code: Firefox {@code isDistrustedCertificateChain} (seconds, equal is trusted), Chrome {@code
 * CheckPathSatisfiesChromeRootConstraint} (milliseconds), Apple {@code
 * SecRVCProcessValidDateConstraints}, the JDK's {@code *TLSPolicy} (UTC days); Microsoft does not
 * define its own day.
 */
record EventDefaults(
    Basis basis, @Nullable Boundary boundary, @Nullable Unit unit, KeyedOn keyedOn) {

  static EventDefaults of(Program program, EventKind kind) {
    KeyedOn keyedOn =
        program == Program.CHROME && kind.effect() == EventKind.Effect.BLOCK
            ? KeyedOn.KEY
            : KeyedOn.CERTIFICATE;
    return switch (kind.effect()) {
      case NOT_BEFORE_RULE, BEFORE_RULE, ALLOWLIST, EXEMPTION ->
          new EventDefaults(Basis.NOT_BEFORE, boundary(program), unit(program), keyedOn);
      case WINDOW_RULE ->
          new EventDefaults(Basis.NOT_BEFORE, Boundary.INCLUSIVE, Unit.DAY, keyedOn);
      case SCT_RULE ->
          new EventDefaults(
              Basis.SCT,
              Boundary.INCLUSIVE,
              program == Program.MOZILLA ? Unit.SECOND : Unit.MILLISECOND,
              keyedOn);
      default -> new EventDefaults(Basis.VALIDATION, null, null, keyedOn);
    };
  }

  private static Boundary boundary(Program program) {
    return program == Program.MICROSOFT ? Boundary.UNDEFINED : Boundary.INCLUSIVE;
  }

  private static Unit unit(Program program) {
    return switch (program) {
      case MICROSOFT -> Unit.DAY;
      case JDK -> Unit.UTC_DAY;
      default -> Unit.SECOND;
    };
  }
}

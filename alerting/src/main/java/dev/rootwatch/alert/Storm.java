package dev.rootwatch.alert;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Spares people: in a window the first alerts of each severity go out at once, further ones wait
 * for its end and go as one message. A window that held something is followed by another one in
 * which that severity waits from the beginning; a quiet one ends the storm. Severities are counted
 * apart, so that a storm of the milder ones does not hold a critical alert.
 *
 * <p>An alert that is meant for a digest waits for the end of a window whatever the weather, and
 * holds no other. One thread.
 */
final class Storm {
  private final DeliveryPolicy policy;
  private final Map<Severity, Integer> sentSingly = new EnumMap<>(Severity.class);
  private final Set<Severity> held = EnumSet.noneOf(Severity.class);
  private boolean waiting;
  private @Nullable Instant windowEnd;
  private @Nullable Instant suspendedUntil;

  Storm(DeliveryPolicy policy) {
    this.policy = policy;
  }

  /** Whether a window that held something is over: what is due goes as a digest now. */
  boolean isDigestDue(Instant now) {
    if (isSuspended(now) || windowEnd == null || now.isBefore(windowEnd)) {
      return false;
    }
    if (isHoldingNothing()) {
      windowEnd = null;
      sentSingly.clear();
      return false;
    }
    return true;
  }

  /** Whether an alert goes out at once; otherwise it is noted as held. */
  boolean goesAtOnce(Alert alert, Instant now) {
    if (isSuspended(now)) {
      return true;
    }
    if (alert.waitsForDigest()) {
      waiting = true;
      beginWindow(now);
      return false;
    }
    if (sentSingly.getOrDefault(alert.severity(), 0) < policy.atOnce()) {
      return true;
    }
    held.add(alert.severity());
    return false;
  }

  void wentSingly(Alert alert, Instant now) {
    beginWindow(now);
    sentSingly.merge(alert.severity(), 1, Integer::sum);
  }

  /** The digest is out: the next window begins, and what was held in this one waits in it. */
  void digestWent(Instant now) {
    sentSingly.clear();
    held.forEach(severity -> sentSingly.put(severity, policy.atOnce()));
    held.clear();
    waiting = false;
    windowEnd = now.plus(policy.digestWindow());
  }

  /** The sink refused a digest as a whole: for a window everything goes singly. */
  void suspend(Instant now) {
    suspendedUntil = now.plus(policy.digestWindow());
    held.clear();
    waiting = false;
    sentSingly.clear();
    windowEnd = null;
  }

  /** When what is held goes out; null when nothing is. */
  @Nullable Instant digestAt() {
    return isHoldingNothing() ? null : windowEnd;
  }

  private boolean isHoldingNothing() {
    return held.isEmpty() && !waiting;
  }

  private void beginWindow(Instant now) {
    if (windowEnd == null) {
      windowEnd = now.plus(policy.digestWindow());
    }
  }

  private boolean isSuspended(Instant now) {
    return suspendedUntil != null && now.isBefore(suspendedUntil);
  }
}

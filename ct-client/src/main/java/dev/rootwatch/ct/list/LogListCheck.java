package dev.rootwatch.ct.list;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.Quoted;
import dev.rootwatch.ct.list.LogListAnswer.Reason;
import dev.rootwatch.ct.list.LogListAnswer.Refused;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a list makes sense beside the one before. A signature says who made a list, not that it
 * is meant for us: Google serves old lists with two "Mimic" logs, and at times lists with nothing
 * else, to clients that it takes for libraries which enforce CT
 * (GoogleChrome/CertificateTransparency, 3p_libraries.md). To follow one of those would be to stop
 * watching.
 */
public final class LogListCheck {
  private static final Pattern MIMIC = Pattern.compile("\\bmimics?\\b", Pattern.CASE_INSENSITIVE);

  /** The two mimic logs, whose private keys are published. */
  private static final Set<LogId> MIMIC_LOGS =
      Set.of(
          LogId.ofBase64("9EGV1vAOLbVUNcrdV3iS5T4VrUFwWPh44U/2uRh0FYk="),
          LogId.ofBase64("si9+3rWvav5QPeBAgbLXTBJThJL+3yyypSZQPO9TztI="));

  private LogListCheck() {}

  /**
   * Why {@code next} must not follow {@code previous}; empty when it may.
   *
   * @param previous the last list accepted; null at the first start
   */
  public static Optional<Refused> accept(@Nullable LogList previous, LogList next) {
    return mimic(next)
        .or(() -> previous == null ? Optional.empty() : timestamp(previous, next))
        .or(() -> previous == null ? Optional.empty() : collapse(previous, next));
  }

  private static Optional<Refused> mimic(LogList next) {
    for (String operator : next.operators()) {
      if (MIMIC.matcher(operator).find()) {
        return refused(Reason.MIMIC_OPERATOR, "operator " + Quoted.of(operator) + " is a mimic");
      }
    }
    for (CtLog log : next.logs()) {
      if (MIMIC.matcher(log.name()).find() || MIMIC_LOGS.contains(log.id())) {
        return refused(Reason.MIMIC_OPERATOR, "log " + Quoted.of(log.name()) + " is a mimic");
      }
    }
    return Optional.empty();
  }

  private static Optional<Refused> timestamp(LogList previous, LogList next) {
    Instant before = previous.timestamp();
    Instant now = next.timestamp();
    if (before == null || (now != null && !now.isBefore(before))) {
      return Optional.empty();
    }
    return refused(
        Reason.TIMESTAMP_WENT_BACK,
        "the list is of %s, the one before of %s"
            .formatted(now == null ? "no known time" : now, before));
  }

  private static Optional<Refused> collapse(LogList previous, LogList next) {
    int before = previous.usable();
    int now = next.usable();
    if (before == 0 || 2 * now > before) {
      return Optional.empty();
    }
    return refused(
        Reason.USABLE_LOGS_HALVED,
        "the list has %d usable logs, the one before had %d".formatted(now, before));
  }

  private static Optional<Refused> refused(Reason reason, String message) {
    return Optional.of(new Refused(reason, message));
  }
}

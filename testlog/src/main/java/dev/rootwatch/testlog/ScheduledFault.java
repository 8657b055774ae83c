package dev.rootwatch.testlog;

import dev.rootwatch.ct.LogProtocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A fault that comes in now and then.
 *
 * @param what the fault; not scheduled itself
 * @param every every so many times it could come in, at least 1
 * @param from after the log was told of it; seconds and fractions
 * @param until later than {@code from}; null for as long as it is set
 */
public record ScheduledFault(Fault what, int every, Duration from, @Nullable Duration until)
    implements Fault {
  public ScheduledFault {
    if (what instanceof ScheduledFault) {
      throw new IllegalArgumentException("a fault has one schedule");
    }
    if (every < 1) {
      throw new IllegalArgumentException("every " + every + ". time is no schedule");
    }
    if (from.isNegative() || (until != null && until.compareTo(from) <= 0)) {
      throw new IllegalArgumentException(
          "a fault ends after it begins, which " + until + " is not");
    }
  }

  @Override
  public boolean appliesTo(LogProtocol protocol) {
    return what.appliesTo(protocol);
  }

  @Override
  public boolean lies() {
    return what.lies();
  }
}

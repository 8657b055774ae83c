package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import java.util.List;
import java.util.Set;

/**
 * What a commit made of its alerts.
 *
 * @param fresh alerts that were not known before
 * @param revised known alerts that got a new revision
 * @param sinks sinks that have something new to deliver, to wake their workers
 */
public record CommitResult(List<Alert> fresh, List<Alert> revised, Set<String> sinks) {
  public CommitResult {
    fresh = List.copyOf(fresh);
    revised = List.copyOf(revised);
    sinks = Set.copyOf(sinks);
  }
}

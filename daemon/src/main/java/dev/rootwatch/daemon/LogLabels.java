package dev.rootwatch.daemon;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Short names of logs for metric labels, each used once: the id where a short name is taken. */
final class LogLabels {
  private final Map<LogId, String> labels = new ConcurrentHashMap<>();
  private final Set<String> taken = new HashSet<>();

  synchronized String of(CtLog log) {
    return labels.computeIfAbsent(
        log.id(), id -> taken.add(log.label()) ? log.label() : id.toString());
  }

  /** The label of a log that was given one; its id otherwise. */
  String of(LogId log) {
    String label = labels.get(log);
    return label == null ? log.toString() : label;
  }
}

package dev.rootwatch.daemon.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.daemon.LogCourse;
import dev.rootwatch.daemon.store.LogStatus;
import dev.rootwatch.daemon.store.Store;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log as {@code logs} prints it: {@code rootwatch.log/v1}.
 *
 * @param interval notAfter range of a shard; null when not sharded
 * @param finalSize entries at which the list says that the log ended; null when it does not
 * @param goneSince since when neither list nor configuration names it; null while one does
 * @param course what is done with it: {@link LogCourse#word}
 */
@JsonPropertyOrder({
  "schema",
  "id",
  "name",
  "url",
  "protocol",
  "state",
  "headSize",
  "headTimestamp",
  "segments",
  "backlog",
  "caughtUpAt",
  "status",
  "lastError",
  "interval",
  "finalSize",
  "goneSince",
  "course"
})
record LogReport(
    String schema,
    String id,
    String name,
    String url,
    String protocol,
    String state,
    @Nullable Long headSize,
    @Nullable Instant headTimestamp,
    List<Part> segments,
    @Nullable Long backlog,
    @Nullable Instant caughtUpAt,
    @Nullable String status,
    @Nullable String lastError,
    @Nullable Interval interval,
    @Nullable Long finalSize,
    @Nullable Instant goneSince,
    String course) {

  /** One segment. */
  @JsonPropertyOrder({"from", "to", "state"})
  record Part(long from, long to, String state) {}

  /** The notAfter range of a shard, half-open. */
  @JsonPropertyOrder({"from", "to"})
  record Interval(Instant from, Instant to) {}

  static LogReport of(Store store, LogCourse.Facts facts, LogCourse course) {
    CtLog log = facts.known().log();
    Coverage coverage = facts.coverage();
    @Nullable SignedTreeHead head = facts.head();
    @Nullable LogStatus status = store.status(log.id()).orElse(null);
    return new LogReport(
        "rootwatch.log/v1",
        log.id().toString(),
        log.name(),
        log.url().toString(),
        log.protocol().word(),
        log.state().word(),
        head == null ? null : head.size(),
        head == null ? null : Instant.ofEpochMilli(head.timestamp()),
        coverage.segments().stream().map(LogReport::part).toList(),
        head == null ? null : unread(coverage, head),
        status == null ? null : status.caughtUpAt(),
        status == null ? null : status.standing().word(),
        status == null ? null : status.lastError(),
        log.interval() == null
            ? null
            : new Interval(log.interval().startInclusive(), log.interval().endExclusive()),
        log.finalHead() == null ? null : log.finalHead().size(),
        facts.known().goneSince(),
        course.word());
  }

  private static Part part(Segment segment) {
    return new Part(segment.from(), segment.to(), segment.state().word());
  }

  private static long unread(Coverage coverage, SignedTreeHead head) {
    return coverage.unread(head.size()).stream().mapToLong(EntryRange::size).sum();
  }
}

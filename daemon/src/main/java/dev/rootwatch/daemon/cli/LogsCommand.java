package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.ListTrouble;
import dev.rootwatch.daemon.LogCourse;
import dev.rootwatch.daemon.LogCourses;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Every followed log, and how reading it goes. */
@Command(name = "logs", description = "Lists the followed logs and how reading them goes.")
final class LogsCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  LogsCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  @Override
  public Integer call() throws ConfigException {
    List<LogReport> reports;
    Instant now = rootwatch.terminal().clock().instant();
    try (Store store = StoreAccess.of(rootwatch).read()) {
      LogCourses courses = new LogCourses(store, wanted());
      reports =
          store.logs().stream()
              .map(courses::facts)
              .map(facts -> LogReport.of(store, facts, courses.of(facts, now)))
              .toList();
      ListTrouble.in(store)
          .ifPresent(trouble ->
              rootwatch.progress(
                  "no new log list since "
                      + trouble.since()
                      + ": "
                      + Shown.text(trouble.message())));
    }
    Output output = rootwatch.output();
    if (rootwatch.json()) {
      reports.forEach(output::json);
    } else {
      output.table(table(reports));
    }
    return ExitCode.DONE;
  }

  /** What the configuration wants; none is needed to look into a store. */
  private LogCourse.Wanted wanted() throws ConfigException {
    @Nullable Path file = rootwatch.configFile();
    return file == null
        ? LogCourse.Wanted.DEFAULT
        : LogCourse.Wanted.of(rootwatch.loader().withoutSecrets().load(file).logs());
  }

  private static Table table(List<LogReport> reports) {
    Table table =
        new Table(
            "LOG", "PROTOCOL", "STATE", "SHARD", "STATUS", "SIZE", "READ", "BACKLOG", "LAST ERROR");
    for (LogReport log : reports) {
      table.row(
          log.name(),
          log.protocol(),
          state(log),
          shard(log),
          status(log),
          Shown.orDash(log.headSize()),
          read(log.segments()),
          Shown.orDash(log.backlog()),
          Shown.orDash(log.lastError()));
    }
    return table;
  }

  private static String state(LogReport log) {
    String state = log.finalSize() == null ? log.state() : log.state() + " at " + log.finalSize();
    return log.goneSince() == null ? state : state + ", gone since " + day(log.goneSince());
  }

  private static String shard(LogReport log) {
    LogReport.Interval interval = log.interval();
    return interval == null ? "-" : day(interval.from()) + "/" + day(interval.to());
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** A log of which nothing was read yet has an empty segment where reading begins. */
  static String read(List<LogReport.Part> segments) {
    return Shown.orDash(
        segments.stream()
            .filter(part -> part.from() < part.to())
            .map(part -> "[" + part.from() + "," + part.to() + ") " + part.state())
            .collect(Collectors.joining(" ")));
  }

  private static String status(LogReport log) {
    String status = Shown.orDash(log.status());
    String until = log.caughtUpAt() == null ? status : status + " until " + log.caughtUpAt();
    return log.course().equals("followed") ? until : until + ", " + log.course();
  }
}

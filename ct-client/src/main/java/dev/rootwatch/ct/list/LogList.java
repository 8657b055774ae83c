package dev.rootwatch.ct.list;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.LogState;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list of CT logs in the form that Google publishes as version 3
 * (www.gstatic.com/ct/log_list/v3/log_list_schema.json). Apple's, Android's and crt.sh's lists have
 * the same form, with small differences.
 *
 * @param version the publisher's number for it; null where there is none
 * @param timestamp when the publisher says it was made; null where it does not say
 * @param operators who runs logs, in the list's order
 * @param logs RFC 6962 and tiled logs that can be read, in the list's order, each id once
 * @param warnings what was passed over and why; strings of the list's are quoted and escaped
 */
public record LogList(
    @Nullable String version,
    @Nullable Instant timestamp,
    List<String> operators,
    List<CtLog> logs,
    List<String> warnings) {

  /** Lists are about 160 KB; more than this many bytes are not read. */
  public static final int MAX_BYTES = 8 * 1024 * 1024;

  public LogList {
    operators = List.copyOf(operators);
    logs = List.copyOf(logs);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a list. Fields that we do not know are passed over; a log that cannot be read (no key, no
   * address) becomes a warning.
   *
   * @throws ParseException when this is no log list, or one that names no log that can be read; the
   *     offset is in bytes
   */
  public static LogList parse(byte[] json) throws ParseException {
    return new LogListParser().parse(json);
  }

  /** The logs in one of these states. */
  public List<CtLog> in(Set<LogState> states) {
    return logs.stream().filter(log -> states.contains(log.state())).toList();
  }

  /** How many logs are usable. */
  public int usable() {
    return in(Set.of(LogState.USABLE)).size();
  }

  /** The log with this id. */
  public Optional<CtLog> log(LogId id) {
    return logs.stream().filter(log -> log.id().equals(id)).findFirst();
  }
}

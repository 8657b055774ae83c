package dev.rootwatch.ct.list;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.CtLog.FinalTreeHead;
import dev.rootwatch.ct.CtLog.TemporalInterval;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.LogState;
import dev.rootwatch.ct.Quoted;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one log list.
 *
 * <pre>
 * {"version": "89.25", "log_list_timestamp": time,
 *  "operators": [{"name": "", "email": [],
 *    "logs":       [{LOG, "url": ""}],
 *    "tiled_logs": [{LOG, "submission_url": "", "monitoring_url": ""}]}]}
 * LOG: "description": "", "log_id": base64, "key": base64, "mmd": seconds, "log_type": "",
 *      "state": {"usable": {"timestamp": time}},        // or absent
 *      "temporal_interval": {"start_inclusive": time, "end_exclusive": time}
 * readonly: {"timestamp": time, "final_tree_head": {"sha256_root_hash": base64, "tree_size": 9}}
 * </pre>
 */
final class LogListParser {
  private static final long DAY_SECONDS = 86_400;
  private static final long LONGEST_MMD_SECONDS = 366 * DAY_SECONDS;

  /** Names stand in tables, alerts and log lines; real ones have some thirty characters. */
  private static final int LONGEST_NAME = 200;

  private final Map<LogId, CtLog> logs = new LinkedHashMap<>();
  private final List<String> operators = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  LogList parse(byte[] json) throws ParseException {
    if (json.length > LogList.MAX_BYTES) {
      throw new ParseException(
          "%d bytes, a log list has at most %d".formatted(json.length, LogList.MAX_BYTES),
          LogList.MAX_BYTES);
    }
    JsonObject list = JsonObject.parse(json);
    if (!list.names().contains("operators")) {
      throw new ParseException("not a log list: it has no \"operators\"", 0);
    }
    for (JsonObject operator : list.objects("operators")) {
      String name = name(operator, "name");
      operators.add(name);
      operator.objects("logs").forEach(log -> add(name, log, LogProtocol.RFC6962));
      operator.objects("tiled_logs").forEach(log -> add(name, log, LogProtocol.STATIC));
    }
    if (logs.isEmpty()) {
      throw new ParseException(
          warnings.isEmpty()
              ? "the list names no log"
              : "the list names no log that can be read, the first because: " + warnings.getFirst(),
          0);
    }
    return new LogList(
        list.text("version").orElse(null),
        list.time("log_list_timestamp").orElse(null),
        operators,
        List.copyOf(logs.values()),
        warnings);
  }

  private void add(String operator, JsonObject log, LogProtocol protocol) {
    String name = name(log, "description");
    try {
      CtLog read = log(name, operator, log, protocol);
      if (logs.putIfAbsent(read.id(), read) != null) {
        warn(name, "the list has its key twice; only the first is taken");
      }
    } catch (ParseException passOver) {
      warn(name, passOver.getMessage());
    }
  }

  private static String name(JsonObject object, String field) {
    String name = object.text(field).orElse("");
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private void warn(String log, @Nullable String why) {
    warnings.add("log " + Quoted.of(log) + ": " + why);
  }

  private CtLog log(String name, String operator, JsonObject log, LogProtocol protocol)
      throws ParseException {
    LogKey key = key(log);
    boolean tiled = protocol == LogProtocol.STATIC;
    URI url = url(log, tiled ? "monitoring_url" : "url");
    URI submission = tiled ? url(log, "submission_url") : url;
    State state = state(name, log);
    return new CtLog(
        key,
        name.isEmpty() ? key.id().toString() : name,
        operator,
        protocol,
        url,
        submission,
        mmd(log),
        state.state,
        interval(name, log),
        finalHead(name, state.details));
  }

  private static LogKey key(JsonObject log) throws ParseException {
    LogKey key;
    try {
      key = LogKey.ofBase64(log.text("key").orElse(""));
    } catch (IllegalArgumentException e) {
      throw new ParseException("its key is no base64 of an EC or RSA public key", 0);
    }
    Optional<String> id = log.text("log_id");
    if (id.isPresent() && !id.get().equals(key.id().toString())) {
      throw new ParseException("its log_id is not the hash of its key", 0);
    }
    return key;
  }

  private static URI url(JsonObject log, String field) throws ParseException {
    String text = log.text(field).orElse("");
    try {
      URI url = URI.create(text);
      if (ListAddress.mayBeRead(url) && url.getRawQuery() == null && url.getRawFragment() == null) {
        return url;
      }
    } catch (IllegalArgumentException noUri) {
      // said below
    }
    throw new ParseException(
        "its %s is no https address (or http on loopback): %s".formatted(field, Quoted.of(text)),
        0);
  }

  private static Duration mmd(JsonObject log) {
    return log.number("mmd")
        .filter(seconds -> 0 < seconds && seconds <= LONGEST_MMD_SECONDS)
        .map(Duration::ofSeconds)
        .orElse(Duration.ofSeconds(DAY_SECONDS));
  }

  private record State(LogState state, @Nullable JsonObject details) {}

  /**
   * The one state; where a list gives several (Mozilla's does), the latest. A test log is never
   * usable: what it holds was issued to nobody.
   */
  private State state(String name, JsonObject log) {
    if (log.text("log_type").filter("test"::equalsIgnoreCase).isPresent()) {
      if (log.object("state").isPresent()) {
        warn(name, "it is a test log; its state does not count");
      }
      return new State(LogState.ABSENT, null);
    }
    State latest = new State(LogState.ABSENT, null);
    Instant since = Instant.MIN;
    JsonObject states = log.object("state").orElseGet(JsonObject::new);
    for (String word : states.names()) {
      LogState state = word(word);
      JsonObject details = states.object(word).orElseGet(JsonObject::new);
      Instant timestamp = details.time("timestamp").orElse(Instant.MIN);
      if (state == LogState.ABSENT) {
        warn(name, "its state is unknown: " + Quoted.of(word));
      } else if (!timestamp.isBefore(since)) {
        latest = new State(state, details);
        since = timestamp;
      }
    }
    return latest;
  }

  private static LogState word(String word) {
    for (LogState state : LogState.values()) {
      if (state.word().equals(word.toLowerCase(Locale.ROOT))) {
        return state;
      }
    }
    return LogState.ABSENT;
  }

  private @Nullable TemporalInterval interval(String name, JsonObject log) {
    Optional<JsonObject> interval = log.object("temporal_interval");
    if (interval.isEmpty()) {
      return null;
    }
    Optional<Instant> start = interval.get().time("start_inclusive");
    Optional<Instant> end = interval.get().time("end_exclusive");
    if (start.isPresent() && end.isPresent() && start.get().isBefore(end.get())) {
      return new TemporalInterval(start.get(), end.get());
    }
    warn(name, "its temporal_interval cannot be read; taken as not sharded");
    return null;
  }

  private @Nullable FinalTreeHead finalHead(String name, @Nullable JsonObject state) {
    Optional<JsonObject> head =
        Optional.ofNullable(state).flatMap(details -> details.object("final_tree_head"));
    if (head.isEmpty()) {
      return null;
    }
    try {
      long size = head.get().number("tree_size").orElse(-1L);
      if (size >= 0) {
        return new FinalTreeHead(
            size, Hash.ofBase64(head.get().text("sha256_root_hash").orElse("")));
      }
    } catch (IllegalArgumentException noHash) {
      // said below
    }
    warn(name, "its final_tree_head cannot be read");
    return null;
  }
}

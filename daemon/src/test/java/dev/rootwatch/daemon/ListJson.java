package dev.rootwatch.daemon;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.CtLog.FinalTreeHead;
import dev.rootwatch.ct.LogProtocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes log lists for tests, in Google's version 3. */
final class ListJson {
  private final Instant time;
  private final List<String> logs = new ArrayList<>();
  private final List<String> tiled = new ArrayList<>();

  ListJson(Instant time) {
    this.time = time;
  }

  ListJson usable(CtLog... named) {
    for (CtLog log : named) {
      with(log, "usable", null);
    }
    return this;
  }

  ListJson with(CtLog log, String state, @Nullable FinalTreeHead end) {
    boolean isTiled = log.protocol() == LogProtocol.STATIC;
    String urls =
        isTiled
            ? "\"submission_url\": \"%s\", \"monitoring_url\": \"%s\""
                .formatted(log.submissionUrl(), log.url())
            : "\"url\": \"%s\"".formatted(log.url());
    String head =
        end == null
            ? ""
            : ", \"final_tree_head\": {\"sha256_root_hash\": \"%s\", \"tree_size\": %d}"
                .formatted(end.root().base64(), end.size());
    (isTiled ? tiled : logs)
        .add(
            """
            {"description": "%s", "log_id": "%s", "key": "%s", %s, "mmd": 60,
             "state": {"%s": {"timestamp": "2026-01-01T00:00:00Z"%s}}}\
            """
                .formatted(log.name(), log.id(), log.key().base64(), urls, state, head));
    return this;
  }

  @Override
  public String toString() {
    return """
    {"version": "1.0", "log_list_timestamp": "%s",
     "operators": [{"name": "Op", "email": [], "logs": [%s], "tiled_logs": [%s]}]}
    """
        .formatted(time, String.join(",", logs), String.join(",", tiled));
  }
}

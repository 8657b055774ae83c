package dev.rootwatch.testlog;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogProtocol;
import java.util.List;
import java.util.stream.Collectors;

/** Test logs as a log list in Google's version 3: {@code logs} and {@code tiled_logs}. */
final class LogListJson {
  private static final String SINCE = "2026-01-01T00:00:00Z";

  private LogListJson() {}

  static String of(List<CtLog> logs) {
    return """
    {
      "version": "1.0",
      "log_list_timestamp": "%s",
      "operators": [
        {
          "name": "Rootwatch testlog",
          "email": ["testlog@rootwatch.dev"],
          "logs": [%s],
          "tiled_logs": [%s]
        }
      ]
    }
    """
        .formatted(
            SINCE,
            logs.stream()
                .filter(log -> log.protocol() != LogProtocol.STATIC)
                .map(log -> entry(log, "\"url\": \"%s\"".formatted(log.url()), 86400))
                .collect(Collectors.joining(",")),
            logs.stream()
                .filter(log -> log.protocol() == LogProtocol.STATIC)
                .map(log -> entry(log, tiledUrls(log), 60))
                .collect(Collectors.joining(",")));
  }

  private static String tiledUrls(CtLog log) {
    return "\"submission_url\": \"%s\",\n        \"monitoring_url\": \"%s\""
        .formatted(log.submissionUrl(), log.url());
  }

  private static String entry(CtLog log, String urls, int mmd) {
    return """

    {
      "description": "%s",
      "log_id": "%s",
      "key": "%s",
      %s,
      "mmd": %d,
      "state": {"usable": {"timestamp": "%s"}}
    }\
    """
        .formatted(log.name(), log.id(), log.key().base64(), urls, mmd, SINCE);
  }
}

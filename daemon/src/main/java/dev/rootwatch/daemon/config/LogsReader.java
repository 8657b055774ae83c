package dev.rootwatch.daemon.config;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.LogState;
import dev.rootwatch.daemon.config.Config.CustomLog;
import dev.rootwatch.daemon.config.Config.ListConfig;
import dev.rootwatch.daemon.config.Config.LogsConfig;
import dev.rootwatch.daemon.config.Config.PerLog;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what stands under {@code logs}. */
final class LogsReader {
  private static final List<String> STATES = List.of("pending", "qualified", "usable", "readonly");
  private static final List<String> PROTOCOLS = List.of("rfc6962", "static", "hybrid");

  private final Path folder;

  LogsReader(Path folder) {
    this.folder = folder;
  }

  LogsConfig read(MappingReader reader) {
    LogsConfig logs =
        new LogsConfig(
            list(reader),
            reader.duration("listRefresh", Duration.ofMinutes(70)),
            states(reader),
            reader.parsed("start", new Start.Now(), LogsReader::listStart),
            reader.duration("poll", Duration.ofSeconds(30)),
            reader.duration("partialTileAge", Duration.ofSeconds(60)),
            reader.duration("tipFirstAfter", Duration.ofMinutes(15)),
            reader.size("memory", LogsConfig.DEFAULT_MEMORY),
            perLog(reader),
            custom(reader));
    reader.refuseUnknown();
    return logs;
  }

  private ListConfig list(MappingReader reader) {
    String list = reader.text("list", "default");
    Path key = reader.parsed("listKey", null, text -> ConfigLoader.readable(folder, text));
    if (list.equals("default")) {
      return new ListConfig.Default(key);
    }
    if (list.equals("none")) {
      if (key != null) {
        reader.problem("listKey", "signs no list where list is none: leave it out");
      }
      return new ListConfig.None();
    }
    if (list.startsWith("https://") || list.startsWith("http://")) {
      URI url = reader.parsed("list", URI.create("https://invalid/"), LogsReader::address);
      if (key == null) {
        if (!reader.mentions("listKey")) {
          reader.problem(
              "list", "is an address, so its signature must be checked: add listKey: FILE");
        }
        return new ListConfig.None();
      }
      return new ListConfig.FromUrl(url, key);
    }
    Path file = reader.parsed("list", Path.of(""), text -> ConfigLoader.readable(folder, text));
    return new ListConfig.FromFile(file, key);
  }

  private static Set<LogState> states(MappingReader reader) {
    List<String> words = reader.texts("states");
    if (words == null) {
      return EnumSet.of(LogState.USABLE, LogState.QUALIFIED, LogState.READONLY);
    }
    Set<LogState> states = EnumSet.noneOf(LogState.class);
    for (String word : words) {
      try {
        states.add(
            LogState.valueOf(MappingReader.oneOf(word, STATES).toUpperCase(java.util.Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        reader.problem("states", String.valueOf(e.getMessage()));
      }
    }
    return states;
  }

  private static Map<String, PerLog> perLog(MappingReader reader) {
    Map<String, PerLog> perLog = new HashMap<>();
    List<MappingReader> items = reader.list("perLog");
    for (MappingReader item : items == null ? List.<MappingReader>of() : items) {
      String log = item.required("log");
      PerLog settings =
          new PerLog(
              item.integer("maxRequestsPerSecond", 1, 1_000_000),
              item.integer("connections", 1, 64),
              item.flag("keepAlive", true));
      item.refuseUnknown();
      if (perLog.putIfAbsent(log, settings) != null) {
        item.problem("log", "stands twice: keep one item for " + log);
      }
    }
    return perLog;
  }

  private static List<CustomLog> custom(MappingReader reader) {
    List<CustomLog> custom = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    List<MappingReader> items = reader.list("custom");
    for (MappingReader item : items == null ? List.<MappingReader>of() : items) {
      CustomLog log = customLog(item);
      item.refuseUnknown();
      if (log != null) {
        custom.add(log);
        if (!seen.add(log.log().name())) {
          item.problem("name", "stands twice: give each log a name of its own");
        }
        if (!seen.add(log.log().id())) {
          item.problem("key", "stands twice: two logs cannot have one key");
        }
      }
    }
    return custom;
  }

  private static @Nullable CustomLog customLog(MappingReader item) {
    String name = item.required("name");
    item.required("url");
    item.required("protocol");
    item.required("key");
    URI url = item.parsed("url", null, LogsReader::address);
    String protocol = item.word("protocol", "", PROTOCOLS);
    LogKey key = item.parsed("key", null, LogsReader::key);
    Start start = item.parsed("start", new Start.Now(), LogsReader::start);
    if (url == null || key == null || !PROTOCOLS.contains(protocol)) {
      return null;
    }
    LogProtocol way = LogProtocol.valueOf(protocol.toUpperCase(java.util.Locale.ROOT));
    return new CustomLog(CtLog.custom(name, url, way, key), start);
  }

  private static LogKey key(String base64) {
    try {
      return LogKey.ofBase64(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be the base64 of the log's public key (DER SubjectPublicKeyInfo, EC or RSA)", e);
    }
  }

  private static URI address(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (java.net.URISyntaxException e) {
      throw new IllegalArgumentException("is no address: " + e.getReason(), e);
    }
    boolean https = "https".equals(url.getScheme());
    if (url.getHost() == null || !(https || "http".equals(url.getScheme()))) {
      throw new IllegalArgumentException("must be an address, such as https://log.example/2027/");
    }
    if (!https && !ContactCheck.isLoopback(url)) {
      throw new IllegalArgumentException("may be http only on loopback: use https");
    }
    if (url.getQuery() != null || url.getFragment() != null || url.getUserInfo() != null) {
      throw new IllegalArgumentException("must end with the path: no query, fragment or user");
    }
    return url;
  }

  private static Start listStart(String text) {
    return switch (MappingReader.oneOf(text, List.of("now", "zero"))) {
      case "zero" -> new Start.Zero();
      default -> new Start.Now();
    };
  }

  private static Start start(String text) {
    if (text.matches("\\d{1,18}")) {
      return new Start.At(Long.parseLong(text));
    }
    if (!text.equals("now") && !text.equals("zero")) {
      throw new IllegalArgumentException("must be now, zero or an index");
    }
    return listStart(text);
  }
}

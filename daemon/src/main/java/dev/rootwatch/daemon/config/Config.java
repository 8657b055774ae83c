package dev.rootwatch.daemon.config;

import dev.rootwatch.alert.Route;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogState;
import dev.rootwatch.watch.RuleSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was checked: every value is usable, every reference resolved.
 *
 * @param contact address for the User-Agent; null only where all logs are on loopback
 * @param store JDBC url
 * @param server where metrics and health are served
 * @param catalog what extends the catalog
 * @param logs which logs, and how they are read
 * @param rules what to look for
 * @param sinks where alerts go
 * @param routes which alerts go where; empty sends everything everywhere
 * @param retention how long what grows is kept
 */
public record Config(
    @Nullable String contact,
    StoreConfig store,
    ServerConfig server,
    CatalogConfig catalog,
    LogsConfig logs,
    List<RuleSpec> rules,
    List<SinkConfig> sinks,
    List<Route> routes,
    RetentionConfig retention) {

  public Config {
    rules = List.copyOf(rules);
    sinks = List.copyOf(sinks);
    routes = List.copyOf(routes);
  }

  /**
   * The store.
   *
   * @param url such as {@code jdbc:sqlite:rootwatch.db}
   * @param file the database file of an SQLite store; null for another kind
   */
  public record StoreConfig(String url, @Nullable Path file) {}

  /**
   * Where the web server listens.
   *
   * @param host name or address to listen on
   * @param port 0 for any free one
   */
  public record ServerConfig(String host, int port) {}

  /**
   * What extends the catalog.
   *
   * @param overlay families to add or replace; null for none
   * @param overlayKey with it the overlay must be a note signed by this key; null for none
   */
  public record CatalogConfig(@Nullable Path overlay, @Nullable Path overlayKey) {}

  /**
   * Which logs are read, and how.
   *
   * @param list where the list of logs comes from
   * @param listRefresh how often it is read again
   * @param states which logs of the list are followed
   * @param start where logs begin that were never read, among those known at the first start
   * @param poll how long to wait after a round
   * @param partialTileAge how old a partial data tile must be before it is read
   * @param tipFirstAfter a backlog that would take longer opens a segment at the tip
   * @param memory bytes of bodies in flight, all logs together
   * @param perLog settings of single logs, by name or id
   * @param custom logs that no list names
   */
  public record LogsConfig(
      ListConfig list,
      Duration listRefresh,
      Set<LogState> states,
      Start start,
      Duration poll,
      Duration partialTileAge,
      Duration tipFirstAfter,
      long memory,
      Map<String, PerLog> perLog,
      List<CustomLog> custom) {
    /** Bytes of bodies in flight where nothing is configured. */
    public static final long DEFAULT_MEMORY = 64L << 20;

    public LogsConfig {
      states = Set.copyOf(states);
      perLog = Map.copyOf(perLog);
      custom = List.copyOf(custom);
    }
  }

  /** Where the list of logs comes from. */
  public sealed interface ListConfig {
    /**
     * The signed list that Google publishes.
     *
     * @param key PEM public key that must have signed it; null for the one that is built in
     */
    record Default(@Nullable Path key) implements ListConfig {}

    /** No list: only custom logs. */
    record None() implements ListConfig {}

    /**
     * A file.
     *
     * @param file log list v3
     * @param key PEM public key that must have signed it; null accepts it unsigned
     */
    record FromFile(Path file, @Nullable Path key) implements ListConfig {}

    /**
     * An address.
     *
     * @param url log list v3; its signature stands at the same address with .sig for .json
     * @param key PEM public key that must have signed it
     */
    record FromUrl(URI url, Path key) implements ListConfig {}
  }

  /**
   * How gently one log is read.
   *
   * @param maxRequestsPerSecond null for no limit of ours
   * @param connections downloads at once; null for the usual number
   * @param keepAlive whether connections are used again
   */
  public record PerLog(
      @Nullable Integer maxRequestsPerSecond, @Nullable Integer connections, boolean keepAlive) {}

  /** A log with the place where reading it begins. */
  public record CustomLog(CtLog log, Start start) {}

  /**
   * A sink as it was written down.
   *
   * @param settings what the sink's type needs: texts, lists of texts, and secrets where a
   *     reference stood
   */
  public record SinkConfig(String id, String type, Map<String, Object> settings) {}

  /**
   * How long what grows is kept.
   *
   * @param tallies issuance history, by the hour it tells of
   * @param deliveries settled outbox rows, by the time they were settled
   * @param evidence heads that contradict others, and malformed entries' bytes, by the time they
   *     were stored
   */
  public record RetentionConfig(Duration tallies, Duration deliveries, Duration evidence) {}
}

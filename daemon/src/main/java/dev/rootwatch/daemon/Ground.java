package dev.rootwatch.daemon;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.daemon.store.Store;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import okhttp3.OkHttpClient;

/**
 * What a daemon keeps from its start to its end, whatever configuration comes: the store, the web
 * server's registry, connections.
 *
 * @param labels a log keeps its label over reloads
 * @param client connections of sinks and log lists
 * @param logClient the same, with its requests to logs counted
 * @param routes where alerts go; replaced with each configuration, read in every transaction
 */
record Ground(
    DaemonOptions options,
    PrometheusMeterRegistry registry,
    LogLabels labels,
    OkHttpClient client,
    OkHttpClient logClient,
    ServerClocks clocks,
    Path storeFile,
    Store store,
    ExecutorService downloads,
    AtomicReference<Function<Alert, Collection<String>>> routes) {

  /** Nobody is told before a configuration says who. */
  static final Function<Alert, Collection<String>> NOWHERE = alert -> List.of();
}

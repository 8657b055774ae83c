package dev.rootwatch.testlog;

import dev.rootwatch.ct.LogProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@code testlog serve} is asked for.
 *
 * @param port to listen on, on 127.0.0.1; 0 takes a free one
 * @param seed where keys, entries and places come from
 * @param protocols one log or more for each
 * @param logsPerProtocol how many logs for each protocol, at least 1
 * @param size entries that each log begins with; null for as many as the plants need around them
 * @param rate new entries per second and log; 0 for logs that do not grow
 * @param plant how many findings the beginning holds, over all logs together. A growing log is
 *     planted on at the same density. A finding can have more than one line in the manifest
 * @param faults what every log does wrong
 * @param manifest where each planted thing is written as one line, before the head that shows it;
 *     null for nowhere
 * @param entriesPerAnswer the most entries in one answer of get-entries
 * @param runFor how long to serve; null until interrupted
 * @param hostileNames whether the beginning also holds findings whose names are attacks on whoever
 *     shows them, about 250 over all logs
 * @param addChains files, and folders of files, each of which is an entry of every log's beginning
 */
public record ServeOptions(
    int port,
    long seed,
    List<LogProtocol> protocols,
    int logsPerProtocol,
    @Nullable Long size,
    double rate,
    int plant,
    List<Fault> faults,
    @Nullable Path manifest,
    int entriesPerAnswer,
    @Nullable Duration runFor,
    boolean hostileNames,
    List<Path> addChains) {
  private static final long SMALLEST_LOG = 2_000;
  private static final long LARGEST_LOG = 20_000_000;
  private static final long ENTRIES_PER_FINDING = 40;

  public ServeOptions {
    protocols = List.copyOf(protocols);
    faults = List.copyOf(faults);
    addChains = List.copyOf(addChains);
    check(port >= 0 && port < 65536, "--port must be 0 to 65535, not " + port);
    check(!protocols.isEmpty(), "--protocol must name a protocol");
    check(logsPerProtocol > 0 && logsPerProtocol <= 100, "--logs must be 1 to 100");
    check(
        size == null || (size >= 0 && size <= LARGEST_LOG),
        "--size must be 0 to " + LARGEST_LOG + ": a test log lives in memory");
    check(rate >= 0 && rate <= 100_000, "--rate must be 0 to 100000 entries per second");
    check(plant >= 0 && plant <= 1_000_000, "--plant must be 0 to 1000000");
    check(
        entriesPerAnswer > 0 && entriesPerAnswer <= 10_000,
        "--entries-per-answer must be 1 to 10000");
  }

  /** One log of RFC 6962 and one of static-ct-api, small, quiet, with nothing planted. */
  public static ServeOptions of(int port, long seed) {
    return new ServeOptions(
        port, seed, protocols("both"), 1, null, 0, 0, List.of(), null, 256, null, false, List.of());
  }

  /**
   * What the demo shows: one small log for each protocol on free ground, a handful of findings at
   * the beginning, and a new one every second or two.
   */
  public static ServeOptions demo(long seed) {
    return of(0, seed).withProtocols(protocols("all"), 1).withSize(200).withPlant(15).withRate(8);
  }

  /**
   * The protocols behind the word on the command line: {@code rfc6962}, {@code static}, {@code
   * hybrid}, {@code both} for the first two, {@code all} for the three.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static List<LogProtocol> protocols(String word) {
    return switch (word) {
      case "rfc6962" -> List.of(LogProtocol.RFC6962);
      case "static" -> List.of(LogProtocol.STATIC);
      case "hybrid" -> List.of(LogProtocol.HYBRID);
      case "both" -> List.of(LogProtocol.RFC6962, LogProtocol.STATIC);
      case "all" -> List.of(LogProtocol.values());
      default ->
          throw new IllegalArgumentException(
              "no protocol \"" + word + "\"; there are: rfc6962, static, hybrid, both, all");
    };
  }

  public ServeOptions withProtocols(List<LogProtocol> value, int perProtocol) {
    return with(change -> {
      change.protocols = value;
      change.logsPerProtocol = perProtocol;
    });
  }

  public ServeOptions withPort(int value) {
    return with(change -> change.port = value);
  }

  public ServeOptions withSeed(long value) {
    return with(change -> change.seed = value);
  }

  public ServeOptions withSize(long value) {
    return with(change -> change.size = value);
  }

  public ServeOptions withRate(double value) {
    return with(change -> change.rate = value);
  }

  public ServeOptions withPlant(int value) {
    return with(change -> change.plant = value);
  }

  public ServeOptions withFaults(List<Fault> value) {
    return with(change -> change.faults = value);
  }

  public ServeOptions withManifest(Path value) {
    return with(change -> change.manifest = value);
  }

  public ServeOptions withEntriesPerAnswer(int value) {
    return with(change -> change.entriesPerAnswer = value);
  }

  public ServeOptions withRunFor(Duration value) {
    return with(change -> change.runFor = value);
  }

  public ServeOptions withHostileNames() {
    return with(change -> change.hostileNames = true);
  }

  public ServeOptions withAddChains(List<Path> value) {
    return with(change -> change.addChains = value);
  }

  private ServeOptions with(Consumer<Change> what) {
    Change change = new Change(this);
    what.accept(change);
    return change.options();
  }

  /** The options while one of them is being changed. */
  private static final class Change {
    int port;
    long seed;
    List<LogProtocol> protocols;
    int logsPerProtocol;
    @Nullable Long size;
    double rate;
    int plant;
    List<Fault> faults;
    @Nullable Path manifest;
    int entriesPerAnswer;
    @Nullable Duration runFor;
    boolean hostileNames;
    List<Path> addChains;

    Change(ServeOptions from) {
      port = from.port;
      seed = from.seed;
      protocols = from.protocols;
      logsPerProtocol = from.logsPerProtocol;
      size = from.size;
      rate = from.rate;
      plant = from.plant;
      faults = from.faults;
      manifest = from.manifest;
      entriesPerAnswer = from.entriesPerAnswer;
      runFor = from.runFor;
      hostileNames = from.hostileNames;
      addChains = from.addChains;
    }

    ServeOptions options() {
      return new ServeOptions(
          port,
          seed,
          protocols,
          logsPerProtocol,
          size,
          rate,
          plant,
          faults,
          manifest,
          entriesPerAnswer,
          runFor,
          hostileNames,
          addChains);
    }
  }

  int logCount() {
    return protocols.size() * logsPerProtocol;
  }

  /** Entries that each log begins with, beside those out of files. */
  long sizePerLog() {
    if (size != null) {
      return size;
    }
    return Math.max(SMALLEST_LOG, plant * ENTRIES_PER_FINDING / logCount());
  }

  private static void check(boolean holds, String complaint) {
    if (!holds) {
      throw new IllegalArgumentException(complaint);
    }
  }
}

package dev.rootwatch.daemon.cli;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.read.AdaptiveConcurrency;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.ReadBudget;
import dev.rootwatch.ct.read.ReadWindow;
import dev.rootwatch.ct.read.Retry;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.ct.read.SegmentReader;
import dev.rootwatch.ct.read.SegmentVerifier;
import dev.rootwatch.ct.read.SegmentVerifier.Anchor;
import dev.rootwatch.ct.read.SegmentVerifier.Judgement;
import dev.rootwatch.ct.read.WindowSize;
import dev.rootwatch.ct.source.BufferPool;
import dev.rootwatch.ct.source.LogHttp;
import dev.rootwatch.ct.source.LogSources;
import dev.rootwatch.ct.source.SourceException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fetches random windows of a coverage file's verified segments again, and proves each against the
 * head in the file: what the log serves today is still what was examined then.
 */
final class Rereading {
  private static final int WINDOW = 256;
  private static final long MEMORY = 64L << 20;

  private final Terminal terminal;
  private final RandomGenerator random;

  Rereading(Terminal terminal, RandomGenerator random) {
    this.terminal = terminal;
    this.random = random;
  }

  /** A verified segment with the head that it can be held against. */
  private record Verified(CtLog log, EntryRange range, SignedTreeHead head) {}

  /**
   * Reads windows again, at most as many as asked for.
   *
   * @param file checked before; nothing in it is believed that a signature did not cover
   * @param failures where what does not hold is noted
   * @return how many windows were read
   */
  int of(byte[] file, int windows, List<String> failures) throws InterruptedException {
    List<Verified> segments = segments(JsonMapper.shared().readTree(file));
    long entries = segments.stream().mapToLong(s -> s.range().size()).sum();
    if (entries == 0) {
      return 0;
    }
    OkHttpClient client = LogHttp.newClient(terminal.environment()).build();
    LogHttp http =
        new LogHttp(
            client,
            "rootwatch/" + ProgramVersion.text().replaceAll("[^0-9A-Za-z.+-]", "-"),
            terminal.clock(),
            new BufferPool(MEMORY));
    try (ExecutorService downloads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < windows; i++) {
        again(random(segments, entries), http, downloads).ifPresent(failures::add);
      }
    } finally {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
    return windows;
  }

  /** A window somewhere, every entry as likely as any other. */
  private Verified random(List<Verified> segments, long entries) {
    long at = random.nextLong(entries);
    for (Verified segment : segments) {
      if (at < segment.range().size()) {
        long from = segment.range().from() + at / WINDOW * WINDOW;
        long to = Math.min(from + WINDOW, segment.range().to());
        return new Verified(segment.log(), new EntryRange(from, to), segment.head());
      }
      at -= segment.range().size();
    }
    throw new IllegalArgumentException("no entry " + at);
  }

  private Optional<String> again(Verified window, LogHttp http, ExecutorService downloads)
      throws InterruptedException {
    EntryRange range = window.range();
    String place = window.log().name() + " " + range + ": ";
    LogSources sources = LogSources.of(window.log(), http);
    Retry retry =
        new Retry(3, Duration.ofSeconds(1), Duration.ofSeconds(30), Thread::sleep, random);
    SegmentVerifier verifier = new SegmentVerifier(sources.proofs(), retry);
    try {
      if (!(verifier.anchor(range.from(), window.head()) instanceof Anchor.Proven(Segment at))) {
        return Optional.of(place + "the log's inclusion proof does not lead to its signed root");
      }
      Coverage coverage =
          read(Coverage.NONE.opened(at), range, window.head(), sources, downloads, retry);
      Judgement judgement =
          range.to() == window.head().size()
              ? verifier.verifyAtHead(coverage, window.head())
              : verifier.verifyBefore(coverage, range.to(), window.head());
      return judgement instanceof Judgement.Verified
          ? Optional.empty()
          : Optional.of(place + "what the log serves now does not lead to its signed root");
    } catch (SourceException e) {
      if (e.kind() == SourceException.Kind.INVALID_ANSWER) {
        return Optional.of(place + e.getMessage());
      }
      throw CommandFailure.running(place + "cannot be read again: " + e.getMessage());
    }
  }

  private static Coverage read(
      Coverage anchored,
      EntryRange range,
      SignedTreeHead head,
      LogSources sources,
      ExecutorService downloads,
      Retry retry)
      throws SourceException, InterruptedException {
    Coverage coverage = anchored;
    try (SegmentReader<Boolean> reader =
        new SegmentReader<>(
            sources.entries(),
            range,
            head.size(),
            () -> _ -> true,
            new SegmentReader.Settings(
                downloads,
                1,
                new AdaptiveConcurrency(1),
                new ReadBudget(MEMORY),
                new WindowSize(sources.entries(), MEMORY),
                retry))) {
      for (Optional<ReadWindow<Boolean>> next = reader.next();
          next.isPresent();
          next = reader.next()) {
        coverage = coverage.extended(next.get().subtree());
      }
    }
    return coverage;
  }

  private static List<Verified> segments(JsonNode file) {
    List<Verified> segments = new ArrayList<>();
    for (JsonNode log : file.path("logs")) {
      CtLog described = log(log);
      for (JsonNode segment : log.path("segments")) {
        EntryRange range =
            new EntryRange(segment.path("from").asLong(), segment.path("to").asLong());
        if (segment.path("state").asString().equals("verified") && !range.isEmpty()) {
          segments.add(
              new Verified(
                  described, range, head(described, log, segment.path("headSize").asLong())));
        }
      }
    }
    return segments;
  }

  private static CtLog log(JsonNode log) {
    URI url = URI.create(log.path("url").asString());
    if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme())) {
      throw CommandFailure.running("the file names no http address of a log: " + url);
    }
    return CtLog.custom(
        log.path("name").asString(),
        url,
        LogProtocol.valueOf(log.path("protocol").asString().toUpperCase(Locale.ROOT)),
        LogKey.ofBase64(log.path("key").asString()));
  }

  private static SignedTreeHead head(CtLog log, JsonNode object, long size) {
    List<JsonNode> heads = new ArrayList<>();
    heads.add(object.path("head"));
    object.path("heads").forEach(heads::add);
    for (JsonNode head : heads) {
      if (head.path("size").asLong() == size) {
        return new SignedTreeHead(
            log.id(),
            size,
            Hash.ofHex(head.path("root").asString()),
            Instant.parse(head.path("timestamp").asString()).toEpochMilli(),
            Base64.getDecoder().decode(head.path("raw").asString()));
      }
    }
    throw CommandFailure.running("the file has no head of size " + size + " for " + log.name());
  }
}

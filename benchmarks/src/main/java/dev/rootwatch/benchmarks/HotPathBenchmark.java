package dev.rootwatch.benchmarks;

import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.watch.Examined;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Time and allocation per entry of what happens to every entry once its bytes are here, beside the
 * limits: what SHA-256 of the same leaves and decoding of the same body cost alone. Microseconds
 * per entry are CPU seconds per million.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Corpus.ENTRIES)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
public class HotPathBenchmark {
  /** {@code static} and {@code rfc6962}: a window of a test log; else a file, a full data tile. */
  @Param({"static", "rfc6962"})
  public String entries = "";

  @SuppressWarnings("NullAway.Init") // JMH calls prepare() first
  private Work work;

  @Setup
  public void prepare() {
    Corpus corpus =
        switch (entries) {
          case "static" -> Corpus.ofTestLog(LogProtocol.STATIC, 0);
          case "rfc6962" -> Corpus.ofTestLog(LogProtocol.RFC6962, 0);
          default -> Corpus.ofTile(Path.of(entries));
        };
    work = new Work(corpus);
  }

  @Benchmark
  public CompactRange hash() {
    return work.hash();
  }

  @Benchmark
  public Examined examineKeys() throws InterruptedException {
    return work.examineKeys();
  }

  @Benchmark
  public Examined examineKeysAndDomains() throws InterruptedException {
    return work.examineKeysAndDomains();
  }

  @Benchmark
  public void hashAndExamine(Blackhole hole) throws InterruptedException {
    hole.consume(work.hash());
    hole.consume(work.examineKeysAndDomains());
  }

  @Benchmark
  public byte[] limitSha256() {
    return work.limitSha256();
  }

  @Benchmark
  public long limitDecode() {
    return work.limitDecode();
  }

  /** As {@code org.openjdk.jmh.Main}, with allocation shown. */
  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    new Runner(
            new OptionsBuilder()
                .parent(new CommandLineOptions(args))
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }
}

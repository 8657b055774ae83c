package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Sighting;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.daemon.store.CoverageFile;
import dev.rootwatch.daemon.store.CoverageVerifier;
import dev.rootwatch.daemon.store.CoveredLog;
import dev.rootwatch.testlog.Fault;
import dev.rootwatch.testlog.TrustCorCertificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logs that lie, over real HTTP: what they did is told once, and everything is read all the same.
 */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class LyingLogTest {
  @TempDir Path folder;

  static Stream<Arguments> lies() {
    return Stream.of(
            List.of("split-view", "two-roots"),
            List.of("shrinking-head:300", "shrinking-head"),
            List.of("future-head", "future-head"),
            List.of("fork", "root-mismatch|wrong-proof"),
            List.of("changed-entry:800", "root-mismatch"),
            List.of("wrong-leaf-index", "wrong-leaf-index"),
            List.of("wrong-hash-tile", "wrong-proof"),
            List.of("wrong-issuer", "wrong-issuer"))
        .flatMap(lie ->
            Stream.of(LogProtocol.values())
                .filter(protocol -> Fault.parse(lie.getFirst()).appliesTo(protocol))
                .map(protocol -> Arguments.of(lie.getFirst(), protocol, lie.getLast())));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void round_logLiesForAWhile_isToldOnceAndEverythingIsRead(
      String fault, LogProtocol protocol, String kind) throws Exception {
    try (WatchedLog watched = new WatchedLog(folder, protocol, 600)) {
      if (kind.equals("wrong-issuer")) {
        // Issuers are asked for once: it must be wrong the first time.
        watched.misbehave(fault);
      }
      WatchedLog.Watch watch = watched.watch(2);
      rounds(watched, watch, 1);
      if (!kind.equals("wrong-issuer")) {
        assertThat(watched.alerts(AlertType.LOG_MISBEHAVIOUR)).isEmpty();
      }

      watched.misbehave(fault);
      for (int i = 0; i < 6; i++) {
        watched.grow(111);
        rounds(watched, watch, 2);
      }
      assertThat(watched.alerts(AlertType.LOG_MISBEHAVIOUR)).hasSize(1);
      assertThat(watched.alerts(AlertType.LOG_MISBEHAVIOUR).getFirst().detail())
          .hasEntrySatisfying("kind", said -> assertThat(said.toString()).matches(kind));
      assertHolds(watched);

      watched.misbehave();
      watched.grow(111);
      WatchedLog.Watch restarted = watched.watch(2);
      rounds(watched, restarted, 2);
      watched.grow(111);
      rounds(watched, restarted, 2);

      assertThat(watched.alerts(AlertType.LOG_MISBEHAVIOUR)).hasSize(1);
      long size = watched.log.head().size();
      Coverage coverage = watched.coverage();
      assertThat(coverage.toRead(size)).isEmpty();
      assertThat(coverage.gaps(new EntryRange(0, size))).isEmpty();
      Segment last = coverage.last().orElseThrow();
      assertThat(last.state()).isEqualTo(Segment.State.VERIFIED);
      assertThat(last.right().root()).isEqualTo(watched.log.root(size));
      assertHolds(watched);
    }
  }

  /**
   * The first answer with an entry is damaged: what was found in it is taken back, what the entry
   * really is is told, and nothing is held against the log.
   */
  @ParameterizedTest
  @EnumSource
  void round_damagedAnswerHeals_whatItAloneSaidIsTakenBack(LogProtocol protocol) throws Exception {
    try (WatchedLog watched = new WatchedLog(folder, protocol, 600)) {
      WatchedLog.Watch watch = watched.watch(2);
      rounds(watched, watch, 2);
      long index = watched.log.append(TrustCorCertificates.subordinates().getFirst());
      watched.misbehave("changed-entry-once:" + index);
      watched.grow(300);

      rounds(watched, watch, 4);

      List<Alert> found = watched.alerts(AlertType.NEW_SUBORDINATE);
      assertThat(found).hasSize(2);
      assertThat(found)
          .flatExtracting(Alert::sightings)
          .extracting(Sighting::index, Sighting::verification)
          .containsExactlyInAnyOrder(
              tuple(index, Sighting.Verification.VERIFIED),
              tuple(index, Sighting.Verification.CONTRADICTED));
      assertThat(watched.alerts(AlertType.LOG_MISBEHAVIOUR)).isEmpty();
      assertThat(watched.coverage().segments())
          .extracting(Segment::state)
          .containsOnly(Segment.State.VERIFIED);
      assertHolds(watched);
    }
  }

  /** What is claimed can be checked by anybody, contradictions included. */
  private static void assertHolds(WatchedLog watched) {
    String file =
        CoverageFile.of(
                watched.store.logs().stream()
                    .map(known -> CoveredLog.of(watched.store, known))
                    .toList(),
                watched.clock.instant())
            .toString();
    assertThat(CoverageVerifier.verify(file.getBytes(StandardCharsets.UTF_8)).failures()).isEmpty();
  }

  private static void rounds(WatchedLog watched, WatchedLog.Watch watch, int count)
      throws InterruptedException {
    for (int i = 0; i < count; i++) {
      watched.pass(Duration.ofSeconds(30));
      try {
        watch.monitor().round();
      } catch (SourceException refused) {
        // The runner would ask again.
        assertThat(refused.kind()).isNotEqualTo(SourceException.Kind.UNAVAILABLE);
      }
    }
  }
}

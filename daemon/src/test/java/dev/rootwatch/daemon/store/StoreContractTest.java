package dev.rootwatch.daemon.store;

import static dev.rootwatch.daemon.store.Samples.LOG;
import static dev.rootwatch.daemon.store.Samples.NOW;
import static dev.rootwatch.daemon.store.Samples.OTHER_LOG;
import static dev.rootwatch.daemon.store.Samples.alert;
import static dev.rootwatch.daemon.store.Samples.hash;
import static dev.rootwatch.daemon.store.Samples.head;
import static dev.rootwatch.daemon.store.Samples.leaves;
import static dev.rootwatch.daemon.store.Samples.malformed;
import static dev.rootwatch.daemon.store.Samples.tally;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Outbox;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.alert.Sighting.Verification;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogState;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.daemon.config.Config.RetentionConfig;
import dev.rootwatch.watch.Examined.TallyRow;
import dev.rootwatch.watch.authority.LearnedAuthority;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does, whatever database it stands on. */
abstract class StoreContractTest {
  /** The clock of the store; tests move it. */
  protected Instant now = NOW;

  /** The routes of the store; tests change them. */
  protected Function<Alert, Collection<String>> route = alert -> List.of("slack", "hook");

  private Store store;

  private Outbox outbox;

  /** Opens the one store of this test. */
  abstract Store open(InstantSource clock, Function<Alert, Collection<String>> route);

  @BeforeEach
  void openStore() {
    store = open(() -> now, alert -> route.apply(alert));
    outbox = store.outbox();
    store.putLogs(List.of(LOG, OTHER_LOG), NOW);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  /** The store under test. */
  Store writer() {
    return store;
  }

  private void reopen() {
    store.close();
    store = open(() -> now, alert -> route.apply(alert));
    outbox = store.outbox();
  }

  // Logs

  @Test
  void putLogs_logNoLongerNamed_staysKnownAsGone() {
    store.putLogs(List.of(OTHER_LOG), NOW.plusSeconds(60));
    assertThat(store.logs())
        .extracting(KnownLog::log, KnownLog::firstSeen, KnownLog::goneSince)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(LOG, NOW, NOW.plusSeconds(60)),
            org.assertj.core.groups.Tuple.tuple(OTHER_LOG, NOW, null));
  }

  @Test
  void putLogs_logComesBack_isNoLongerGoneAndKeepsItsFirstDay() {
    store.putLogs(List.of(), NOW.plusSeconds(60));
    store.putLogs(List.of(), NOW.plusSeconds(120));
    assertThat(store.logs()).allMatch(log -> NOW.plusSeconds(60).equals(log.goneSince()));
    store.putLogs(List.of(LOG, OTHER_LOG), NOW.plusSeconds(180));
    assertThat(store.logs()).allMatch(log -> log.goneSince() == null);
    assertThat(store.logs()).allMatch(log -> log.firstSeen().equals(NOW));
  }

  @Test
  void putLogs_logInAStateThatIsNotFollowed_isDescribedAnewAndKeepsItsFinalHead() {
    CtLog.FinalTreeHead end = new CtLog.FinalTreeHead(9, hash("end"));
    store.putLogs(List.of(described(LOG, LogState.READONLY, end), OTHER_LOG), NOW);
    store.putLogs(
        List.of(OTHER_LOG),
        List.of(
            described(LOG, LogState.RETIRED, null),
            described(OTHER_LOG, LogState.RETIRED, null),
            Samples.log("never")),
        NOW.plusSeconds(60));
    assertThat(store.logs())
        .extracting(KnownLog::log, KnownLog::goneSince)
        .containsExactly(
            tuple(described(LOG, LogState.RETIRED, end), NOW.plusSeconds(60)),
            tuple(OTHER_LOG, null));

    store.putLogs(List.of(described(LOG, LogState.USABLE, null), OTHER_LOG), NOW.plusSeconds(90));
    assertThat(store.logs().getFirst().log()).isEqualTo(described(LOG, LogState.USABLE, null));
  }

  private static CtLog described(CtLog log, LogState state, CtLog.@Nullable FinalTreeHead end) {
    return new CtLog(
        log.key(),
        log.name(),
        log.operator(),
        log.protocol(),
        log.url(),
        log.submissionUrl(),
        log.mmd(),
        state,
        log.interval(),
        end);
  }

  @Test
  void grownAt_largestHead_isWhenItWasFirstStored() {
    assertThat(store.grownAt(LOG.id())).isEmpty();
    now = NOW;
    store.commit(LogCommit.of(LOG.id(), Coverage.NONE, List.of(head(LOG.id(), 5))));
    now = NOW.plusSeconds(60);
    store.commit(
        LogCommit.of(LOG.id(), Coverage.NONE, List.of(head(LOG.id(), 4), head(LOG.id(), 5))));
    assertThat(store.grownAt(LOG.id())).contains(NOW);
    store.commit(LogCommit.of(LOG.id(), Coverage.NONE, List.of(head(LOG.id(), 6))));
    assertThat(store.grownAt(LOG.id())).contains(NOW.plusSeconds(60));
  }

  @Test
  void commit_firstCoverage_saysForGoodWhereReadingBegan() {
    assertThat(store.logs().getFirst().start()).isEmpty();
    store.commit(
        LogCommit.of(
            LOG.id(), Coverage.NONE.opened(Segment.anchoredAt(leaves(0, 17), 17)), List.of()));
    store.commit(
        LogCommit.of(
            LOG.id(), Coverage.NONE.opened(Segment.anchoredAt(leaves(0, 99), 99)), List.of()));
    assertThat(store.logs().getFirst().start()).hasValue(17);
  }

  @Test
  void setStatus_givesBackWhatWasSaid() {
    assertThat(store.status(LOG.id())).isEmpty();
    LogStatus status =
        new LogStatus(LogStatus.Standing.BEHIND, NOW, "timed out", NOW, 12, NOW.plusSeconds(9));
    store.setStatus(LOG.id(), status);
    assertThat(store.status(LOG.id())).contains(status);
    LogStatus well = new LogStatus(LogStatus.Standing.CAUGHT_UP, NOW, null, null, 0, null);
    store.setStatus(LOG.id(), well);
    store.putHead(head(LOG.id(), 3));
    assertThat(store.newestHead(LOG.id())).contains(head(LOG.id(), 3));
    assertThat(store.status(LOG.id())).contains(well);
  }

  // Steps of reading

  @Test
  void commit_coverage_comesBackAfterReopening() {
    Coverage coverage =
        Coverage.NONE
            .opened(Segment.anchoredAt(CompactRange.EMPTY, 0))
            .extended(leaves(0, 5))
            .verified(5, head(LOG.id(), 5), List.of())
            .extended(leaves(5, 8))
            .opened(Segment.anchoredAt(leaves(0, 11), 11))
            .extended(leaves(11, 13))
            .verified(13, head(LOG.id(), 16), List.of(Samples.leaf(1), Samples.leaf(2)));
    store.commit(LogCommit.of(LOG.id(), coverage, List.of()));
    reopen();
    assertThat(store.coverage(LOG.id())).isEqualTo(coverage);
    assertThat(store.coverage(OTHER_LOG.id())).isEqualTo(Coverage.NONE);
    assertThat(store.counts(LOG.id()).examined()).isEqualTo(10);
  }

  @Test
  void commit_unknownLog_refused() {
    assertThatThrownBy(
            () -> store.commit(LogCommit.of(Samples.log("new").id(), Coverage.NONE, List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("never put");
  }

  @Test
  void commit_heads_newestAndEquivocationAreKept() {
    SignedTreeHead old = head(LOG.id(), 5);
    SignedTreeHead forked = head(LOG.id(), 5, Samples.hash("fork"), NOW.plusSeconds(1));
    SignedTreeHead signedAgain = head(LOG.id(), 5, old.root(), NOW.plusSeconds(2));
    store.commit(LogCommit.of(LOG.id(), Coverage.NONE, List.of(old, forked)));
    store.commit(LogCommit.of(LOG.id(), Coverage.NONE, List.of(signedAgain)));
    store.commit(LogCommit.of(LOG.id(), Coverage.NONE, List.of(old)));
    assertThat(store.heads(LOG.id(), 5)).containsExactly(signedAgain, forked);
    assertThat(store.newestHead(LOG.id())).contains(signedAgain);
    assertThat(store.newestHead(OTHER_LOG.id())).isEmpty();
  }

  @Test
  void commit_tallies_addUp() {
    store.commit(step().tally(tally("a", 1, 10, 0, 9), tally("b", 1, 2, 3, 4)).build());
    store.commit(step().tally(tally("a", 1, 5, 10, 20), tally("a", 2, 1, 21, 21)).build());
    store.commit(step(OTHER_LOG).tally(tally("a", 1, 7, 2, 3)).build());
    assertThat(store.issuance(Samples.hash("a"), Instant.EPOCH))
        .containsExactlyInAnyOrder(
            new Issuance(LOG.id(), tally("a", 1, 15, 0, 20)),
            new Issuance(LOG.id(), tally("a", 2, 1, 21, 21)),
            new Issuance(OTHER_LOG.id(), tally("a", 1, 7, 2, 3)));
    assertThat(store.issuers(LOG.id(), Instant.EPOCH))
        .containsExactlyInAnyOrder(tally("a", 1, 16, 0, 21), tally("b", 1, 2, 3, 4));
    assertThat(store.issuers(LOG.id(), Instant.ofEpochMilli(2 * 3_600_000L)))
        .containsExactly(tally("a", 2, 1, 21, 21));
  }

  @Test
  void commit_malformedTwice_isListedOnce() {
    store.commit(step().malformed(4, 9).build());
    store.commit(step().malformed(4, 12).build());
    assertThat(store.malformed(LOG.id(), 0, 10))
        .extracting(row -> row.entry().index())
        .containsExactly(4L, 9L, 12L);
    assertThat(store.malformed(LOG.id(), 5, 1))
        .singleElement()
        .usingRecursiveComparison()
        .isEqualTo(malformed(9));
    assertThat(store.counts(LOG.id()).malformed()).isEqualTo(3);
  }

  // --- authorities and what is owed for their sake

  @Test
  void commit_authorities_areKeptOnceInOrder() {
    LearnedAuthority one = Samples.learned("one");
    LearnedAuthority two = Samples.learned("two");
    store.commit(step().learned(two, one).build());
    store.commit(step().learned(one).build());
    reopen();
    assertThat(store.authorities())
        .extracting(LearnedAuthority::key, LearnedAuthority::issuerKey)
        .containsExactly(tuple(two.key(), two.issuerKey()), tuple(one.key(), one.issuerKey()));
  }

  @Test
  void commit_aKeyLearnedLate_owesExactlyWhatIsTalliedOfItInEveryLog() {
    LearnedAuthority late = Samples.learned("late");
    store.commit(
        step()
            .tally(tally(late, 1, 2, 10, 30), tally(late, 2, 1, 50, 50), tally("b", 1, 9, 0, 40))
            .build());
    store.commit(new StepBuilder(OTHER_LOG.id()).tally(tally(late, 1, 1, 7, 7)).build());
    assertThat(store.owed()).isZero();

    store.commit(new StepBuilder(OTHER_LOG.id()).learned(late).build());
    store.commit(new StepBuilder(OTHER_LOG.id()).learned(late).build());

    assertThat(store.owed()).isEqualTo(3);
    assertThat(owed(OTHER_LOG)).containsExactly(new EntryRange(7, 8));
    assertThat(owed(LOG)).containsExactly(new EntryRange(10, 31), new EntryRange(50, 51));
  }

  @Test
  void commit_entriesReadWithoutAKeyThatAnotherLogTaughtMeanwhile_areOwed() {
    LearnedAuthority late = Samples.learned("late");
    store.commit(new StepBuilder(OTHER_LOG.id()).learned(late).build());
    store.commit(step().tally(tally(late, 1, 1, 3, 3)).build());
    store.commit(
        step().tally(new TallyRow(late.key(), 0, 1, 4, 4, "other")).build()); // was known by then
    assertThat(owed(LOG)).containsExactly(new EntryRange(3, 4));
  }

  @Test
  void commit_fulfilled_leavesTheRestBehindTheOthers() {
    store.commit(step().undecided(new EntryRange(0, 10), new EntryRange(20, 30)).build());
    Obligation first = store.obligation(LOG.id()).orElseThrow();

    store.commit(step().fulfilled(first, 4).build());

    assertThat(owed(LOG)).containsExactly(new EntryRange(20, 30), new EntryRange(4, 10));
  }

  @Test
  void watch_furtherKeys_owesWhatIsTalliedOfThoseAlone() {
    store.watch(List.of(Samples.hash("a")));
    TallyRow known = new TallyRow(Samples.hash("a"), 0, 1, 0, 0, "other");
    store.commit(step().tally(known, tally("b", 1, 1, 1, 1)).build());
    reopen();
    store.watch(List.of(Samples.hash("a"), Samples.hash("b")));
    assertThat(owed(LOG)).containsExactly(new EntryRange(1, 2));

    // Not looked for, then again: what came between was not examined for it.
    store.watch(List.of(Samples.hash("a")));
    store.commit(step().tally(tally("b", 2, 1, 5, 5)).build());
    store.watch(List.of(Samples.hash("a"), Samples.hash("b")));
    assertThat(owed(LOG)).containsExactly(new EntryRange(1, 2), new EntryRange(5, 6));
  }

  /** What is owed of a log, oldest first; afterwards nothing is. */
  private List<EntryRange> owed(CtLog log) {
    List<EntryRange> ranges = new ArrayList<>();
    for (Optional<Obligation> next = store.obligation(log.id());
        next.isPresent();
        next = store.obligation(log.id())) {
      ranges.add(next.get().range());
      store.commit(
          new StepBuilder(log.id()).fulfilled(next.get(), next.get().range().to()).build());
    }
    return ranges;
  }

  @Test
  void commit_whenRoutingFails_leavesNothing() {
    store.commit(step().coverageTo(3).tally(tally("a", 1, 1, 0, 0)).build());
    route =
        alert -> {
          throw new IllegalStateException("crash");
        };
    LogCommit step =
        step()
            .coverageTo(9)
            .heads(head(LOG.id(), 9))
            .tally(tally("a", 1, 6, 3, 8))
            .malformed(5)
            .learned(Samples.learned("one"))
            .alerts(alert("x", LOG, 4))
            .build();
    assertThatThrownBy(() -> store.commit(step)).hasMessage("crash");
    assertThat(store.coverage(LOG.id())).isEqualTo(coverageTo(3));
    assertThat(store.newestHead(LOG.id())).isEmpty();
    assertThat(store.issuers(LOG.id(), Instant.EPOCH)).containsExactly(tally("a", 1, 1, 0, 0));
    assertThat(store.malformed(LOG.id(), 0, 9)).isEmpty();
    assertThat(store.authorities()).isEmpty();
    assertThat(alerts(AlertQuery.ALL)).isEmpty();
    route = alert -> List.of("slack");
    store.commit(step);
    assertThat(store.coverage(LOG.id())).isEqualTo(coverageTo(9));
    assertThat(store.issuers(LOG.id(), Instant.EPOCH)).containsExactly(tally("a", 1, 7, 0, 8));
    assertThat(outbox.pending("slack")).isEqualTo(1);
  }

  // Alerts

  @Test
  void commit_newAlert_isFreshAndGoesToItsSinks() {
    CommitResult result = store.commit(step().coverageTo(9).alerts(alert("x", LOG, 4)).build());
    assertThat(result.fresh()).containsExactly(alert("x", LOG, 4));
    assertThat(result.revised()).isEmpty();
    assertThat(result.sinks()).containsExactlyInAnyOrder("slack", "hook");
    assertThat(outbox.due("slack", now, 10))
        .containsExactly(new Outbox.Item("slack", alert("x", LOG, 4), 0, now));
    assertThat(outbox.due("mail", now, 10)).isEmpty();
    assertThat(store.counts(LOG.id()).findings()).isEqualTo(1);
  }

  @Test
  void commit_sameSightingAgain_changesNothing() {
    LogCommit step = step().coverageTo(9).alerts(alert("x", LOG, 4)).build();
    store.commit(step);
    CommitResult again = store.commit(step);
    assertThat(again).isEqualTo(new CommitResult(List.of(), List.of(), java.util.Set.of()));
    assertThat(store.counts(LOG.id()).findings()).isEqualTo(1);
    assertThat(outbox.pending("slack")).isEqualTo(1);
  }

  @Test
  void commit_sightingInAnotherLog_isWrittenSilently() {
    store.commit(step().alerts(alert("x", LOG, 4)).build());
    CommitResult result =
        store.commit(step(OTHER_LOG).coverageTo(9).alerts(alert("x", OTHER_LOG, 7)).build());
    assertThat(result.revised()).isEmpty();
    assertThat(onlyAlert().revision()).isEqualTo(1);
    assertThat(onlyAlert().sightings()).hasSize(2);
    assertThat(store.counts(OTHER_LOG.id()).findings()).isEqualTo(1);
    assertThat(outbox.pending("slack")).isEqualTo(1);
  }

  @Test
  void counts_findingOfPlaceToBeReadAgain_countsWhenItWasRead() {
    store.commit(step().coverageTo(4).alerts(alert("x", LOG, 4)).build());
    assertThat(store.counts(LOG.id()).findings()).isZero();
    store.commit(step().coverageTo(5).build());
    assertThat(store.counts(LOG.id()).findings()).isEqualTo(1);
  }

  @Test
  void commit_newRule_isRevisionThatSupersedesWhatWaits() {
    store.commit(step().alerts(alert("x", LOG, 4)).build());
    Outbox.Item first = outbox.due("slack", now, 1).getFirst();
    outbox.accepted(first, now);
    route = alert -> List.of("slack");
    CommitResult result =
        store.commit(step().alerts(alert("x", "ours", Severity.HIGH, LOG, 4)).build());
    assertThat(result.revised()).extracting(Alert::revision).containsExactly(2);
    assertThat(result.sinks()).containsExactlyInAnyOrder("slack", "hook");
    assertThat(outbox.due("hook", now, 9))
        .singleElement()
        .satisfies(item -> assertThat(item.alert().revision()).isEqualTo(2));
    assertThat(store.deliveries(Samples.alertId("x")))
        .extracting(DeliveryRow::sink, DeliveryRow::revision, DeliveryRow::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("hook", 1, DeliveryRow.State.SUPERSEDED),
            org.assertj.core.groups.Tuple.tuple("hook", 2, DeliveryRow.State.PENDING),
            org.assertj.core.groups.Tuple.tuple("slack", 1, DeliveryRow.State.ACCEPTED),
            org.assertj.core.groups.Tuple.tuple("slack", 2, DeliveryRow.State.PENDING));
  }

  @Test
  void commit_alertTwiceInOneStep_isFreshOnceInItsLastForm() {
    CommitResult result =
        store.commit(
            step()
                .alerts(alert("x", LOG, 4), alert("x", "ours", Severity.CRITICAL, LOG, 5))
                .build());
    assertThat(result.fresh())
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.rules()).containsExactly("catalog", "ours");
          assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        });
    assertThat(result.revised()).isEmpty();
    assertThat(outbox.due("slack", now, 9)).hasSize(1);
  }

  @Test
  void commit_verified_settlesPendingSightingsInRangeSilently() {
    store.commit(step().alerts(alert("x", LOG, 4), alert("y", LOG, 8)).build());
    CommitResult result = store.commit(step().verified(new EntryRange(0, 8)).build());
    assertThat(result.revised()).isEmpty();
    assertThat(verification("x")).isEqualTo(Verification.VERIFIED);
    assertThat(verification("y")).isEqualTo(Verification.PENDING);
  }

  @Test
  void commit_contradicted_isRevisionAndStaysSo() {
    store.commit(step().alerts(alert("x", LOG, 4)).build());
    CommitResult result = store.commit(step().contradicted(new EntryRange(4, 5)).build());
    assertThat(result.revised()).extracting(Alert::revision).containsExactly(2);
    assertThat(verification("x")).isEqualTo(Verification.CONTRADICTED);
    CommitResult later = store.commit(step().verified(new EntryRange(0, 9)).build());
    assertThat(later.revised()).isEmpty();
    assertThat(verification("x")).isEqualTo(Verification.CONTRADICTED);
    store.commit(step().alerts(alert("x", LOG, 4)).build());
    assertThat(verification("x")).isEqualTo(Verification.CONTRADICTED);
  }

  /** Both at one entry, and the malformed one, stood in an answer that was damaged. */
  @Test
  void commit_secondReading_takesThePlaceOfTheFirst() {
    store.commit(
        step()
            .alerts(alert("x", LOG, 4), alert("y", LOG, 4), alert("x", LOG, 9))
            .malformed(5, 12)
            .build());
    EntryRange range = new EntryRange(0, 8);
    SecondReading again =
        new SecondReading(
            range,
            Set.of(new SecondReading.Found(4, alert("x", LOG, 4).id())),
            List.of(malformed(6)));

    CommitResult result = store.commit(step().verified(range).build().with(again));

    assertThat(verification("x")).isEqualTo(Verification.VERIFIED);
    assertThat(verification("y")).isEqualTo(Verification.CONTRADICTED);
    assertThat(result.revised()).extracting(Alert::id).containsExactly(alert("y", LOG, 4).id());
    assertThat(store.malformed(LOG.id(), 0, 10))
        .extracting(row -> row.entry().index())
        .containsExactly(6L, 12L);
  }

  @Test
  void commit_alertsAndTheirProofInOneStep_areVerifiedAtOnce() {
    CommitResult result =
        store.commit(step().alerts(alert("x", LOG, 4)).verified(new EntryRange(0, 8)).build());
    assertThat(verification("x")).isEqualTo(Verification.VERIFIED);
    assertThat(result.fresh().getFirst().sightings().getFirst().verification())
        .isEqualTo(Verification.VERIFIED);
    assertThat(outbox.due("slack", now, 1).getFirst().alert()).isEqualTo(onlyAlert());
  }

  @Test
  void record_alertAboutLog_keepsEvidenceAndMergesItsEnd() {
    Alert stale = Samples.logAlert(LOG, NOW);
    assertThat(store.record(stale, List.of(head(LOG.id(), 3))).fresh()).containsExactly(stale);
    assertThat(store.heads(LOG.id(), 3)).containsExactly(head(LOG.id(), 3));
    CommitResult ended = store.record(stale.ended(NOW.plusSeconds(60)), List.of());
    assertThat(ended.revised()).extracting(Alert::revision).containsExactly(2);
  }

  @Test
  void forEachAlert_manyPages_comeInOrderOnce() {
    List<Alert> many = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      many.add(alert("n" + i, LOG, i / 7));
    }
    store.commit(step().alerts(many.toArray(Alert[]::new)).build());
    List<Alert> read = alerts(AlertQuery.ALL);
    assertThat(read).hasSize(501).doesNotHaveDuplicates();
    assertThat(read)
        .isSortedAccordingTo(
            java.util.Comparator.comparing(Alert::firstSeen).thenComparing(Alert::id));
    assertThat(alerts(AlertQuery.ALL.limit(250))).isEqualTo(read.subList(0, 250));
  }

  @Test
  void forEachAlert_query_selects() {
    Alert high = alert("x", LOG, 0);
    Alert low = alert("y", "r", Severity.LOW, LOG, 5_000);
    Alert stale = Samples.logAlert(LOG, NOW.plusSeconds(60));
    store.commit(step().alerts(high, low).build());
    store.record(stale, List.of());
    assertThat(alerts(AlertQuery.ALL)).containsExactly(high, low, stale);
    assertThat(alerts(AlertQuery.ALL.since(NOW.plusMillis(1)))).containsExactly(low, stale);
    assertThat(alerts(AlertQuery.ALL.type("log-stale"))).containsExactly(stale);
    assertThat(alerts(AlertQuery.ALL.minSeverity(Severity.MEDIUM))).containsExactly(high, stale);
    assertThat(alerts(AlertQuery.ALL.aboutCertificates(true))).containsExactly(high, low);
  }

  @Test
  void alertsStartingWith_prefix_findsAtMostSoMany() {
    store.commit(step().alerts(alert("x", LOG, 1), alert("y", LOG, 2)).build());
    assertThat(store.alertsStartingWith(Samples.alertId("x").substring(0, 12), 2))
        .extracting(StoredAlert::alert)
        .containsExactly(alert("x", LOG, 1));
    assertThat(store.alertsStartingWith("", 1)).hasSize(1);
    assertThat(store.alertsStartingWith("%", 2)).isEmpty();
    assertThat(store.alert(Samples.alertId("y"))).isPresent();
    assertThat(store.alert("nonsense")).isEmpty();
  }

  @Test
  void acknowledge_noted() {
    store.commit(step().alerts(alert("x", LOG, 1)).build());
    assertThat(store.acknowledge(Samples.alertId("x"), NOW)).isTrue();
    assertThat(store.acknowledge(Samples.alertId("y"), NOW)).isFalse();
    assertThat(store.alert(Samples.alertId("x")).orElseThrow().acknowledgedAt()).isEqualTo(NOW);
  }

  // Outbox

  @Test
  void outbox_retry_waitsAndCounts() {
    store.commit(step().alerts(alert("x", LOG, 1)).build());
    Outbox.Item item = outbox.due("slack", now, 1).getFirst();
    outbox.retry(item, now.plusSeconds(30), "503");
    assertThat(outbox.due("slack", now.plusSeconds(29), 1)).isEmpty();
    assertThat(outbox.nextDue("slack")).contains(now.plusSeconds(30));
    reopen();
    assertThat(outbox.due("slack", now.plusSeconds(30), 1))
        .containsExactly(new Outbox.Item("slack", alert("x", LOG, 1), 1, now));
    assertThat(store.deliveries(Samples.alertId("x")).getLast())
        .isEqualTo(
            new DeliveryRow(
                "slack", 1, DeliveryRow.State.PENDING, 1, now, now.plusSeconds(30), null, "503"));
  }

  @Test
  void outbox_accepted_neverComesBack() {
    store.commit(step().alerts(alert("x", LOG, 1)).build());
    Outbox.Item item = outbox.due("slack", now, 1).getFirst();
    outbox.accepted(item, now);
    outbox.retry(item, now, "late answer");
    outbox.rejected(item, now, "late answer");
    assertThat(outbox.due("slack", now.plusSeconds(999), 1)).isEmpty();
    assertThat(outbox.nextDue("slack")).isEmpty();
    assertThat(outbox.pending("slack")).isZero();
    assertThat(store.retry(Samples.alertId("x"), now)).isEqualTo(1);
    assertThat(outbox.pending("slack")).isZero();
    assertThat(outbox.pending("hook")).isEqualTo(1);
  }

  @Test
  void outbox_acceptedWhileSuperseded_isAcceptedAndTheNewerStillDue() {
    store.commit(step().alerts(alert("x", LOG, 1)).build());
    Outbox.Item underWay = outbox.due("slack", now, 1).getFirst();
    store.commit(step().alerts(alert("x", "ours", Severity.HIGH, LOG, 1)).build());
    outbox.accepted(underWay, now);
    assertThat(store.deliveries(Samples.alertId("x")))
        .filteredOn(row -> row.sink().equals("slack"))
        .extracting(DeliveryRow::state)
        .containsExactly(DeliveryRow.State.ACCEPTED, DeliveryRow.State.PENDING);
    assertThat(outbox.due("slack", now, 9)).hasSize(1);
  }

  @Test
  void outbox_due_oldestFirstAndAtMost() {
    store.commit(step().alerts(alert("x", LOG, 1)).build());
    now = NOW.plusSeconds(5);
    store.commit(step().alerts(alert("y", LOG, 2), alert("z", LOG, 3)).build());
    assertThat(outbox.due("slack", now, 2))
        .extracting(item -> item.alert().id())
        .containsExactly(Samples.alertId("x"), Samples.alertId("y"));
    assertThat(outbox.due("slack", NOW, 9)).hasSize(1);
    assertThat(outbox.pending("slack")).isEqualTo(3);
  }

  @Test
  void retry_deadLetter_isTriedAgainInItsPresentRevision() {
    store.commit(step().alerts(alert("x", LOG, 1)).build());
    outbox.rejected(outbox.due("slack", now, 1).getFirst(), now, "gone");
    outbox.accepted(outbox.due("hook", now, 1).getFirst(), now);
    assertThat(outbox.due("slack", now.plusSeconds(9999), 1)).isEmpty();
    route = alert -> List.of();
    store.commit(step().alerts(alert("x", "ours", Severity.HIGH, LOG, 1)).build());
    assertThat(outbox.pending("slack")).isZero();
    assertThat(store.retry(Samples.alertId("x"), now)).isEqualTo(1);
    assertThat(outbox.due("slack", now, 1))
        .singleElement()
        .satisfies(item -> {
          assertThat(item.alert().revision()).isEqualTo(2);
          assertThat(item.attempts()).isZero();
        });
    assertThat(store.retry("nonsense", now)).isZero();
  }

  @Test
  void abandon_sinkThatNoLongerExists_becomesDeadLetter() {
    store.commit(step().alerts(alert("x", LOG, 1)).build());
    assertThat(store.abandon("slack"::equals, now)).isEqualTo(1);
    assertThat(outbox.pending("hook")).isZero();
    assertThat(outbox.pending("slack")).isEqualTo(1);
    assertThat(store.deliveries(Samples.alertId("x")).getFirst().state())
        .isEqualTo(DeliveryRow.State.REJECTED);
  }

  // The rest

  @Test
  void meta_lastValueCounts() {
    assertThat(store.meta("list")).isEmpty();
    store.putMeta("list", "1");
    store.putMeta("list", "2");
    reopen();
    assertThat(store.meta("list")).contains("2");
  }

  @Test
  void retain_deletesWhatIsOldAndNothingThatIsNeeded() {
    SignedTreeHead atEdge = head(LOG.id(), 5, leaves(0, 5).root(), NOW.minusSeconds(9));
    SignedTreeHead unused = head(LOG.id(), 6, leaves(0, 6).root(), NOW.minusSeconds(8));
    SignedTreeHead newest = head(LOG.id(), 7);
    SignedTreeHead evidence = head(LOG.id(), 4, Samples.hash("fork"), NOW.minusSeconds(7));
    store.commit(
        step()
            .coverageTo(5)
            .heads(atEdge, unused, newest)
            .malformed(2)
            .alerts(alert("x", LOG, 1), alert("y", LOG, 2))
            .tally(tally("a", NOW.getEpochSecond() / 3600, 1, 0, 0))
            .build());
    store.record(Samples.logAlert(LOG, NOW), List.of(evidence));
    outbox.due("slack", now, 1).forEach(item -> outbox.accepted(item, now));

    RetentionConfig days =
        new RetentionConfig(Duration.ofDays(4), Duration.ofDays(3), Duration.ofDays(2));
    assertThat(store.retain(NOW.plus(Duration.ofHours(23)), days)).isZero();
    assertThat(store.retain(NOW.plus(Duration.ofHours(25)), days)).isEqualTo(1);
    assertThat(store.heads(LOG.id(), 6)).isEmpty();
    assertThat(store.heads(LOG.id(), 4)).containsExactly(evidence);

    assertThat(store.retain(NOW.plus(Duration.ofDays(9)), days)).isEqualTo(4);
    assertThat(store.heads(LOG.id(), 4)).isEmpty();
    assertThat(store.malformed(LOG.id(), 0, 9).getFirst().raw()).isEmpty();
    assertThat(store.deliveries(Samples.alertId("x"))).hasSize(1);
    assertThat(store.issuers(LOG.id(), Instant.EPOCH)).isEmpty();

    assertThat(store.heads(LOG.id(), 5)).containsExactly(atEdge);
    assertThat(store.newestHead(LOG.id())).contains(newest);
    assertThat(outbox.pending("slack")).isEqualTo(2);
    assertThat(alerts(AlertQuery.ALL)).hasSize(3);
    assertThat(store.counts(LOG.id())).isEqualTo(new EntryCounts(5, 2, 1));
  }

  @Test
  void close_twice_andUseAfterwards() {
    store.close();
    store.close();
    assertThatThrownBy(() -> store.logs())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void commit_anySequenceWithCrashesAndReopening_equalsTheModel(long seed) {
    RandomSteps steps = new RandomSteps(seed);
    StoreModel model = new StoreModel();
    route = steps.route();
    for (int i = 0; i < 60; i++) {
      LogCommit step = steps.next(model);
      if (steps.crashes()) {
        route = steps.crashing();
        try {
          store.commit(step);
          model.apply(step, steps.route(), now);
        } catch (IllegalStateException expected) {
          // the model does not learn of it either
        }
        route = steps.route();
      } else {
        model.apply(step, steps.route(), now);
        store.commit(step);
      }
      if (steps.reopens()) {
        reopen();
      }
      if (steps.delivers()) {
        for (Outbox.Item item : outbox.due("slack", now, 3)) {
          outbox.accepted(item, now);
          model.accepted(item);
        }
      }
    }
    model.assertEquals(store);
  }

  // What the tests say in short

  private StepBuilder step() {
    return new StepBuilder(LOG.id());
  }

  private StepBuilder step(dev.rootwatch.ct.CtLog log) {
    return new StepBuilder(log.id());
  }

  static Coverage coverageTo(long to) {
    return StepBuilder.coverage(to);
  }

  private List<Alert> alerts(AlertQuery query) {
    List<Alert> all = new ArrayList<>();
    store.forEachAlert(query, stored -> all.add(stored.alert()));
    return all;
  }

  private Alert onlyAlert() {
    List<Alert> all = alerts(AlertQuery.ALL);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private Verification verification(String name) {
    Optional<StoredAlert> stored = store.alert(Samples.alertId(name));
    return stored.orElseThrow().alert().sightings().getFirst().verification();
  }
}

package dev.rootwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rootwatch.alert.Sighting.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertMergeTest {
  private static final Alert KNOWN = Alerts.distrusted();

  private static void assertNews(Alert.Merge merge) {
    assertThat(merge.newRevision()).isTrue();
    assertThat(merge.alert().revision()).isEqualTo(2);
  }

  private static void assertSilent(Alert.Merge merge) {
    assertThat(merge.newRevision()).isFalse();
    assertThat(merge.alert().revision()).isEqualTo(1);
  }

  /** News once: the same sighting again changes nothing. */
  private static Alert assertNewsOnce(Alert sighting) {
    Alert.Merge first = KNOWN.mergedWith(sighting);
    assertNews(first);
    Alert.Merge again = first.alert().mergedWith(sighting);
    assertThat(again.newRevision()).isFalse();
    assertThat(again.alert()).isEqualTo(first.alert());
    return first.alert();
  }

  private static Alert sighting(
      Severity severity,
      AlertType type,
      @Nullable IssuerInfo issuer,
      List<String> rules,
      List<VerdictRow> verdicts) {
    return Alerts.with(
        KNOWN, severity, type, issuer, rules, verdicts, List.of(Alerts.sighting("log-b", 9)));
  }

  private static Alert withIssuer(String key) {
    return sighting(
        KNOWN.severity(), KNOWN.type(), Alerts.issuer(key), KNOWN.rules(), KNOWN.verdicts());
  }

  private static Alert withVerdicts(List<VerdictRow> verdicts) {
    return sighting(KNOWN.severity(), KNOWN.type(), KNOWN.issuer(), KNOWN.rules(), verdicts);
  }

  @Test
  void mergedWith_oneThatDoesNotWait_nobodyWaits() {
    Alert waiting = KNOWN.withDetail(Detail.with(KNOWN.detail(), Detail.DIGEST, true));

    assertThat(waiting.mergedWith(waiting).alert().waitsForDigest()).isTrue();
    assertThat(waiting.mergedWith(KNOWN).alert().waitsForDigest()).isFalse();
    assertThat(KNOWN.mergedWith(waiting).alert().waitsForDigest()).isFalse();
  }

  @Test
  void mergedWith_itself_changesNothing() {
    assertThat(KNOWN.mergedWith(KNOWN)).isEqualTo(new Alert.Merge(KNOWN, false));
  }

  @Test
  void mergedWith_anotherLog_isListedSilently() {
    Alert.Merge merge = KNOWN.mergedWith(Alerts.seenAt(KNOWN, Alerts.sighting("log-b", 3)));
    assertSilent(merge);
    assertThat(merge.alert().sightings())
        .extracting(s -> s.log().name())
        .containsExactly("log-b", "log-a");
  }

  @Test
  void mergedWith_newRule_isNews() {
    Alert merged =
        assertNewsOnce(
            sighting(
                KNOWN.severity(), KNOWN.type(), KNOWN.issuer(), List.of("ours"), KNOWN.verdicts()));
    assertThat(merged.rules()).containsExactly("distrusted", "ours");
  }

  @Test
  void mergedWith_fewerRules_keepsThem() {
    Alert.Merge merge =
        KNOWN.mergedWith(
            sighting(KNOWN.severity(), KNOWN.type(), KNOWN.issuer(), List.of(), KNOWN.verdicts()));
    assertSilent(merge);
    assertThat(merge.alert().rules()).containsExactly("distrusted");
  }

  @Test
  void mergedWith_anotherIssuerKey_isNewsAndRemembered() {
    Alert merged = assertNewsOnce(withIssuer("ee".repeat(32)));
    assertThat(merged.issuer()).isEqualTo(KNOWN.issuer());
    assertThat(String.valueOf(merged.detail().get(Detail.OTHER_ISSUERS))).contains("ee".repeat(32));
  }

  @Test
  void mergedWith_anotherIssuerThatIsGraver_isShown() {
    IssuerInfo other = Alerts.issuer("ee".repeat(32));
    Alert merged =
        assertNewsOnce(
            sighting(Severity.CRITICAL, KNOWN.type(), other, KNOWN.rules(), KNOWN.verdicts()));
    assertThat(merged.issuer()).isEqualTo(other);
    assertThat(String.valueOf(merged.detail().get(Detail.OTHER_ISSUERS))).contains(Alerts.TRUSTCOR);
    assertThat(merged.mergedWith(KNOWN).newRevision()).as("the first one again").isFalse();
  }

  @Test
  void mergedWith_issuerBecomesKnown_isFilledInSilently() {
    Alert unknown = sighting(KNOWN.severity(), KNOWN.type(), null, KNOWN.rules(), KNOWN.verdicts());
    Alert.Merge merge = unknown.mergedWith(KNOWN);
    assertSilent(merge);
    assertThat(merge.alert().issuer()).isEqualTo(KNOWN.issuer());
  }

  @Test
  void mergedWith_endlessIssuers_areBounded() {
    Alert alert = KNOWN;
    int news = 0;
    for (int i = 0; i < 100; i++) {
      Alert.Merge merge = alert.mergedWith(withIssuer("%064x".formatted(i)));
      alert = merge.alert();
      news += merge.newRevision() ? 1 : 0;
    }
    assertThat(news).isEqualTo(20);
    assertThat((List<?>) alert.detail().get(Detail.OTHER_ISSUERS)).hasSize(20);
  }

  @Test
  void mergedWith_higherSeverity_isNews() {
    assertThat(
            assertNewsOnce(
                    sighting(
                        Severity.CRITICAL,
                        KNOWN.type(),
                        KNOWN.issuer(),
                        KNOWN.rules(),
                        KNOWN.verdicts()))
                .severity())
        .isEqualTo(Severity.CRITICAL);
  }

  @Test
  void mergedWith_lowerSeverity_keepsTheHigher() {
    Alert.Merge merge =
        KNOWN.mergedWith(
            sighting(Severity.LOW, KNOWN.type(), KNOWN.issuer(), KNOWN.rules(), KNOWN.verdicts()));
    assertSilent(merge);
    assertThat(merge.alert().severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void mergedWith_typeThatComesFirst_hasIt() {
    Alert merged =
        assertNewsOnce(
            sighting(
                KNOWN.severity(),
                AlertType.CROSS_SIGN,
                KNOWN.issuer(),
                KNOWN.rules(),
                KNOWN.verdicts()));
    assertThat(merged.type()).isEqualTo(AlertType.CROSS_SIGN);
  }

  @Test
  void mergedWith_changedVerdict_isNews() {
    List<VerdictRow> changed = new ArrayList<>(KNOWN.verdicts());
    changed.set(2, Alerts.verdict("jdk", "distrusted"));
    assertThat(assertNewsOnce(withVerdicts(changed)).verdicts()).isEqualTo(changed);
  }

  @Test
  void mergedWith_sameVerdictLater_isNoNews() {
    List<VerdictRow> later =
        KNOWN.verdicts().stream()
            .map(v -> row(v, v.result(), "notBefore", 3600, "2026-11-24"))
            .toList();
    Alert.Merge merge = KNOWN.mergedWith(withVerdicts(later));
    assertSilent(merge);
    assertThat(merge.alert().verdicts()).isEqualTo(later);
  }

  @Test
  void mergedWith_nobodyDistrustsAnyMore_isAWatchedAuthority() {
    List<VerdictRow> mended =
        KNOWN.verdicts().stream()
            .map(v -> row(v, "not-included", "notBefore", 1, "2026-11-24"))
            .toList();
    Alert merged = assertNewsOnce(withVerdicts(mended));
    assertThat(merged.type()).isEqualTo(AlertType.WATCHED_AUTHORITY);
  }

  @Test
  void mergedWith_sightingsWithDifferentScts_settleInAnyOrder() {
    VerdictRow open = row(KNOWN.verdicts().getFirst(), "depends-on-scts", "sct", 0, "v");
    VerdictRow decided = row(KNOWN.verdicts().getFirst(), "not-distrusted", "sct", 0, "v");
    Alert first =
        sighting(
            KNOWN.severity(),
            AlertType.WATCHED_AUTHORITY,
            KNOWN.issuer(),
            KNOWN.rules(),
            List.of(open));
    Alert second =
        sighting(
            KNOWN.severity(),
            AlertType.WATCHED_AUTHORITY,
            KNOWN.issuer(),
            KNOWN.rules(),
            List.of(decided));

    Alert.Merge merge = first.mergedWith(second);
    assertNews(merge);
    assertThat(merge.alert().mergedWith(first).newRevision()).as("no flapping").isFalse();
    assertThat(second.mergedWith(first).newRevision()).isFalse();
    assertThat(second.mergedWith(first).alert().verdicts()).containsExactly(decided);
  }

  private static VerdictRow row(
      VerdictRow row, String result, String basis, int later, String catalog) {
    return new VerdictRow(
        row.program(),
        row.purpose(),
        result,
        row.kind(),
        row.effective(),
        basis,
        row.boundary(),
        row.unit(),
        row.anchor(),
        row.asOf().plusSeconds(later),
        row.citation(),
        catalog);
  }

  @Test
  void mergedWith_endOfTheEpisode_isNewsOnce() {
    Alert open = Alerts.aboutALog();
    Alert.Merge merge = open.mergedWith(open.ended(Alerts.NOW));
    assertNews(merge);
    assertThat(merge.alert().detail()).containsEntry("endedAt", "2026-11-24T07:00:00Z");
    Alert.Merge again = merge.alert().mergedWith(open.ended(Alerts.NOW.plusSeconds(60)));
    assertThat(again.newRevision()).isFalse();
    assertThat(again.alert().detail()).containsEntry("endedAt", "2026-11-24T07:00:00Z");
  }

  @Test
  void mergedWith_earlierSighting_undoesBackdating() {
    Instant notBefore = Instant.parse("2022-11-01T00:00:00Z");
    Alert suspicious =
        backdating(true, notBefore.plus(Duration.ofDays(30)), AlertType.POSSIBLE_BACKDATING);
    Alert earlier =
        backdating(false, notBefore.plus(Duration.ofHours(1)), AlertType.DISTRUSTED_ISSUER);

    Alert.Merge undone = suspicious.mergedWith(earlier);
    assertNews(undone);
    assertThat(undone.alert().type()).isEqualTo(AlertType.DISTRUSTED_ISSUER);
    assertThat(Backdating.of(undone.alert()).orElseThrow().possible()).isFalse();

    Alert.Merge late = undone.alert().mergedWith(suspicious);
    assertThat(late.newRevision()).as("a late log says nothing new").isFalse();
    assertThat(earlier.mergedWith(suspicious).alert().type())
        .isEqualTo(AlertType.DISTRUSTED_ISSUER);
  }

  @Test
  void mergedWith_twoLateSightings_backdatingStays() {
    Instant notBefore = Instant.parse("2022-11-01T00:00:00Z");
    Alert late =
        backdating(true, notBefore.plus(Duration.ofDays(30)), AlertType.POSSIBLE_BACKDATING);
    Alert lessLate =
        backdating(true, notBefore.plus(Duration.ofDays(3)), AlertType.POSSIBLE_BACKDATING);
    Alert.Merge merge = late.mergedWith(lessLate);
    assertSilent(merge);
    assertThat(Backdating.of(merge.alert()).orElseThrow().earliestTrustedTime())
        .isEqualTo(notBefore.plus(Duration.ofDays(3)));
  }

  private static Alert backdating(boolean possible, Instant earliest, AlertType type) {
    return sighting(KNOWN.severity(), type, KNOWN.issuer(), KNOWN.rules(), KNOWN.verdicts())
        .withDetail(
            Map.of(
                Detail.BACKDATING,
                new Backdating(possible, "mozilla", Instant.parse("2022-11-30T00:00:00Z"), earliest)
                    .toDetail()));
  }

  @Test
  void mergedWith_thousandsOfSightings_keepsTheEarliestAndCounts() {
    Alert alert = KNOWN;
    for (int i = 300; i >= 8; i--) {
      alert = alert.mergedWith(Alerts.seenAt(KNOWN, Alerts.sighting("log-a", i))).alert();
    }
    assertThat(alert.sightings()).hasSize(100).extracting(Sighting::index).startsWith(7L, 8L);
    assertThat(alert.detail()).containsEntry(Detail.SIGHTINGS_NOT_LISTED, 194L);
    assertThat(alert.revision()).isOne();
  }

  @Test
  void mergedWith_anotherId_isADefect() {
    assertThatIllegalArgumentException().isThrownBy(() -> KNOWN.mergedWith(Alerts.aboutALog()));
  }

  @Test
  void withVerification_verified_isSilent() {
    Alert.Merge merge = KNOWN.withVerification("log-a-id=", 0, 8, Verification.VERIFIED);
    assertSilent(merge);
    assertThat(merge.alert().sightings().getFirst().verification())
        .isEqualTo(Verification.VERIFIED);
  }

  @Test
  void withVerification_contradicted_isNewsOnceAndStays() {
    Alert.Merge merge = KNOWN.withVerification("log-a-id=", 7, 8, Verification.CONTRADICTED);
    assertNews(merge);
    assertThat(
            merge
                .alert()
                .withVerification("log-a-id=", 7, 8, Verification.CONTRADICTED)
                .newRevision())
        .isFalse();
    assertThat(merge.alert().withVerification("log-a-id=", 7, 8, Verification.VERIFIED).alert())
        .isEqualTo(merge.alert());
    assertThat(merge.alert().mergedWith(KNOWN).alert()).isEqualTo(merge.alert());
  }

  @Test
  void mergedWith_earlierSeen_isFirstSeenThen() {
    Alert earlier =
        new Alert(
            KNOWN.id(),
            1,
            KNOWN.type(),
            KNOWN.severity(),
            "another title",
            KNOWN.firstSeen().minusSeconds(5),
            false,
            null,
            null,
            KNOWN.rules(),
            List.of("b.example.com", "a.example.com", "b.example.com"),
            List.of(),
            List.of(),
            Map.of("why", "new"),
            new Links(null, "https://log-b.example/9"));

    Alert.Merge merge = KNOWN.mergedWith(earlier);

    assertSilent(merge);
    assertThat(merge.alert().firstSeen()).isEqualTo(earlier.firstSeen());
    assertThat(merge.alert().title()).isEqualTo(KNOWN.title());
    assertThat(merge.alert().certificate()).isEqualTo(KNOWN.certificate());
    assertThat(merge.alert().verdicts()).isEqualTo(KNOWN.verdicts());
    assertThat(merge.alert().matchedNames()).containsExactly("a.example.com", "b.example.com");
    assertThat(merge.alert().detail()).containsEntry("why", "new");
    assertThat(merge.alert().links())
        .isEqualTo(new Links(KNOWN.links().crtsh(), "https://log-b.example/9"));
    assertThat(earlier.mergedWith(KNOWN).alert().certificate()).isEqualTo(KNOWN.certificate());
  }

  @Test
  void mergedWith_signatureChecked_isShownSilently() {
    Alert checked = KNOWN;
    IssuerInfo issuer = Alerts.issuer(Alerts.TRUSTCOR);
    Alert unchecked =
        sighting(
            KNOWN.severity(),
            KNOWN.type(),
            new IssuerInfo(
                issuer.spkiSha256(),
                "aki",
                "low",
                null,
                null,
                issuer.name(),
                "unchecked",
                List.of()),
            KNOWN.rules(),
            KNOWN.verdicts());
    assertSilent(unchecked.mergedWith(checked));
    assertThat(unchecked.mergedWith(checked).alert().issuer()).isEqualTo(issuer);
    assertThat(checked.mergedWith(unchecked).alert().issuer()).isEqualTo(issuer);
  }

  @Test
  void withVerification_otherEntriesOrLog_changesNothing() {
    assertThat(KNOWN.withVerification("log-a-id=", 8, 9, Verification.CONTRADICTED).alert())
        .isEqualTo(KNOWN);
    assertThat(KNOWN.withVerification("log-a-id=", 0, 7, Verification.CONTRADICTED).alert())
        .isEqualTo(KNOWN);
    assertThat(KNOWN.withVerification("log-b-id=", 0, 9, Verification.CONTRADICTED).alert())
        .isEqualTo(KNOWN);
  }
}

package dev.rootwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for sightings of one certificate in whatever order, and however often, they come. */
class AlertMergePropertiesTest {

  @Property(tries = 300)
  void merging_theSameTwice_isMergingItOnce(
      @ForAll("sightings") List<Alert> sightings, @ForAll("sighting") Alert last) {
    Alert merged = inOrder(sightings).mergedWith(last).alert();
    Alert.Merge again = merged.mergedWith(last);
    assertThat(again.newRevision()).isFalse();
    assertThat(again.alert()).isEqualTo(merged);
  }

  @Property(tries = 300)
  void merging_allOfThemAgain_isNeverNews(@ForAll("sightings") List<Alert> sightings) {
    Alert merged = inOrder(sightings);
    Alert again = merged;
    for (Alert sighting : sightings) {
      again = again.mergedWith(sighting).alert();
    }
    assertThat(again.revision()).isEqualTo(merged.revision());
  }

  @Property(tries = 300)
  void merging_inAnyOrder_findsTheSame(@ForAll("sightings") List<Alert> sightings) {
    Alert one = inOrder(sightings);
    Alert other = inOrder(sightings.reversed());
    assertThat(other.severity()).isEqualTo(one.severity());
    assertThat(other.rules()).isEqualTo(one.rules());
    assertThat(other.sightings()).isEqualTo(one.sightings());
    assertThat(other.matchedNames()).isEqualTo(one.matchedNames());
    assertThat(other.firstSeen()).isEqualTo(one.firstSeen());
    assertThat(keys(other)).isEqualTo(keys(one));
  }

  @Property(tries = 300)
  void merging_each_raisesTheRevisionByOneOrNotAtAll(@ForAll("sightings") List<Alert> sightings) {
    Alert alert = sightings.getFirst();
    for (Alert sighting : sightings) {
      Alert.Merge merge = alert.mergedWith(sighting);
      assertThat(merge.alert().revision())
          .isEqualTo(alert.revision() + (merge.newRevision() ? 1 : 0));
      assertThat(merge.alert().severity()).isGreaterThanOrEqualTo(alert.severity());
      assertThat(merge.alert().rules()).containsAll(alert.rules());
      assertThat(AlertJson.read(AlertJson.write(merge.alert()))).isEqualTo(merge.alert());
      alert = merge.alert();
    }
    // Severity, type, rules, issuers, verdicts and contradictions are few: no endless revisions.
    assertThat(alert.revision()).isLessThanOrEqualTo(1 + sightings.size());
  }

  private static Alert inOrder(List<Alert> sightings) {
    Alert alert = sightings.getFirst();
    for (Alert sighting : sightings.subList(1, sightings.size())) {
      alert = alert.mergedWith(sighting).alert();
    }
    return alert;
  }

  private static Set<Object> keys(Alert alert) {
    Set<Object> keys = new HashSet<>();
    if (alert.issuer() != null) {
      keys.add(alert.issuer().spkiSha256());
    }
    if (alert.detail().get(Detail.OTHER_ISSUERS) instanceof List<?> others) {
      for (Object other : others) {
        keys.add(String.valueOf(((Map<?, ?>) other).get("spkiSha256")));
      }
    }
    return keys;
  }

  @Provide
  Arbitrary<List<Alert>> sightings() {
    return sighting().list().ofMinSize(1).ofMaxSize(8);
  }

  private static AlertType ofIssuer(int key, AlertType type) {
    return type == AlertType.DISTRUSTED_ISSUER && key != 0 ? AlertType.WATCHED_AUTHORITY : type;
  }

  /**
   * Type and verdicts belong to the issuer's key here, as they do with a catalog that does not
   * change.
   */
  @Provide
  Arbitrary<Alert> sighting() {
    Arbitrary<Integer> key = Arbitraries.integers().between(0, 2);
    Arbitrary<AlertType> type =
        Arbitraries.of(AlertType.CROSS_SIGN, AlertType.DISTRUSTED_ISSUER, AlertType.WATCHED_DOMAIN);
    Arbitrary<Severity> severity = Arbitraries.of(Severity.class);
    Arbitrary<Set<String>> rules = Arbitraries.of("a", "b", "c").set().ofMaxSize(3);
    Arbitrary<Sighting> place =
        Combinators.combine(
                Arbitraries.of("log-a", "log-b"),
                Arbitraries.longs().between(0, 5),
                Arbitraries.of(Sighting.Verification.class))
            .as((log, index, found) -> Alerts.sighting(log, index).with(found));
    return Combinators.combine(key, type, severity, rules, place)
        .as((k, t, s, r, p) ->
            Alerts.with(
                Alerts.distrusted(),
                s,
                ofIssuer(k, t),
                Alerts.issuer("%064x".formatted(k)),
                List.copyOf(r),
                List.of(Alerts.verdict("mozilla", k == 0 ? "distrusted" : "not-included")),
                List.of(p)));
  }
}

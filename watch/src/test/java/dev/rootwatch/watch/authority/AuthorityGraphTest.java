package dev.rootwatch.watch.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.TestCa;
import dev.rootwatch.watch.authority.AuthorityGraph.Limits;
import dev.rootwatch.watch.authority.AuthorityGraph.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AuthorityGraphTest {
  private static final TestCa WATCHED = root("CN=Watched");
  private static final TestCa KNOWN = root("CN=Known");
  private static final TestCa BELOW = subordinate(WATCHED, "CN=Below");
  private static final TestCa DEEP = subordinate(BELOW, "CN=Deep");
  private static final AuthorityIndex INDEX = index();

  private static TestCa root(String name) {
    try {
      return TestCa.root(name);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static TestCa subordinate(TestCa authority, String name) {
    try {
      return authority.subordinate(name);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static AuthorityIndex index() {
    AuthorityIndex.Builder builder = new AuthorityIndex.Builder();
    builder.add(WATCHED.spkiSha256(), "Watched", WATCHED.spki());
    builder.add(KNOWN.spkiSha256(), "Known", KNOWN.spki());
    return builder.build();
  }

  private static AuthorityGraph graph(Limits limits) {
    return new AuthorityGraph(INDEX, key -> false, number -> number == 0, limits);
  }

  private static AuthorityGraph graph() {
    return graph(Limits.STANDARD);
  }

  private static CaCertificate ca(byte[] der) {
    return CaCertificate.of(der).orElseThrow();
  }

  private static CaCertificate ca(TestCa authority) {
    return ca(authority.certificate());
  }

  @Test
  void learn_belowAWatchedKey_isFoundByKeyNameAndIdentifier() {
    AuthorityGraph graph = graph();

    assertThat(graph.learn(ca(BELOW), WATCHED.spkiSha256())).isEqualTo(Outcome.LEARNED);

    int place = graph.find(BELOW.spkiSha256());
    assertThat(graph.isWatched(place)).isTrue();
    byte[] name = ca(BELOW).subjectDer();
    assertThat(graph.isWatchedName(name, 0, name.length)).isTrue();
    byte[] id = Objects.requireNonNull(ca(BELOW).ski());
    assertThat(graph.isWatchedKeyId(id, 0, id.length)).isTrue();
    assertThat(graph.byKeyId(id, 0, id.length)).containsExactly(place);
    assertThat(graph.authority(place).edges())
        .extracting(AuthorityGraph.Edge::notAfter)
        .containsExactly(ca(BELOW).notAfter());
    assertThat(graph.paths(place))
        .containsExactly(List.of(BELOW.spkiSha256(), WATCHED.spkiSha256()));
  }

  @Test
  void learn_belowNobodyKnown_isNotKept() {
    AuthorityGraph graph = graph();
    assertThat(graph.learn(ca(DEEP), BELOW.spkiSha256())).isEqualTo(Outcome.APART);
    assertThat(graph.find(DEEP.spkiSha256())).isEqualTo(KeyTable.ABSENT);
    assertThat(graph.unsaved().isEmpty()).isTrue();
  }

  @Test
  void learn_whatStandsForItself_isNotASubordinate() throws Exception {
    TestCa other = TestCa.root("CN=Included elsewhere");
    AuthorityGraph graph =
        new AuthorityGraph(
            INDEX, other.spkiSha256()::equals, number -> number == 0, Limits.STANDARD);
    assertThat(graph.learn(ca(WATCHED.crossSign(other)), WATCHED.spkiSha256()))
        .isEqualTo(Outcome.STANDS_FOR_ITSELF);
    assertThat(graph.learn(ca(WATCHED.crossSign(KNOWN)), WATCHED.spkiSha256()))
        .isEqualTo(Outcome.STANDS_FOR_ITSELF);
    assertThat(graph.learn(ca(WATCHED), WATCHED.spkiSha256())).isEqualTo(Outcome.STANDS_FOR_ITSELF);
  }

  @Test
  void learn_aSecondPath_makesAllBelowWatchedAndKeepsBoth() throws Exception {
    AuthorityGraph graph = graph();
    TestCa ordinary = KNOWN.subordinate("CN=Ordinary");
    TestCa lower = ordinary.subordinate("CN=Lower");
    graph.learn(ca(ordinary), KNOWN.spkiSha256());
    graph.learn(ca(lower), ordinary.spkiSha256());
    int place = graph.find(lower.spkiSha256());
    assertThat(graph.isWatched(place)).isFalse();
    assertThat(graph.unsaved().watched()).isEmpty();

    graph.learn(ca(WATCHED.crossSign(ordinary)), WATCHED.spkiSha256());

    assertThat(graph.isWatched(place)).isTrue();
    assertThat(graph.since(place)).isEqualTo(graph.version());
    assertThat(graph.unsaved().watched())
        .containsExactlyInAnyOrder(ordinary.spkiSha256(), lower.spkiSha256());
    assertThat(graph.paths(place))
        .containsExactly(
            List.of(lower.spkiSha256(), ordinary.spkiSha256(), WATCHED.spkiSha256()),
            List.of(lower.spkiSha256(), ordinary.spkiSha256(), KNOWN.spkiSha256()));
  }

  @Test
  void learn_aCircle_endsAllThePaths() throws Exception {
    AuthorityGraph graph = graph();
    graph.learn(ca(BELOW), WATCHED.spkiSha256());
    graph.learn(ca(DEEP), BELOW.spkiSha256());
    assertThat(graph.learn(ca(DEEP.crossSign(BELOW)), DEEP.spkiSha256()))
        .isEqualTo(Outcome.LEARNED);
    assertThat(graph.paths(graph.find(DEEP.spkiSha256()))).hasSize(1);
  }

  @Test
  void learn_beyondALimit_isCountedAndToldWithTheParent() throws Exception {
    AuthorityGraph graph = graph(new Limits(100, 2, 16, 8_192));
    graph.learn(ca(BELOW), WATCHED.spkiSha256());
    graph.learn(ca(WATCHED.subordinate("CN=Second")), WATCHED.spkiSha256());
    assertThat(graph.refused()).isEmpty();

    CaCertificate third = ca(WATCHED.subordinate("CN=Third"));
    assertThat(graph.learn(third, WATCHED.spkiSha256())).isEqualTo(Outcome.FULL);

    assertThat(graph.refused().orElseThrow().count()).isEqualTo(1);
    assertThat(graph.refused().orElseThrow().parents()).containsExactly(WATCHED.spkiSha256());
    assertThat(graph.size()).isEqualTo(2);
    // Another parent has room.
    assertThat(graph.learn(ca(DEEP), BELOW.spkiSha256())).isEqualTo(Outcome.LEARNED);
  }

  @Test
  void unsaved_untilACommitStoredIt_isToldAgain() {
    AuthorityGraph graph = graph();
    graph.learn(ca(BELOW), WATCHED.spkiSha256());
    AuthorityGraph.Unsaved first = graph.unsaved();
    graph.learn(ca(DEEP), BELOW.spkiSha256());
    assertThat(graph.unsaved().edges()).hasSize(2);

    graph.saved(first);

    assertThat(graph.unsaved().edges())
        .extracting(LearnedAuthority::key)
        .containsExactly(DEEP.spkiSha256());
    assertThat(graph.unsaved().watched()).containsExactly(DEEP.spkiSha256());
  }

  @Test
  void load_whatWasStored_isTheSameGraphWithNothingToStore() {
    AuthorityGraph before = graph();
    before.learn(ca(BELOW), WATCHED.spkiSha256());
    before.learn(ca(DEEP), BELOW.spkiSha256());

    AuthorityGraph graph = graph();
    graph.load(before.unsaved().edges());

    assertThat(graph.watchedKeys()).containsExactly(BELOW.spkiSha256(), DEEP.spkiSha256());
    assertThat(graph.unsaved().isEmpty()).isTrue();
  }

  @Property(tries = 50)
  void growingTables_findWhatWasAdded(@ForAll @IntRange(min = 1, max = 1_200) int count) {
    GrowingKeyTable keys = new GrowingKeyTable();
    GrowingSliceTable names = new GrowingSliceTable();
    for (int i = 0; i < count; i++) {
      assertThat(keys.add(hash(i))).isEqualTo(i);
      names.add(("n" + i % 700).getBytes(StandardCharsets.US_ASCII), i);
    }
    assertThat(keys.size()).isEqualTo(count);
    for (int i = 0; i < count; i++) {
      assertThat(keys.find(hash(i))).isEqualTo(i);
      byte[] name = ("n" + i % 700).getBytes(StandardCharsets.US_ASCII);
      assertThat(names.find(name, 0, name.length, 16)).contains(i);
    }
    assertThat(keys.find(hash(count))).isEqualTo(KeyTable.ABSENT);
  }

  @Property(tries = 100)
  void paths_ofAnyGraph_endAtTheIndexAndRepeatNoKey(
      @ForAll @Size(max = 40) List<@IntRange(max = 63) Integer> pairs) {
    AuthorityGraph graph = graph();
    List<CaCertificate> made = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      int child = pairs.get(i) / 8;
      int parent = pairs.get(i) % 8;
      CaCertificate certificate = made("key " + child, "certificate " + i);
      Hash issuer = parent == 0 ? WATCHED.spkiSha256() : hash("key " + parent);
      graph.learn(certificate, issuer);
      made.add(certificate);
    }
    for (CaCertificate certificate : made) {
      int place = graph.find(certificate.spkiSha256());
      if (place != KeyTable.ABSENT) {
        assertThat(graph.isWatched(place)).isTrue();
        assertThat(graph.paths(place)).isNotEmpty();
        for (List<Hash> path : graph.paths(place)) {
          Set<Hash> once = new HashSet<>(path);
          assertThat(once).hasSameSizeAs(path);
          assertThat(path.getLast()).isEqualTo(WATCHED.spkiSha256());
        }
      }
    }
  }

  /** The graph looks at no byte of a certificate: whoever adds it has read and verified it. */
  private static CaCertificate made(String key, String content) {
    CaCertificate real = ca(BELOW);
    return new CaCertificate(
        real.der(),
        hash(content),
        real.spki(),
        hash(key),
        real.subjectDer(),
        real.subject(),
        real.ski(),
        real.notBefore(),
        real.notAfter(),
        true);
  }

  private static Hash hash(Object of) {
    return Hash.sha256(of.toString().getBytes(StandardCharsets.UTF_8));
  }
}

package dev.rootwatch.daemon.store;

import static dev.rootwatch.daemon.store.Samples.NOW;
import static dev.rootwatch.daemon.store.Samples.leaves;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.daemon.store.CoverageVerifier.Failure;
import dev.rootwatch.daemon.store.CoverageVerifier.Report;
import dev.rootwatch.daemon.store.CoveredLog.MalformedLeaf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class CoverageVerifierTest {
  /**
   * Values that no log signs and that nothing else in the file follows from: the digest alone
   * covers them.
   */
  private static final Pattern OUR_WORD_ALONE =
      Pattern.compile(
          "/createdAt|/digest|/logs/\\d+/(name|url|findings)"
              + "|/logs/\\d+/gaps/\\d+/reason|/logs/\\d+/malformed/\\d+/(index|leafSha256)"
              // the raw bytes of a checkpoint carry lines of others than the log
              + "|/logs/1/(head|heads/\\d+)/raw");

  private static final Pattern LOG = Pattern.compile("/logs/\\d+/");

  private final TestSigner one = new TestSigner("one", LogProtocol.RFC6962);
  private final TestSigner two = new TestSigner("two", LogProtocol.STATIC);

  /** Two logs read to their heads: every field that a complete file can have is used. */
  private ObjectNode complete() {
    Segment first = segment(0, 13, 21, LeftProof.of(leaves(0, 13), leaves(13, 21)));
    Segment second = segment(13, 21, 21, List.of());
    Segment fromHead = segment(7, 16, 16, List.of());
    return CoverageFile.of(
        List.of(
            new CoveredLog(
                one.log(),
                one.head(21),
                List.of(one.head(13)),
                new EntryRange(0, 21),
                new Coverage(List.of(first, second)),
                "not read yet",
                List.of(leaf(3), leaf(15)),
                2),
            new CoveredLog(
                two.log(),
                two.head(16),
                List.of(two.head(7)),
                new EntryRange(7, 16),
                new Coverage(List.of(fromHead)),
                "not read yet",
                List.of(leaf(8)),
                0)),
        NOW);
  }

  /** Gaps, a pending segment and a contradicted one. */
  private ObjectNode incomplete() {
    Coverage coverage =
        Coverage.NONE
            .opened(Segment.anchoredAt(CompactRange.EMPTY, 0))
            .extended(leaves(0, 5))
            .verified(5, one.head(5), List.of())
            .extended(leaves(5, 8))
            .opened(Segment.anchoredAt(leaves(0, 11), 11))
            .extended(leaves(11, 13))
            .contradicted(13, one.head(13))
            .opened(segment(15, 17, 21, LeftProof.of(leaves(0, 17), leaves(17, 21))));
    return CoverageFile.of(
        List.of(
            new CoveredLog(
                one.log(),
                one.head(21),
                List.of(one.head(5), one.head(11), one.head(13, Samples.hash("fork"))),
                new EntryRange(0, 21),
                coverage,
                "not read yet",
                List.of(leaf(3)),
                1)),
        NOW);
  }

  private static Segment segment(
      long from, long to, long headSize, List<dev.rootwatch.ct.Hash> rightProof) {
    return new Segment(
        Segment.State.VERIFIED,
        leaves(0, from),
        leaves(from, to),
        leaves(0, to),
        headSize,
        rightProof);
  }

  private static MalformedLeaf leaf(long index) {
    return new MalformedLeaf(index, Samples.leaf(index));
  }

  private static Report verify(JsonNode file) {
    return CoverageVerifier.verify(file.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void verify_completeFile_holds() {
    Report report = verify(complete());
    assertThat(report.failures()).isEmpty();
    assertThat(report).isEqualTo(new Report(List.of(), true, 2, 30));
  }

  @Test
  void verify_incompleteFile_holdsAndSaysSo() {
    Report report = verify(incomplete());
    assertThat(report.failures()).isEmpty();
    assertThat(report).isEqualTo(new Report(List.of(), false, 1, 12));
  }

  @Test
  void verify_onlyContractFields_holds() {
    ObjectNode file = complete();
    file.remove("digest");
    for (JsonNode log : file.get("logs")) {
      for (JsonNode segment : log.get("segments")) {
        ((ObjectNode) segment).remove("leaves");
      }
    }
    assertThat(verify(file).failures()).isEmpty();
  }

  @Test
  void verify_fieldsOfLaterVersionAndWhiteSpace_holds() {
    ObjectNode file = complete();
    file.put("later", 1);
    ((ObjectNode) file.at("/logs/0/segments/0")).put("later", "x");
    file.put("digest", CoverageFile.digest(file));
    assertThat(
            CoverageVerifier.verify(file.toPrettyString().getBytes(StandardCharsets.UTF_8))
                .failures())
        .isEmpty();
  }

  @Test
  void verify_anyValueChanged_isFoundAndItsPlaceNamed() {
    for (ObjectNode file : List.of(complete(), incomplete())) {
      List<String> leaves = new ArrayList<>();
      collect(file, "", leaves);
      assertThat(leaves).hasSizeGreaterThan(60);
      for (String place : leaves) {
        for (JsonNode changed : changes(file.at(place))) {
          ObjectNode mutant = file.deepCopy();
          set(mutant, place, changed);
          Report report = verify(mutant);
          assertThat(report.failures()).as("%s = %s", place, changed).isNotEmpty();
          assertThat(report.failures())
              .as("%s = %s", place, changed)
              .anyMatch(failure -> names(failure, place));
        }
      }
    }
  }

  @Test
  void verify_anyValueTaken_isFound() {
    for (ObjectNode file : List.of(complete(), incomplete())) {
      List<String> leaves = new ArrayList<>();
      collect(file, "", leaves);
      leaves.remove("/digest");
      for (String place : leaves) {
        ObjectNode mutant = file.deepCopy();
        JsonNode parent = mutant.at(place.substring(0, place.lastIndexOf('/')));
        String name = place.substring(place.lastIndexOf('/') + 1);
        if (parent instanceof ArrayNode array) {
          array.remove(Integer.parseInt(name));
        } else {
          ((ObjectNode) parent).remove(name);
        }
        assertThat(verify(mutant).failures()).as(place).isNotEmpty();
      }
    }
  }

  /**
   * A failure names a change when it stands in the same log, and, where proofs tell, not only in
   * the digest.
   */
  private static boolean names(Failure failure, String place) {
    if (OUR_WORD_ALONE.matcher(place).matches() || isOurWord(place)) {
      return true;
    }
    if (failure.place().equals("/digest")) {
      return false;
    }
    Matcher log = LOG.matcher(place);
    return log.lookingAt()
        ? (failure.place() + "/").startsWith(log.group())
        : failure.place().equals(place) || failure.place().equals("/");
  }

  /**
   * The edges of pending and contradicted segments of the incomplete file, and heads nobody stands
   * on.
   */
  private static boolean isOurWord(String place) {
    return place.matches(
        "/logs/0/segments/[12]/(left|right|leaves)/\\d+|/logs/0/segments/[12]/state");
  }

  private static List<JsonNode> changes(JsonNode value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (value.isIntegralNumber()) {
      return List.of(
          json.numberNode(value.longValue() + 1),
          json.numberNode(value.longValue() - 1),
          json.stringNode(value.toString()));
    }
    if (value.isBoolean()) {
      return List.of(json.booleanNode(!value.booleanValue()));
    }
    String text = value.stringValue();
    int middle = text.length() / 2;
    char other = text.charAt(middle) == '0' ? '1' : '0';
    return List.of(
        json.stringNode(text.substring(0, middle) + other + text.substring(middle + 1)),
        json.stringNode(text.substring(0, text.length() - 1)),
        json.stringNode(text + "0"),
        json.numberNode(7));
  }

  private static void collect(JsonNode node, String place, List<String> leaves) {
    if (node.isObject()) {
      node.properties().forEach(e -> collect(e.getValue(), place + "/" + e.getKey(), leaves));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), place + "/" + i, leaves);
      }
    } else if (!node.isNull()) {
      leaves.add(place);
    }
  }

  private static void set(ObjectNode file, String place, JsonNode value) {
    JsonNode parent = file.at(place.substring(0, place.lastIndexOf('/')));
    String name = place.substring(place.lastIndexOf('/') + 1);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(name), value);
    } else {
      ((ObjectNode) parent).set(name, value);
    }
  }

  @Test
  void verify_notCoverageFile_saysSo() {
    for (String nonsense :
        List.of(
            "", "{", "[]", "7", "null", "{}", "{\"schema\":\"x\"}", "{} {}", "{\"a\":1,\"a\":2}")) {
      assertThat(CoverageVerifier.verify(nonsense.getBytes(StandardCharsets.UTF_8)).holds())
          .as(nonsense)
          .isFalse();
    }
  }

  @Test
  void of_store_writesWhatTheVerifierAccepts(@TempDir Path directory) {
    try (Store store = SqliteStore.open(directory.resolve("x.db"), () -> NOW, alert -> List.of())) {
      store.putLogs(List.of(one.log(), two.log()), NOW);
      SignedTreeHead start = one.head(7);
      SignedTreeHead head = one.head(16);
      Coverage coverage =
          Coverage.NONE.opened(Segment.anchoredAt(leaves(0, 7), 7)).extended(leaves(7, 16));
      store.commit(
          new StepBuilder(one.log().id())
              .coverage(coverage.verified(16, head, List.of()))
              .heads(start, head)
              .malformed(9)
              .alerts(Samples.alert("x", one.log(), 8))
              .build());
      List<CoveredLog> logs =
          store.logs().stream().map(known -> CoveredLog.of(store, known)).toList();
      ObjectNode file = CoverageFile.of(logs, NOW);
      Report report = verify(file);
      assertThat(report.failures()).isEmpty();
      assertThat(report.complete()).as("the second log has no head").isFalse();
      Report first = verify(CoverageFile.of(logs.subList(0, 1), NOW));
      assertThat(first).isEqualTo(new Report(List.of(), true, 1, 9));
      assertThat(file.at("/logs/0/findings").longValue()).isEqualTo(1);
      assertThat(file.at("/logs/0/malformed/0/index").longValue()).isEqualTo(9);
    }
  }
}

package dev.rootwatch.testlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ScenarioTest {
  private static final ServeOptions OPTIONS = ServeOptions.of(0, 11).withSize(1500).withPlant(60);

  @TempDir static Path folder;

  /** For the tests that only look. */
  private static Scenario scenario;

  private final HeldClock clock = new HeldClock();

  @BeforeAll
  static void begin() {
    scenario =
        Scenario.still(OPTIONS.withManifest(folder.resolve("manifest.jsonl")), new HeldClock());
  }

  @AfterAll
  static void end() {
    scenario.close();
  }

  @Test
  void still_findingsPlanted_areInTheLogsWhereTheManifestSays() throws Exception {
    List<String> lines = Files.readAllLines(folder.resolve("manifest.jsonl"));

    assertThat(distinctFindings(scenario)).hasSize(60);
    assertThat(lines).hasSameSizeAs(scenario.planted());
    assertThat(scenario.planted().stream().map(Planted::kind))
        .contains(
            "family-precert",
            "family-certificate",
            "trustcor-subordinate",
            "domain-precert",
            "domain-certificate");
    for (String line : lines) {
      JsonNode planted = new ObjectMapper().readTree(line);
      Submission entry =
          log(scenario, planted.get("log").asString()).entry(planted.get("index").asLong());
      assertThat(planted.get("schema").asString()).isEqualTo("rootwatch.planted/v1");
      assertThat(planted.get("certSha256").asString()).isEqualTo(entry.certSha256().toString());
      assertThat(planted.get("tbsSha256").asString()).isEqualTo(entry.tbsSha256().toString());
      assertThat(planted.get("rule").asString())
          .isEqualTo(planted.get("kind").asString().startsWith("domain") ? "ours" : "distrusted");
    }
  }

  @Test
  void still_finalCertificates_shareTheTbsOfTheirPrecertificates() {
    try (Scenario scenario = Scenario.still(OPTIONS.withPlant(200), clock)) {
      Set<Hash> precertificates =
          scenario.planted().stream()
              .filter(planted -> planted.kind().startsWith("family-precert"))
              .map(Planted::tbsSha256)
              .collect(Collectors.toSet());
      List<Planted> finals =
          scenario.planted().stream()
              .filter(planted -> planted.kind().equals("family-certificate"))
              .filter(planted -> precertificates.contains(planted.tbsSha256()))
              .toList();

      assertThat(finals).hasSizeGreaterThan(5);
      assertThat(scenario.planted()).hasSizeGreaterThan(distinctFindings(scenario).size());
      assertThat(distinctFindings(scenario)).hasSize(200);
    }
  }

  @Test
  void still_sameSeed_sameRootsAndManifest() {
    List<Hash> roots = scenario.server().logs().stream().map(log -> log.head().root()).toList();
    List<Planted> planted = scenario.planted();
    clock.pass(Duration.ofDays(1));
    try (Scenario second = Scenario.still(OPTIONS, clock);
        Scenario other = Scenario.still(OPTIONS.withSeed(12), clock)) {
      assertThat(second.planted()).isEqualTo(planted);
      assertThat(second.server().logs().stream().map(log -> log.head().root()).toList())
          .isEqualTo(roots);
      assertThat(other.planted()).isNotEqualTo(planted);
    }
  }

  @Test
  void grow_timePassed_addsWhatIsDueAndPlantsAtTheSameDensity() {
    try (Scenario scenario = Scenario.still(OPTIONS.withRate(50), clock)) {
      clock.pass(Duration.ofSeconds(30));
      scenario.grow();

      for (TestLog log : scenario.server().logs()) {
        assertThat(log.head().size()).isEqualTo(log.appended()).isBetween(2950L, 3080L);
        assertThat(log.head().timestamp()).isEqualTo(clock.millis());
        assertThat(log.timestamp(log.head().size() - 1)).isEqualTo(clock.millis());
      }
      assertThat(distinctFindings(scenario).size()).isBetween(90, 150);
    }
  }

  @Test
  void stopGrowing_timePassed_headsStayFreshAndNothingIsAdded() {
    try (Scenario demo = Scenario.still(ServeOptions.demo(3), clock)) {
      clock.pass(Duration.ofSeconds(20));
      demo.grow();
      demo.stopGrowing();
      List<Planted> planted = demo.planted();
      List<PublishedHead> heads = demo.server().logs().stream().map(TestLog::head).toList();
      clock.pass(Duration.ofSeconds(20));
      demo.grow();

      assertThat(demo.planted()).isEqualTo(planted).hasSizeGreaterThan(20);
      for (int i = 0; i < heads.size(); i++) {
        PublishedHead now = demo.server().logs().get(i).head();
        assertThat(now.size()).isEqualTo(heads.get(i).size()).isGreaterThan(300);
        assertThat(now.timestamp()).isEqualTo(clock.millis());
      }
    }
  }

  @Test
  void grow_nothingDueForAWhile_signsFreshHeads() {
    try (Scenario scenario = Scenario.still(OPTIONS, clock)) {
      clock.pass(Duration.ofSeconds(11));
      scenario.grow();
      assertThat(scenario.server().logs().getFirst().head().timestamp()).isEqualTo(clock.millis());
    }
  }

  @Test
  void server_filesBesideTheLogs_haveOverlayAndConfiguration() {
    try (FetchedLog top = new FetchedLog(scenario.server().base())) {
      String overlay = new String(top.body("overlay.yaml"), StandardCharsets.UTF_8);
      String configuration = new String(top.body("rootwatch.yaml"), StandardCharsets.UTF_8);

      assertThat(overlay).contains("id: atlantis").containsOnlyOnce("families:");
      assertThat(overlay.split("BEGIN CERTIFICATE", -1)).hasSize(4);
      assertThat(configuration)
          .contains("protocol: static")
          .contains(scenario.server().logs().getFirst().key().base64())
          .contains("domain: example.com");
    }
  }

  @Test
  void start_moreFindingsThanEntries_refused() {
    assertThatThrownBy(() -> Scenario.still(OPTIONS.withSize(3), clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("raise --size");
  }

  @Test
  void misbehave_shortAnswersAndWrongSignature_doWhatTheySay() {
    ServeOptions options =
        OPTIONS.withFaults(Fault.parse(List.of("short-answers:3", "wrong-signature")));
    try (Scenario scenario = Scenario.still(options, clock)) {
      TestLog log = scenario.server().logs().getFirst();
      try (FetchedLog fetched = new FetchedLog(scenario.server().url(log))) {
        assertThat(fetched.json("ct/v1/get-entries?start=0&end=99").get("entries")).hasSize(3);
        String wrong = fetched.json("ct/v1/get-sth").get("tree_head_signature").asString();
        log.misbehave(List.of());
        String right = fetched.json("ct/v1/get-sth").get("tree_head_signature").asString();
        assertThat(wrong).isNotEqualTo(right);
      }
    }
  }

  @Test
  void misbehave_tooManyRequests_answersEveryThirdWithRetryAfter() {
    ServeOptions options = OPTIONS.withFaults(Fault.parse(List.of("http-429:7")));
    try (Scenario scenario = Scenario.still(options, clock);
        FetchedLog fetched =
            new FetchedLog(scenario.server().url(scenario.server().logs().getFirst()))) {
      Set<Integer> statuses = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        var response = fetched.get("ct/v1/get-sth");
        statuses.add(response.statusCode());
        if (response.statusCode() == 429) {
          assertThat(response.headers().firstValue("Retry-After")).contains("7");
        }
      }
      assertThat(statuses).containsExactlyInAnyOrder(200, 429);
    }
  }

  @Test
  void trustCor_subordinates_areThirteenRealOnesWithTheirChains() {
    List<Submission> subordinates = TrustCorCertificates.subordinates();

    assertThat(subordinates).hasSize(13);
    assertThat(subordinates).allMatch(submission -> submission.type() == LogEntry.X509);
    assertThat(subordinates)
        .allSatisfy(submission -> {
          byte[] issuer = submission.chain().certificates().getFirst();
          assertThat(Signatures.verifies(submission.signedCertificate(), issuer)).isTrue();
        });
  }

  @Test
  void mintedCa_leaves_verifyUnderItAndCommitToTheirTbs() {
    for (Planted planted : scenario.planted()) {
      Submission entry = log(scenario, planted.log().toString()).entry(planted.index());
      byte[] certificate =
          entry.precertificate() == null ? entry.signedCertificate() : entry.precertificate();
      byte[] issuer = entry.chain().certificates().getFirst();
      assertThat(Signatures.verifies(certificate, issuer)).isTrue();
      if (entry.type() == LogEntry.PRECERT) {
        // A delegate signs in its own name; the leaf commits to the name and key of the CA.
        boolean delegated = planted.kind().equals("family-precert-delegated");
        byte[] ca = entry.chain().certificates().get(delegated ? 1 : 0);
        assertThat(Arrays.equals(CanonicalForm.of(certificate), entry.signedCertificate()))
            .isEqualTo(!delegated);
        assertThat(entry.issuerKeyHash()).isEqualTo(Signatures.spkiSha256(ca));
      }
    }
  }

  @Test
  void mintedCa_sameRequest_sameTbsInEveryForm() {
    MintedCa ca = scenario.family().subordinates().getFirst();
    LeafRequest request =
        new LeafRequest(
            List.of("www.somebody.net"),
            Instant.parse("2026-03-01T00:00:00Z"),
            Instant.parse("2026-05-01T00:00:00Z"),
            "one");

    assertThat(ca.certificate(request).tbsSha256())
        .isEqualTo(ca.precertificate(request).tbsSha256())
        .isEqualTo(ca.delegatedPrecertificate(request).tbsSha256());
    assertThat(ca.certificate(request).certSha256())
        .isNotEqualTo(ca.precertificate(request).certSha256());
  }

  private static Set<Hash> distinctFindings(Scenario scenario) {
    return scenario.planted().stream().map(Planted::tbsSha256).collect(Collectors.toSet());
  }

  private static TestLog log(Scenario scenario, String id) {
    return scenario.server().logs().stream()
        .filter(log -> log.id().toString().equals(id))
        .findFirst()
        .orElseThrow();
  }
}

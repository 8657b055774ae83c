package dev.rootwatch.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.CertificateCheck.ReadError;
import dev.rootwatch.watch.CertificateCheck.Result;
import dev.rootwatch.watch.IssuerMatch.Confidence;
import dev.rootwatch.watch.IssuerMatch.MatchedBy;
import dev.rootwatch.watch.authority.IssuerSignature;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogCertificate;
import dev.rootwatch.watch.distrust.Inclusion;
import dev.rootwatch.watch.distrust.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateCheckTest {
  private static final Instant TODAY = Instant.parse("2026-11-24T00:00:00Z");
  private static final Catalog CATALOG = Catalog.bundled();
  private static final OwnerTable OWNERS = OwnerTable.bundled();
  private static final CertificateCheck CHECK =
      new CertificateCheck(
          new ExaminerSetup(
              CATALOG,
              RuleSet.ofCheck(CATALOG, OWNERS),
              OWNERS,
              Inclusion.unknown(),
              InstantSource.fixed(TODAY)));

  @Test
  void check_realSubordinateAlone_isJudgedByItsIssuerFromTheCatalog() {
    byte[] der = catalogCertificate("f0b6b759");
    for (byte[] file : List.of(der, ascii(TestCa.pem(der)))) {
      Result result = only(file);
      assertThat(result.status()).isEqualTo("ok");
      assertThat(result.rules()).containsExactly("catalog");
      assertThat(result.severity()).isEqualTo(Severity.CRITICAL);
      CertificateFacts certificate = Objects.requireNonNull(result.certificate());
      assertThat(certificate.kind()).isEqualTo(CertificateFacts.Kind.CERTIFICATE);
      assertThat(certificate.isCa()).isTrue();
      assertThat(certificate.sha256()).isEqualTo(Hash.sha256(der));
      assertThat(certificate.subject())
          .isEqualTo("CN=TrustCor DV SSL CA - G2,O=TrustCor Systems S. de R.L.,C=PA");
      IssuerMatch issuer = Objects.requireNonNull(result.issuer());
      assertThat(issuer.family()).isEqualTo("trustcor");
      assertThat(issuer.name()).isEqualTo("TrustCor RootCert CA-1");
      assertThat(issuer.matchedBy()).isEqualTo(MatchedBy.AKI);
      assertThat(issuer.confidence()).isEqualTo(Confidence.HIGH);
      assertThat(issuer.signature()).isEqualTo(IssuerSignature.Result.VALID);
      assertThat(result.verdicts())
          .filteredOn(v -> v.program().word().equals("mozilla"))
          .extracting(v -> v.result().word())
          .containsExactly("distrusted");
    }
  }

  @Test
  void check_bytesBehindTheCertificate_areToldAndLeftOut() {
    byte[] der = catalogCertificate("f0b6b759");
    Result result = only(Arrays.copyOf(der, der.length + 5));

    assertThat(result.status()).isEqualTo("ok");
    assertThat(result.damage()).isEqualTo(new ReadError(der.length, "bytes after the Certificate"));
    assertThat(result.certificate()).usingRecursiveComparison().isEqualTo(only(der).certificate());
    assertThat(only(der).damage()).isNull();
  }

  @Test
  void check_rootAlone_isJudgedByItself() {
    Result result = only(catalogCertificate("d40e9c86"));
    IssuerMatch issuer = Objects.requireNonNull(result.issuer());
    assertThat(issuer.spkiSha256().toString()).startsWith("ea87f462");
    assertThat(issuer.signature()).isEqualTo(IssuerSignature.Result.VALID);
    assertThat(result.severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void check_asOfBeforeEverything_isNotDistrusted() {
    Result result =
        CHECK
            .check(catalogCertificate("f0b6b759"), Instant.parse("2022-10-01T00:00:00Z"), null)
            .getFirst();
    assertThat(result.verdicts())
        .noneMatch(v -> v.result() == Verdict.Result.DISTRUSTED)
        .isNotEmpty();
  }

  @Test
  void check_chain_leafFirst() throws Exception {
    TestCa root = TestCa.root("CN=Some Root");
    TestCa issuing = root.subordinate("CN=Some Issuing");
    byte[] leaf = issuing.leaf("www.example.com").certificate();
    Result result = only(ascii("leaf:\n" + TestCa.pem(leaf) + "\n" + issuing.pem() + root.pem()));
    IssuerMatch issuer = Objects.requireNonNull(result.issuer());
    assertThat(issuer.spkiSha256()).isEqualTo(issuing.spkiSha256());
    assertThat(issuer.matchedBy()).isEqualTo(MatchedBy.KEY);
    assertThat(issuer.name()).isEqualTo("Some Issuing");
    assertThat(issuer.family()).isNull();
    assertThat(issuer.owner()).isNull();
    assertThat(result.rules()).isEmpty();
    assertThat(result.severity()).isNull();
    assertThat(result.verdicts()).hasSize(6);
  }

  @Test
  void check_strangerWithoutChain_hasNoIssuer() throws Exception {
    Result result = only(TestCa.root("CN=Some Root").leaf("example.com").certificate());
    assertThat(result.issuer()).isNull();
    assertThat(result.verdicts()).isEmpty();
    assertThat(result.severity()).isNull();
    assertThat(Objects.requireNonNull(result.certificate()).names())
        .containsExactly("example.com", "leaf");
  }

  @Test
  void check_leafThatClaimsTrustCor_saysInvalid() throws Exception {
    // The name of a subordinate whose key is at hand, and another key's signature.
    TestCa pretender = TestCa.root("CN=TrustCor DV SSL CA - G2,O=TrustCor Systems S. de R.L.,C=PA");
    Result result = only(pretender.leaf("example.com").withoutKeyId().certificate());
    IssuerMatch issuer = Objects.requireNonNull(result.issuer());
    assertThat(issuer.confidence()).isEqualTo(Confidence.LOW);
    assertThat(issuer.signature()).isEqualTo(IssuerSignature.Result.INVALID);
    assertThat(issuer.matchedBy()).isEqualTo(MatchedBy.DN);
    assertThat(result.rules()).containsExactly("catalog");
  }

  @Test
  void check_leafOfASubordinateWhoseKeyIsNotAtHand_saysUnchecked() throws Exception {
    TestCa pretender =
        TestCa.root(
            "CN=RootCert Internet Authority 2048,OU=TrustCor Network,"
                + "O=TrustCor Systems S. de R.L.,ST=Panama,C=PA");
    IssuerMatch issuer =
        Objects.requireNonNull(
            only(pretender.leaf("a.test").withoutKeyId().certificate()).issuer());
    assertThat(issuer.signature()).isEqualTo(IssuerSignature.Result.UNCHECKED);
    assertThat(issuer.confidence()).isEqualTo(Confidence.LOW);
  }

  @Test
  void check_testAndDevRoots_areNotTrustCor() throws Exception {
    List<byte[]> certificates = SharedData.certificates("roots/trustcor-test-and-dev");
    assertThat(certificates).hasSize(8);
    for (byte[] der : certificates) {
      Result result = only(der);
      assertThat(result.rules()).isEmpty();
      assertThat(result.issuer() == null ? null : result.issuer().family()).isNull();
    }
  }

  @Test
  void check_seen_countsAsTrustedTimeOfABareCertificate() throws Exception {
    TestCa pretender =
        TestCa.root(
            "CN=TrustCor RootCert CA-1,OU=TrustCor Certificate Authority,"
                + "O=TrustCor Systems S. de R.L.,L=Panama City,ST=Panama,C=PA");
    byte[] leaf =
        pretender.leaf("a.test").withoutKeyId().notBefore("2022-11-29T00:00:00Z").precertificate();
    Result late = CHECK.check(leaf, TODAY, Instant.parse("2023-01-15T00:00:00Z")).getFirst();
    assertThat(Objects.requireNonNull(late.backdating()).possible()).isTrue();
    assertThat(Objects.requireNonNull(late.backdating()).cutoff())
        .isEqualTo("2022-11-30T00:00:00Z");
    Result soon = CHECK.check(leaf, TODAY, Instant.parse("2022-11-29T00:10:00Z")).getFirst();
    assertThat(Objects.requireNonNull(soon.backdating()).possible()).isFalse();
    assertThat(CHECK.check(leaf, TODAY, null).getFirst().backdating()).isNull();
    assertThat(Objects.requireNonNull(late.certificate()).kind())
        .isEqualTo(CertificateFacts.Kind.PRECERTIFICATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "-----BEGIN CERTIFICATE-----\nnot base64!\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMIIB\n",
        "-----BEGIN CERTIFICATE-----\nMAMBAgM=\n-----END CERTIFICATE-----\n",
        "{}",
        "{\"entries\":[]}",
        "{\"entries\":[{\"leaf_input\":7}]}",
        "{\"entries\":[{\"leaf_input\":\"AAAA\",\"extra_data\":\"\"}]}",
        "{\"entries\":",
      })
  void check_malformed_isAResultThatSaysWhy(String file) {
    Result result = only(file.getBytes(StandardCharsets.UTF_8));
    assertThat(result.status()).isEqualTo("malformed");
    assertThat(Objects.requireNonNull(result.error()).message()).isNotBlank();
    assertThat(result.error().offset()).isNotNegative();
    assertThat(result.certificate()).isNull();
  }

  @Test
  void check_getEntriesBody_oneResultAnEntry() throws Exception {
    byte[] body =
        Files.readAllBytes(SharedData.require("ct/rfc6962/live-2026-05/argon2026h2-entries.json"));
    List<Result> results = CHECK.check(body, TODAY, null);
    assertThat(results).hasSize(20).allMatch(result -> result.status().equals("ok"));
    assertThat(results).extracting(Result::index).startsWith(0, 1, 2).endsWith(19);
    assertThat(results).allMatch(result -> result.rules().isEmpty());
    // Real issuers: each is known by name and owner, and its signature verifies.
    assertThat(results)
        .allSatisfy(result -> {
          IssuerMatch issuer = Objects.requireNonNull(result.issuer());
          assertThat(issuer.owner()).isNotNull();
          assertThat(issuer.signature()).isEqualTo(IssuerSignature.Result.VALID);
        });
  }

  @Test
  void check_realEntries_areReadTheirIssuersFoundAndOnlySymantecsMatch() throws Exception {
    for (String name :
        List.of(
            "ct/rfc6962/ct-go/get-entries-four-2013.json",
            "ct/rfc6962/ct-go/get-entries-precert-and-cert-2015.json",
            "ct/rfc6962/le-2018/get-entries.json",
            "ct/rfc6962/three-entries-2013/get-entries.json",
            "ct/rfc6962/live-2026-05/nimbus2026-entries.json")) {
      List<Result> results = CHECK.check(Files.readAllBytes(SharedData.require(name)), TODAY, null);
      assertThat(results).as(name).isNotEmpty().allMatch(r -> r.status().equals("ok"));
      assertThat(results)
          .as(name)
          .allMatch(
              r -> r.issuer() != null && r.issuer().signature() == IssuerSignature.Result.VALID);
      // GeoTrust, and Google Internet Authority of 2009 below Equifax Secure CA: both Symantec's.
      // What
      // is exempt of Google's is the key of Google Internet Authority G2.
      assertThat(results)
          .as(name)
          .filteredOn(result -> !result.rules().isEmpty())
          .allMatch(r -> r.issuer() != null && "symantec".equals(r.issuer().family()));
    }
  }

  @Property(tries = 2000)
  void check_damagedCertificate_neverThrows(
      @ForAll @IntRange(min = 0, max = 4000) int at, @ForAll byte value) {
    byte[] der = catalogCertificate("f0b6b759").clone();
    der[at % der.length] = value;
    List<Result> results = CHECK.check(der, TODAY, TODAY);
    assertThat(results).hasSize(1);
    Result result = results.getFirst();
    assertThat(result.error() == null).isEqualTo(result.certificate() != null);
  }

  @Property(tries = 1000)
  void embeddedScts_anyBytes_neverThrows(@ForAll byte[] bytes) {
    assertThat(EmbeddedScts.timestamps(bytes, 0, bytes.length)).isNotNull();
  }

  @FuzzTest
  void check_anyBytes_neverThrows(byte[] file) {
    assertThat(CHECK.check(file, TODAY, TODAY)).isNotNull();
  }

  private static Result only(byte[] file) {
    List<Result> results = CHECK.check(file, TODAY, null);
    assertThat(results).hasSize(1);
    return results.getFirst();
  }

  private static byte[] catalogCertificate(String prefix) {
    CatalogCertificate found =
        CATALOG.family("trustcor").orElseThrow().certificates().stream()
            .filter(certificate -> certificate.sha256().toString().startsWith(prefix))
            .findFirst()
            .orElseThrow();
    return Objects.requireNonNull(found.der());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

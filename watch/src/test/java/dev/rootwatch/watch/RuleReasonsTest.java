package dev.rootwatch.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.watch.CertificateCheck.Result;
import dev.rootwatch.watch.RuleSpec.Names;
import dev.rootwatch.watch.RuleSpec.Scope;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.Inclusion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is said of rules agrees with what they find. */
class RuleReasonsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

  private static TestCa acme;
  private static TestCa issuing;
  private static String chain;

  @BeforeAll
  static void mint() throws Exception {
    acme = TestCa.root("CN=Acme Root,O=Acme");
    issuing = acme.subordinate("CN=Acme Issuing,O=Acme");
    chain =
        pem(issuing.leaf("www.example.com", "other.test").certificate())
            + issuing.pem()
            + acme.pem();
  }

  private static String pem(byte[] der) {
    return "-----BEGIN CERTIFICATE-----\n"
        + java.util.Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }

  private static Result check(RuleSpec... specs) throws RuleException {
    RuleSet rules =
        RuleSet.parse(
            List.of(specs),
            Catalog.bundled(),
            OwnerTable.bundled(),
            name ->
                (name.equals("acme.pem") ? acme.pem() : chain).getBytes(StandardCharsets.US_ASCII));
    ExaminerSetup setup =
        new ExaminerSetup(
            Catalog.bundled(),
            rules,
            OwnerTable.bundled(),
            Inclusion.unknown(),
            InstantSource.fixed(NOW));
    Result result =
        new CertificateCheck(setup)
            .check(chain.getBytes(StandardCharsets.US_ASCII), NOW, null)
            .getFirst();
    assertThat(result.reasons().stream().filter(RuleReason::matches).map(RuleReason::rule))
        .as("those that match, in the order of the configuration")
        .containsExactlyElementsOf(result.rules());
    return result;
  }

  private static RuleReason only(RuleSpec spec) throws RuleException {
    return check(spec).reasons().getFirst();
  }

  private static RuleSpec ours() {
    return new RuleSpec("r", null, "example.com", List.of(), null);
  }

  @Test
  void authorityHolds_saysKeyAndWay() throws Exception {
    RuleReason reason = only(RuleSpec.ofAuthority("r", "pem:acme.pem"));
    assertThat(reason.matches()).isTrue();
    assertThat(reason.because())
        .singleElement()
        .asString()
        .contains(
            "leads to one that is meant: " + acme.spkiSha256() + " is one of pem:acme.pem (1 key)")
        .contains(", over " + issuing.spkiSha256() + " < " + acme.spkiSha256());
  }

  @Test
  void authorityFails_saysTheIssuersKey() throws Exception {
    RuleReason reason = only(RuleSpec.ofAuthority("r", "catalog:trustcor"));
    assertThat(reason.matches()).isFalse();
    assertThat(reason.because())
        .singleElement()
        .asString()
        .startsWith(
            "the issuer's key " + issuing.spkiSha256() + " is none of catalog:trustcor (27 keys)");
  }

  @Test
  void domain_heldOrFailedOrAllowed() throws Exception {
    assertThat(only(ours()).because()).containsExactly("falls under example.com: www.example.com");
    assertThat(only(new RuleSpec("r", null, "example.org", List.of(), null)).because())
        .containsExactly("none of its names falls under example.org");
    RuleReason allowed =
        only(new RuleSpec("r", null, "example.com", List.of("pem:acme.pem"), null));
    assertThat(allowed.matches()).isFalse();
    assertThat(allowed.because()).containsExactly("its issuer may issue for example.com (allow)");
  }

  @Test
  void scopeFails_saysWhat() throws Exception {
    RuleSpec rule = RuleSpec.ofAuthority("r", "pem:acme.pem");
    Scope except = new Scope(List.of("key:" + issuing.spkiSha256()), List.of(), List.of(), null);
    assertThat(only(rule.in(except)).because()).singleElement().asString().contains("(except)");
    Scope mail = new Scope(List.of(), List.of(), List.of("smime"), null);
    assertThat(only(rule.in(mail)).because())
        .containsExactly("it serves tls; the rule asks for smime");
    Scope chrome = new Scope(List.of(), List.of("chrome"), List.of(), "2026-01-01");
    assertThat(only(rule.in(chrome)).because())
        .anyMatch(
            text -> text.endsWith("chrome distrusts or restricts it, as of 2026-01-01T00:00:00Z"));
  }

  @Test
  void known_andNames_areSaid() throws Exception {
    assertThat(only(ours().knowing(List.of("file:leaf.pem"))).because())
        .containsExactly("the certificate is known to the operator");
    assertThat(only(RuleSpec.ofNames("r", new Names("O=Acme", List.of()))).because())
        .containsExactly("a CA's name matches [O=Acme]: issuer CN=Acme Issuing,O=Acme");
    assertThat(only(RuleSpec.ofNames("r", new Names("O=Other", List.of()))).because())
        .singleElement()
        .asString()
        .startsWith("no CA's name (under another key) matches [O=Other]");
  }

  @Test
  void manyRules_nearestFirst() throws Exception {
    List<RuleSpec> specs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      specs.add(new RuleSpec("far" + i, "catalog:trustcor", "example.org", List.of(), null));
    }
    specs.add(new RuleSpec("near", "catalog:trustcor", "example.com", List.of(), null));
    specs.add(ours());
    assertThat(check(specs.toArray(new RuleSpec[0])).reasons())
        .hasSize(6)
        .extracting(RuleReason::rule)
        .startsWith("r", "near", "far0");
  }
}

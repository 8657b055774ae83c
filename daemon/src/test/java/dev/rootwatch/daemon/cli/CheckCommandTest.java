package dev.rootwatch.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.testlog.AtlantisFamily;
import dev.rootwatch.testlog.LeafRequest;
import dev.rootwatch.testlog.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CheckCommandTest {
  private static final String SUBORDINATE =
      "intermediate-TrustCor-DV-SSL-CA-G2-RSA-2020-03-05-beb51c8f.pem";

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    try (InputStream pem =
        AtlantisFamily.class.getResourceAsStream(
            "/dev/rootwatch/testlog/trustcor/" + SUBORDINATE)) {
      Files.write(folder.resolve("sub.pem"), pem.readAllBytes());
    }
  }

  @Test
  void check_trustCorSubordinate_contractObject() {
    Ran ran = Ran.in(folder, "check", "--json", "sub.pem");

    assertThat(ran.code()).isZero();
    assertThat(ran.json()).hasSize(1);
    JsonNode object = ran.json().getFirst();
    assertThat(object.propertyNames())
        .containsExactly(
            "schema",
            "file",
            "index",
            "status",
            "error",
            "certificate",
            "issuer",
            "rules",
            "severity",
            "verdicts",
            "backdating");
    assertThat(object.path("schema").asString()).isEqualTo("rootwatch.check/v1");
    assertThat(object.path("file").asString()).isEqualTo("sub.pem");
    assertThat(object.path("status").asString()).isEqualTo("ok");
    assertThat(object.path("error").isNull()).isTrue();
    assertThat(object.path("certificate").path("isCa").asBoolean()).isTrue();
    assertThat(object.path("issuer").path("family").asString()).isEqualTo("trustcor");
    assertThat(object.path("issuer").path("signature").asString()).isEqualTo("valid");
    assertThat(object.path("rules").path(0).asString()).isEqualTo("catalog");
    assertThat(object.path("severity").asString()).isEqualTo("critical");
    assertThat(object.path("verdicts").size()).isEqualTo(6);
    JsonNode mozilla = object.path("verdicts").path(0);
    assertThat(mozilla.propertyNames())
        .containsExactly(
            "program",
            "purpose",
            "result",
            "kind",
            "effective",
            "basis",
            "boundary",
            "unit",
            "anchor",
            "asOf",
            "citation",
            "catalogVersion");
    assertThat(mozilla.path("asOf").asString()).isEqualTo("2026-11-24T08:00:00Z");
  }

  @Test
  void check_failOn_3OnlyAtOrAbove() {
    assertThat(Ran.in(folder, "check", "--fail-on", "critical", "sub.pem").code()).isEqualTo(3);
    assertThat(Ran.in(folder, "check", "--fail-on", "high", "sub.pem").code()).isEqualTo(3);
    assertThat(Ran.in(folder, "check", "sub.pem").code()).isZero();
    assertThat(Ran.in(folder, "check", "--fail-on", "worst", "sub.pem").code()).isEqualTo(2);
  }

  @Test
  void check_failOnThoughNobodyReads_3() {
    Ran ran =
        Ran.whereOutputFails(
            "Broken pipe", folder, "check", "--fail-on", "high", "sub.pem", "sub.pem");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void check_bytesBehindTheCertificate_saidBesideTheData() throws IOException {
    String base64 =
        Files.readString(folder.resolve("sub.pem"))
            .replaceAll("-----(BEGIN|END) CERTIFICATE-----|\\s", "");
    byte[] der = Base64.getDecoder().decode(base64);
    Files.write(folder.resolve("sub.der"), der);
    Files.write(folder.resolve("long.der"), Arrays.copyOf(der, der.length + 7));

    Ran exact = Ran.in(folder, "check", "--json", "sub.der");
    Ran longer = Ran.in(folder, "check", "--json", "long.der");

    assertThat(exact.err()).isEmpty();
    assertThat(longer.err())
        .isEqualTo(
            "rootwatch: long.der[0]: read, but not sound at byte "
                + der.length
                + ": bytes after the Certificate\n");
    assertThat(longer.json().getFirst().path("certificate"))
        .isEqualTo(exact.json().getFirst().path("certificate"));
  }

  @Test
  void check_unreadableFile_1ButTheOthersAreHandled() {
    Ran ran = Ran.in(folder, "check", "--json", "missing.pem", "sub.pem");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("missing.pem").contains("no such file");
    assertThat(ran.json()).hasSize(1);
  }

  @Test
  void check_malformed_statusAndExit0() {
    Ran ran = Ran.in(folder, "junk".getBytes(StandardCharsets.UTF_8), "check", "--json", "-");

    assertThat(ran.code()).isZero();
    JsonNode object = ran.json().getFirst();
    assertThat(object.path("file").asString()).isEqualTo("-");
    assertThat(object.path("status").asString()).isEqualTo("malformed");
    assertThat(object.path("certificate").isNull()).isTrue();
    assertThat(object.path("error").path("message").asString()).isNotEmpty();
  }

  @Test
  void check_at_earlierAnswer() {
    Ran ran = Ran.in(folder, "check", "--json", "--at", "2022-01-01T00:00:00Z", "sub.pem");

    JsonNode mozilla = ran.json().getFirst().path("verdicts").path(0);
    assertThat(mozilla.path("result").asString()).isNotEqualTo("distrusted");
    assertThat(mozilla.path("asOf").asString()).isEqualTo("2022-01-01T00:00:00Z");
  }

  @Test
  void check_atIsNoTime_2() {
    Ran ran = Ran.in(folder, "check", "--at", "yesterday", "sub.pem");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("yesterday").contains("2026-11-24T07:30:00Z");
  }

  @Test
  void check_configurationLiesAround_readOnlyWhenTold() throws IOException {
    AtlantisFamily family = AtlantisFamily.of(new Seed(7));
    Instant notBefore = Instant.parse("2026-01-01T00:00:00Z");
    byte[] leaf =
        family
            .subordinates()
            .getFirst()
            .certificate(
                new LeafRequest(
                    List.of("www.example.net"), notBefore, notBefore.plusSeconds(86_400), "leaf"))
            .signedCertificate();
    Files.write(folder.resolve("leaf.der"), leaf);
    Files.writeString(folder.resolve("overlay.yaml"), family.overlay());
    Files.writeString(
        folder.resolve("rootwatch.yaml"),
        "catalog: {overlay: overlay.yaml}\nlogs: {list: none}\nrules: [{id: made-up, authority: \"catalog:atlantis\"}]\n");

    assertThat(
            Ran.in(folder, "check", "--json", "leaf.der").json().getFirst().path("issuer").isNull())
        .isTrue();
    JsonNode told =
        Ran.in(folder, "--config", "rootwatch.yaml", "check", "--json", "leaf.der")
            .json()
            .getFirst();
    assertThat(told.path("issuer").path("family").asString()).isEqualTo("atlantis");
    assertThat(told.path("rules").path(0).asString()).isEqualTo("made-up");
    assertThat(told.path("severity").asString()).isEqualTo("high");
  }

  @Test
  void check_textForPeople_verdictsAndWhy() {
    Ran plain = Ran.in(folder, "check", "sub.pem");
    Ran why = Ran.in(folder, "check", "--why", "sub.pem");

    assertThat(plain.out())
        .startsWith("sub.pem[0]: critical (rules: catalog)\n")
        .contains("  mozilla    tls      distrusted")
        .doesNotContain("matched by");
    assertThat(why.out())
        .contains("matched by")
        .contains("CITATION")
        .contains("  why mozilla tls: distrusted: removed: of 2023-11-13")
        .contains("; see ")
        .contains("  rule catalog matches:\n    the issuer's key ");
    assertThat(plain.out()).doesNotContain("why");
  }

  @Test
  void check_whyInJson_oneFieldMore() {
    JsonNode why =
        Ran.in(folder, "check", "--why", "--json", "sub.pem").json().getFirst().path("why");

    assertThat(why.path("rules").path(0).path("rule").asString()).isEqualTo("catalog");
    assertThat(why.path("rules").path(0).path("matches").asBoolean()).isTrue();
    assertThat(why.path("rules").path(0).path("because").path(0).asString())
        .contains("is one of catalog:*");
    assertThat(why.path("verdicts").size()).isEqualTo(6);
  }

  @Test
  void check_terminalCommandsInASubject_escapedInTextAndJson() throws IOException {
    // CN=<ESC>]0;x: the bytes of a self-made certificate are changed; its signature breaks, no
    // more.
    byte[] der = Base64.getMimeDecoder().decode(pemBody());
    byte[] name = "TrustCor DV".getBytes(StandardCharsets.US_ASCII);
    int changed = 0;
    for (int i = 0; i + name.length < der.length; i++) {
      if (Arrays.equals(der, i, i + name.length, name, 0, name.length)) {
        der[i] = 0x1b;
        der[i + 1] = ']';
        changed++;
      }
    }
    assertThat(changed).isPositive();
    Files.write(folder.resolve("evil.der"), der);

    Ran text = Ran.in(folder, "check", "--why", "evil.der");
    Ran json = Ran.in(folder, "check", "--json", "evil.der");

    assertThat(text.out()).doesNotContain("\u001b").contains("\\u{1b}]");
    assertThat(json.out()).doesNotContain("\u001b");
    assertThat(json.json().getFirst().path("certificate").path("subject").asString())
        .describedAs("what JSON carries is the name itself")
        .contains("\u001b]");
  }

  private String pemBody() throws IOException {
    return Files.readString(folder.resolve("sub.pem"))
        .replaceAll("(?s).*-----BEGIN CERTIFICATE-----|-----END CERTIFICATE-----.*", "");
  }
}

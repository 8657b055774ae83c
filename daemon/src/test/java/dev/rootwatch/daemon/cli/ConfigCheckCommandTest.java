package dev.rootwatch.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCheckCommandTest {
  @TempDir Path folder;

  @Test
  void check_noFile_2() {
    Ran ran = Ran.in(folder, "config", "check");

    assertThat(ran.code()).isEqualTo(2);
    for (String[] arguments :
        new String[][] {{"config", "check"}, {"run"}, {"alerts", "test", "console"}}) {
      assertThat(Ran.in(folder, arguments).err())
          .startsWith("rootwatch: there is no rootwatch.yaml here: name a configuration with")
          .contains("--config FILE")
          .contains("contact");
    }
  }

  @Test
  void check_good_0() throws IOException {
    config("logs: {list: none}\nsinks: [{id: out, type: console}]\n");

    Ran ran = Ran.in(folder, "config", "check", "--json");

    assertThat(ran.code()).isZero();
    assertThat(ran.json().getFirst().path("valid").asBoolean()).isTrue();
    assertThat(ran.json().getFirst().path("sinks").asInt()).isEqualTo(1);
  }

  @Test
  void check_unknownSetting_2WithFileLineAndNearestName() throws IOException {
    config("logs:\n  list: none\n  pol: 30s\n");

    Ran ran = Ran.in(folder, "config", "check");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("rootwatch.yaml:3:").contains("pol").contains("poll");
  }

  @Test
  void check_ruleAndSinkBroken_2NamesBothAndNoSecret() throws IOException {
    config(
        """
        logs: {list: none}
        rules: [{id: odd, authority: "catalog:trustcr"}]
        sinks:
        - {id: hook, type: webhook, url: "http://127.0.0.1:9/", secret: "hush-hush", colour: red}
        """);

    Ran ran = Ran.in(folder, "config", "check");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .contains("rootwatch.yaml:2:30: rules[0].authority")
        .contains("rootwatch.yaml:4:")
        .contains("colour")
        .doesNotContain("hush-hush");
  }

  @Test
  void check_everythingWrongAtOnce_isAllToldWithItsPlaceInTheOrderOfTheFile() throws IOException {
    config(
        """
        logs: {list: none, pol: 3s}
        rules:
        - {id: a, authority: "catalog:nobody"}
        - {id: b, authority: "key:abc", domain: "foo bar"}
        - {id: c, domain: corp.tld, allow: ["owner:lets-encrypt", "owner:nobody"]}
        - {id: d, authority: nonsense}
        - {id: e, authority: "pem:absent.pem"}
        - {id: f, severity: hihg}
        sinks:
        - {id: x, type: slack}
        - {id: x, type: slak}
        - {id: y, type: webhook, url: "http://127.0.0.1:9/", timeout: soon, colour: red}
        """);

    Ran ran = Ran.in(folder, "config", "check");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().lines())
        .allMatch(line -> line.startsWith("rootwatch: " + folder.resolve("rootwatch.yaml") + ":"))
        .extracting(line -> line.substring(line.indexOf(".yaml:") + ".yaml:".length()))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("1:20: logs.pol is not a setting"),
            line -> assertThat(line).startsWith("3:22: rules[0].authority names a family 'nobody'"),
            line ->
                assertThat(line).startsWith("4:22: rules[1].authority 'abc' is not the SHA-256"),
            line -> assertThat(line).startsWith("4:41: rules[1].domain 'foo bar' is not a domain"),
            line -> assertThat(line).startsWith("5:59: rules[2].allow[1] 'nobody' is no owner's"),
            line -> assertThat(line).startsWith("6:22: rules[3].authority 'nonsense' names no"),
            line ->
                assertThat(line)
                    .startsWith("7:22: rules[4].authority names the file")
                    .contains(folder.resolve("absent.pem") + ", which cannot be read"),
            line -> assertThat(line).startsWith("8:3: rules[5].authority or domain is missing"),
            line -> assertThat(line).startsWith("8:21: rules[5].severity must be one of"),
            line -> assertThat(line).startsWith("10:3: sinks[0].url is missing"),
            line -> assertThat(line).startsWith("11:8: sinks[1].id stands twice"),
            line -> assertThat(line).startsWith("11:17: sinks[1].type slak is no type of sink;"),
            line -> assertThat(line).startsWith("12:63: sinks[2].timeout must be a time span"),
            line -> assertThat(line).startsWith("12:77: sinks[2].colour is no setting"));
  }

  @Test
  void check_overlayBroken_doesNotBlameItsFamilies() throws IOException {
    Files.writeString(folder.resolve("overlay.yaml"), "schema: nonsense\n");
    config(
        """
        logs: {list: none}
        catalog: {overlay: overlay.yaml}
        rules:
        - {id: a, authority: "catalog:atlantis"}
        - {id: b, authority: "key:abc"}
        """);

    assertThat(Ran.in(folder, "config", "check").err())
        .contains("overlay.yaml")
        .contains("5:22: rules[1].authority")
        .doesNotContain("atlantis");
  }

  @Test
  void check_signedOverlay_mistakesWithFileAndLine() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Files.writeString(folder.resolve("key"), noteKey(pair) + "\n");
    config("logs: {list: none}\ncatalog: {overlay: note, overlayKey: key}\n");
    String text =
        """
        schema: rootwatch.catalog/v1
        families:
        - id: acme
          owner: Acme CA
          category: mis-issuance
          keys:
          - spkiSha256: %s
        """
            .formatted("ab".repeat(32));

    Files.writeString(folder.resolve("note"), signed(pair, text));
    assertThat(Ran.in(folder, "config", "check").code()).isZero();

    Files.writeString(folder.resolve("note"), signed(pair, text.replace("mis-issuance", "bad")));
    assertThat(Ran.in(folder, "config", "check").err())
        .contains(folder.resolve("note") + ":5: families[0].category");

    Files.writeString(folder.resolve("note"), signed(pair, text).replace("Acme CA", "Acme BA"));
    assertThat(Ran.in(folder, "config", "check").err())
        .contains(folder.resolve("note") + ":9: the signature of ops does not verify")
        .contains("sign it with the key of catalog.overlayKey");

    Files.writeString(folder.resolve("note"), text);
    assertThat(Ran.in(folder, "config", "check").err()).contains("it is not a signed note");

    Files.writeString(folder.resolve("key"), "-----BEGIN PUBLIC KEY-----\n");
    assertThat(Ran.in(folder, "config", "check").err())
        .contains(folder.resolve("key") + ":1: the key is not of the form name+0123abcd+base64");

    config("logs: {list: none}\ncatalog: {overlayKey: key}\n");
    assertThat(Ran.in(folder, "config", "check").err())
        .contains("rootwatch.yaml:2:23: catalog.overlayKey checks no overlay");
  }

  private static String noteKey(KeyPair pair) throws GeneralSecurityException {
    return "ops+" + HexFormat.of().formatHex(keyId(pair)) + "+" + base64(typed(pair));
  }

  private static String signed(KeyPair pair, String text) throws GeneralSecurityException {
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(pair.getPrivate());
    signer.update(text.getBytes(StandardCharsets.UTF_8));
    byte[] signature = signer.sign();
    byte[] line = Arrays.copyOf(keyId(pair), 4 + signature.length);
    System.arraycopy(signature, 0, line, 4, signature.length);
    return text + "\n\u2014 ops " + base64(line) + "\n";
  }

  private static byte[] keyId(KeyPair pair) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update("ops\n".getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(digest.digest(typed(pair)), 4);
  }

  private static byte[] typed(KeyPair pair) {
    byte[] spki = pair.getPublic().getEncoded();
    byte[] typed = new byte[33];
    typed[0] = 1;
    System.arraycopy(spki, spki.length - 32, typed, 1, 32);
    return typed;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void check_storeCannotBeThere_2AndCreatesNothing() throws IOException {
    config("logs: {list: none}\nstore: {url: \"jdbc:sqlite:absent/s.db\"}\n");
    assertThat(Ran.in(folder, "config", "check").err())
        .contains("rootwatch.yaml:2:14: store.url names ")
        .contains("there is no directory " + folder.resolve("absent") + ": create it");

    config("logs: {list: none}\n");
    assertThat(Ran.in(folder, "config", "check").code()).isZero();
    assertThat(folder.resolve("rootwatch.db")).doesNotExist();

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeThat(Files.isWritable(folder)).as("we may write everywhere: root").isFalse();
      for (String[] arguments : new String[][] {{"config", "check"}, {"run"}}) {
        Ran ran = Ran.in(folder, arguments);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
            .contains("the folder " + folder + " cannot be written by this user: change its owner");
      }
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void check_good_saysHowManyInWords() throws IOException {
    config("logs: {list: none}\n");

    assertThat(Ran.in(folder, "config", "check").out())
        .endsWith(": good, with 1 rule, 1 sink and 0 logs beside the list\n");
  }

  private void config(String yaml) throws IOException {
    Files.writeString(folder.resolve("rootwatch.yaml"), yaml);
  }
}

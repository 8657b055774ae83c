package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.daemon.NoteKey.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NoteKeyTest {
  /** The example of golang.org/x/mod/sumdb/note, documentation of package note. */
  private static final String GO_KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String GO_NOTE =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  private static final String TEXT = "schema: rootwatch.catalog/v1\n";

  private final KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

  NoteKeyTest() throws GeneralSecurityException {}

  @Test
  void open_noteOfAnotherImplementation_itsText() throws RefusedException {
    byte[] text = NoteKey.parse(GO_KEY).open(utf8(GO_NOTE));

    assertThat(new String(text, StandardCharsets.UTF_8))
        .isEqualTo(GO_NOTE.substring(0, GO_NOTE.indexOf("\n\n") + 1));
  }

  @Test
  void open_ourLineNotTheFirst_found() throws Exception {
    String note = TEXT + "\n— someone+else AAAAAA==\n" + line("ops.corp.tld", TEXT);

    assertThat(NoteKey.parse(key("ops.corp.tld")).open(utf8(note))).isEqualTo(utf8(TEXT));
  }

  @Test
  void open_textChanged_refused() throws Exception {
    String note = TEXT + "\n" + line("ops.corp.tld", TEXT);
    NoteKey key = NoteKey.parse(key("ops.corp.tld"));

    for (String changed :
        new String[] {note.replace("v1", "v2"), " " + note, note.replace("schema", "\nschema")}) {
      assertThatThrownBy(() -> key.open(utf8(changed)))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("does not verify");
    }
  }

  @Test
  void open_notSignedOrByAnother_refused() throws Exception {
    NoteKey key = NoteKey.parse(key("ops.corp.tld"));

    assertThatThrownBy(() -> key.open(utf8(TEXT))).hasMessageContaining("not a signed note");
    assertThatThrownBy(() -> key.open(utf8(TEXT + "\n" + line("other", TEXT))))
        .hasMessageContaining("no signature of ops.corp.tld");
  }

  @Test
  void open_refused_saysTheLine() throws Exception {
    NoteKey key = NoteKey.parse(key("ops.corp.tld"));
    String others = TEXT + "\n— someone+else AAAAAA==\n";

    assertLine(key, TEXT + TEXT, 2);
    assertLine(key, others, 3);
    assertLine(key, others + line("ops.corp.tld", "another text\n"), 4);
    assertLine(key, others + "— ops.corp.tld !!!\n", 4);
  }

  private static void assertLine(NoteKey key, String note, int line) {
    assertThatThrownBy(() -> key.open(utf8(note)))
        .isInstanceOfSatisfying(
            RefusedException.class, refused -> assertThat(refused.line()).isEqualTo(line));
  }

  @Test
  void parse_notAKey_refused() {
    for (String text :
        new String[] {
          "",
          "-----BEGIN PUBLIC KEY-----",
          "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
          "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
          "PeterNeumann+c74f20a3+AhpcAAAA",
          "PeterNeumann+c74f20a3+!!!"
        }) {
      assertThatThrownBy(() -> NoteKey.parse(text)).isInstanceOf(RefusedException.class);
    }
  }

  private String key(String name) throws GeneralSecurityException {
    return name
        + "+"
        + HexFormat.of().formatHex(id(name))
        + "+"
        + Base64.getEncoder().encodeToString(typed());
  }

  private String line(String name, String text) throws GeneralSecurityException {
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(pair.getPrivate());
    signer.update(utf8(text));
    byte[] signature = signer.sign();
    byte[] line = Arrays.copyOf(id(name), 4 + signature.length);
    System.arraycopy(signature, 0, line, 4, signature.length);
    return "— " + name + " " + Base64.getEncoder().encodeToString(line) + "\n";
  }

  private byte[] id(String name) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(utf8(name + "\n"));
    return Arrays.copyOf(digest.digest(typed()), 4);
  }

  private byte[] typed() {
    byte[] spki = pair.getPublic().getEncoded();
    byte[] typed = new byte[33];
    typed[0] = 1;
    System.arraycopy(spki, spki.length - 32, typed, 1, 32);
    return typed;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

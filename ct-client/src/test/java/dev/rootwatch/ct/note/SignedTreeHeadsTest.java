package dev.rootwatch.ct.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.note.HeadVerdict.Invalid;
import dev.rootwatch.ct.note.HeadVerdict.Valid;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads of logs that we play: what verifies, and that nothing else does. */
class SignedTreeHeadsTest {
  private static final long TIME = 1_790_000_000_123L;
  private static final long SIZE = 5_000_000_000L;
  private static final Hash ROOT = Hash.sha256(new byte[] {1});
  private static final PlayedLog EC = PlayedLog.ecdsa();
  private static final PlayedLog RSA = PlayedLog.rsa();

  static Stream<PlayedLog> bothKinds() {
    return Stream.of(EC, RSA);
  }

  private static CtLog log(LogProtocol protocol, LogKey key) {
    return CtLog.custom("played", URI.create("https://" + PlayedLog.ORIGIN + "/"), protocol, key);
  }

  private static HeadVerdict checkpoint(String note) {
    return SignedTreeHeads.verify(log(LogProtocol.STATIC, EC.key()), note.getBytes(UTF_8));
  }

  private static HeadVerdict sth(String body) {
    return SignedTreeHeads.verify(log(LogProtocol.RFC6962, EC.key()), body.getBytes(UTF_8));
  }

  private static String goodCheckpoint() {
    return new String(EC.checkpoint(TIME, SIZE, ROOT), UTF_8);
  }

  private static String goodSth() {
    return new String(EC.getSth(TIME, SIZE, ROOT), UTF_8);
  }

  private static String reason(HeadVerdict verdict) {
    assertThat(verdict).isInstanceOf(Invalid.class);
    return verdict instanceof Invalid(String reason) ? reason : "";
  }

  @ParameterizedTest
  @MethodSource("bothKinds")
  void verify_whatTheLogSigned_isItsHead(PlayedLog played) {
    byte[] note = played.checkpoint(TIME, SIZE, ROOT);
    byte[] body = played.getSth(TIME, SIZE, ROOT);
    Valid fromNote = new Valid(new SignedTreeHead(played.key().id(), SIZE, ROOT, TIME, note));
    Valid fromBody = new Valid(new SignedTreeHead(played.key().id(), SIZE, ROOT, TIME, body));

    assertThat(SignedTreeHeads.verify(log(LogProtocol.STATIC, played.key()), note))
        .isEqualTo(fromNote);
    assertThat(SignedTreeHeads.verify(log(LogProtocol.RFC6962, played.key()), body))
        .isEqualTo(fromBody);
    assertThat(SignedTreeHeads.verify(log(LogProtocol.HYBRID, played.key()), body))
        .isEqualTo(fromBody);
    assertThat(SignedTreeHeads.verify(played.key(), note)).isEqualTo(fromNote);
    assertThat(SignedTreeHeads.verify(played.key(), body)).isEqualTo(fromBody);
  }

  @ParameterizedTest
  @MethodSource("bothKinds")
  void verify_anotherLogsKey_invalid(PlayedLog played) {
    PlayedLog other = played.equals(EC) ? RSA : EC;
    byte[] note = played.checkpoint(TIME, SIZE, ROOT);
    byte[] body = played.getSth(TIME, SIZE, ROOT);
    assertThat(reason(SignedTreeHeads.verify(other.key(), note)))
        .isEqualTo("none of 1 signatures is that of the log's key " + other.key().id());
    assertThat(reason(SignedTreeHeads.verify(other.key(), body))).contains("signature algorithm");
    assertThat(reason(SignedTreeHeads.verify(PlayedLog.ecdsa().key(), EC.getSth(TIME, SIZE, ROOT))))
        .contains("does not verify");
  }

  @Test
  void verify_anySignedFieldOfCheckpointChanged_invalid() {
    String good = goodCheckpoint();
    String otherRoot = Hash.sha256(new byte[] {2}).base64();
    assertThat(reason(checkpoint(good.replace("5000000000\n", "5000000001\n"))))
        .contains("does not verify");
    assertThat(reason(checkpoint(good.replace(ROOT.base64(), otherRoot))))
        .contains("does not verify");
    Checkpoint.NoteSignature line = signature(good);
    for (int i = 0; i < line.signature().length; i++) {
      byte[] changed = line.signature().clone();
      changed[i] ^= 1;
      assertThat(checkpoint(head(good) + line(PlayedLog.ORIGIN, line.keyId(), changed)))
          .as("byte %d", i)
          .isInstanceOf(Invalid.class);
    }
  }

  @Test
  void verify_anySignedFieldOfSthChanged_invalid() {
    String good = goodSth();
    assertThat(sth(good)).isInstanceOf(Valid.class);
    assertThat(reason(sth(good.replace("5000000000", "5000000001")))).contains("does not verify");
    assertThat(reason(sth(good.replace("1790000000123", "1790000000124"))))
        .contains("does not verify");
    assertThat(reason(sth(good.replace(ROOT.base64(), Hash.sha256(new byte[] {2}).base64()))))
        .contains("does not verify");
  }

  private static String head(String note) {
    return note.substring(0, note.indexOf("\n\n") + 2);
  }

  private static Checkpoint.NoteSignature signature(String note) {
    try {
      return Checkpoint.parse(note.getBytes(UTF_8)).signatures().getFirst();
    } catch (java.text.ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static String line(String name, int keyId, byte[] signature) {
    byte[] bytes = ByteBuffer.allocate(4 + signature.length).putInt(keyId).put(signature).array();
    return "\u2014 " + name + " " + Base64.getEncoder().encodeToString(bytes) + "\n";
  }

  @Test
  void verify_linesOfOthersAround_valid() {
    String good = goodCheckpoint();
    String ours = good.substring(head(good).length());
    String grease = line("grease.invalid", 0x95b09dd6, new byte[] {1, 2, 3});
    String sameNameOtherKey = line(PlayedLog.ORIGIN, 7, new byte[64]);
    String postQuantum = line("witness.test", 9, new byte[8 + 2420]);
    assertThat(checkpoint(head(good) + grease + sameNameOtherKey + ours + postQuantum))
        .isInstanceOf(Valid.class);
    assertThat(checkpoint(head(good) + ours + postQuantum.repeat(16))).isInstanceOf(Valid.class);
  }

  @Test
  void verify_secondLineOfTheLogDoesNotVerify_invalid() {
    String good = goodCheckpoint();
    String bad =
        line(PlayedLog.ORIGIN, signature(good).keyId(), signature(good).signature().clone())
            .replace("BAMA", "BAMB");
    assertThat(checkpoint(good + bad)).isInstanceOf(Invalid.class);
    assertThat(checkpoint(good + line(PlayedLog.ORIGIN, signature(good).keyId(), new byte[3])))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void verify_bytesAfterTheSignature_invalid() {
    String good = goodCheckpoint();
    byte[] longer =
        Arrays.copyOf(signature(good).signature(), signature(good).signature().length + 1);
    assertThat(
            reason(
                checkpoint(head(good) + line(PlayedLog.ORIGIN, signature(good).keyId(), longer))))
        .startsWith("the log's signature is malformed: ")
        .endsWith(" follow");
  }

  @Test
  void verify_linesAfterTheRoot_invalid() {
    assertThat(reason(checkpoint(goodCheckpoint().replace("\n\n", "\nmore\n\n"))))
        .isEqualTo(
            "the checkpoint has lines after the root, which no log signature covers: \"more\"");
  }

  @Test
  void verify_anotherOrigin_invalidOnlyWhereTheOriginIsKnown() {
    PlayedLog played = EC;
    byte[] note =
        TreeHeadBytes.checkpoint(
            "other.test/log", played.key(), SIZE, ROOT, TIME, played.sign(TIME, SIZE, ROOT));
    assertThat(reason(SignedTreeHeads.verify(log(LogProtocol.STATIC, played.key()), note)))
        .isEqualTo("the checkpoint speaks of \"other.test/log\", this log is \"log.test/2026h2\"");
    assertThat(SignedTreeHeads.verify(played.key(), note)).isInstanceOf(Valid.class);
  }

  @Test
  void verify_timestampBeyondLong_invalid() {
    byte[] signature = EC.sign(-1, SIZE, ROOT);
    byte[] note = TreeHeadBytes.checkpoint(PlayedLog.ORIGIN, EC.key(), SIZE, ROOT, -1, signature);
    assertThat(reason(SignedTreeHeads.verify(EC.key(), note))).contains("no timestamp below 2^63");
  }

  @Test
  void verify_sthWithFieldsWeDoNotKnow_valid() {
    String more =
        goodSth().replace("{\"tree_size\"", " {\"new\":{\"a\":[1,{}]},\"x\":null,\"tree_size\"");
    assertThat(sth(more)).isInstanceOf(Valid.class);
    assertThat(SignedTreeHeads.verify(EC.key(), more.getBytes(UTF_8))).isInstanceOf(Valid.class);
  }

  @Test
  void verify_bodyThatIsNoSth_saysWhy() {
    String good = goodSth();
    assertThat(reason(sth("<html>busy</html>"))).startsWith("get-sth gave no JSON: ");
    assertThat(reason(sth("[]"))).isEqualTo("get-sth gave no tree head: not a JSON object");
    assertThat(reason(sth("{}"))).contains("is missing");
    assertThat(reason(sth(""))).contains("not a JSON object");
    assertThat(reason(sth(good + "{}"))).contains("something follows");
    assertThat(reason(sth(good.substring(0, 40)))).startsWith("get-sth gave no JSON: ");
    assertThat(reason(sth(good.replace("\"timestamp\"", "\"tree_size\"")))).contains("Duplicate");
    assertThat(reason(sth(good.replace("5000000000", "-1"))))
        .contains("tree_size is no integer from 0 to 2^63-1");
    assertThat(reason(sth(good.replace("5000000000", "18446744073709551615"))))
        .contains("tree_size is no integer");
    assertThat(reason(sth(good.replace("5000000000", "5e9")))).contains("tree_size is no integer");
    assertThat(reason(sth(good.replace(ROOT.base64(), "AAAA")))).contains("has 3 bytes, not 32");
    assertThat(reason(sth(good.replace(ROOT.base64(), "!")))).contains("no padded base64");
    assertThat(reason(sth(good.replaceAll("_signature\":\"[^\"]*", "_signature\":\"BAMA"))))
        .isEqualTo("the log's signature is malformed: at least 4 bytes are needed, not 3");
    assertThat(reason(sth(good.replaceAll("_signature\":\"[^\"]*", "_signature\":\"AgMAAA=="))))
        .contains("hash algorithm 2");
    assertThat(reason(sth(" ".repeat(70_000) + good))).contains("at most 65536 are read");
  }

  @Test
  void toBeSigned_layout_isThatOfTheRfc() {
    byte[] bytes = TreeHeadBytes.toBeSigned(1, 2, ROOT);
    assertThat(bytes).hasSize(50).startsWith(0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2);
    assertThat(ROOT.matches(bytes, 18)).isTrue();
  }
}

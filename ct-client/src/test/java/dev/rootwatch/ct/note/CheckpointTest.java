package dev.rootwatch.ct.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rootwatch.ct.Hash;
import java.text.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of a checkpoint; what it says is not believed here. */
class CheckpointTest {
  private static final String ROOT = Hash.sha256(new byte[0]).base64();
  private static final String LINE = "\u2014 log.test/a AAAAAQI=\n";
  private static final String GOOD = "log.test/a\n7\n" + ROOT + "\n\n" + LINE;

  private static Checkpoint parse(String text) throws ParseException {
    return Checkpoint.parse(text.getBytes(UTF_8));
  }

  private static void assertRefused(String text, String why) {
    assertThatExceptionOfType(ParseException.class)
        .isThrownBy(() -> parse(text))
        .withMessageContaining(why);
  }

  @Test
  void parse_checkpoint_givesItsParts() throws ParseException {
    Checkpoint checkpoint = parse("log.test/a\n7\n" + ROOT + "\nx\ny z\n\n" + LINE + LINE);
    assertThat(checkpoint.origin()).isEqualTo("log.test/a");
    assertThat(checkpoint.size()).isEqualTo(7);
    assertThat(checkpoint.root()).hasToString(Hash.sha256(new byte[0]).toString());
    assertThat(checkpoint.extensions()).containsExactly("x", "y z");
    assertThat(checkpoint.signatures()).hasSize(2);
    assertThat(checkpoint.signatures().getFirst().keyName()).isEqualTo("log.test/a");
    assertThat(checkpoint.signatures().getFirst().keyId()).isEqualTo(1);
    assertThat(checkpoint.signatures().getFirst().signature()).containsExactly(2);
  }

  @ParameterizedTest
  @CsvSource({
    "'', the size is no decimal",
    "-1, the size is no decimal",
    "+1, the size is no decimal",
    "07, the size is no decimal",
    "0x7, the size is no decimal",
    "' 7', the size is no decimal",
    "9223372036854775808, the size is no decimal",
    "99999999999999999999999, the size is no decimal",
    "\u0667, the size is no decimal",
  })
  void parse_sizeThatIsNone_refused(String size, String why) {
    assertRefused(GOOD.replace("\n7\n", "\n" + size + "\n"), why);
  }

  @Test
  void parse_largestSize_accepted() throws ParseException {
    assertThat(parse(GOOD.replace("\n7\n", "\n9223372036854775807\n")).size())
        .isEqualTo(Long.MAX_VALUE);
    assertThat(parse(GOOD.replace("\n7\n", "\n0\n")).size()).isZero();
  }

  @Test
  void parse_partsMissingOrMisshapen_refused() {
    assertRefused("", "no empty line");
    assertRefused(GOOD.replace("\n\n", "\n"), "no empty line");
    assertRefused(GOOD.replace(LINE, ""), "no signature");
    assertRefused(GOOD.stripTrailing(), "the last line does not end");
    assertRefused("\n7\n" + ROOT + "\n\n" + LINE, "the origin is empty");
    assertRefused("log.test/a\n7\n\n" + LINE, "origin, size and root are needed");
    assertRefused(GOOD.replace(ROOT, "AAAA"), "the root is not base64 of 32 bytes");
    assertRefused(GOOD.replace(ROOT, ROOT.replace("=", "")), "the root is not base64");
    assertRefused(GOOD.replace("\u2014", "-"), "no signature line");
    assertRefused(GOOD.replace(" AAAAAQI=", ""), "no signature line");
    assertRefused(GOOD.replace("AAAAAQI=", "AAAAAQ=="), "no base64 of key id and signature");
    assertRefused(GOOD.replace("AAAAAQI=", "AAAAAQI"), "no base64 of key id and signature");
    assertRefused(GOOD.replace("\u2014 log.test/a", "\u2014 log+a"), "no key name");
    assertRefused(GOOD.replace("\u2014 log.test/a", "\u2014 log\u00a0a"), "no key name");
    assertRefused(GOOD.replace("\u2014 log.test/a", "\u2014 "), "no key name");
    assertRefused(GOOD.replace("log.test", "log\ttest"), "control character 9");
    assertRefused(GOOD.replace("\n", "\r\n"), "control character 13");
  }

  @Test
  void parse_notUtf8_refused() {
    byte[] bytes = GOOD.getBytes(UTF_8);
    bytes[0] = (byte) 0xff;
    assertThatExceptionOfType(ParseException.class)
        .isThrownBy(() -> Checkpoint.parse(bytes))
        .withMessage("not UTF-8");
  }

  @Test
  void parse_atTheBounds_acceptedAndBeyond_refused() throws ParseException {
    assertThat(parse(GOOD + LINE.repeat(63)).signatures()).hasSize(64);
    assertRefused(GOOD + LINE.repeat(64), "more than 64 signatures");
    assertRefused("x".repeat(70_000) + GOOD, "at most 65536 are read");
  }

  @Test
  void parse_stringsOfStrangers_escapedInTheMessage() {
    assertRefused(
        GOOD.replace("\n7\n", "\n\u202eevil\u0085" + "9".repeat(500) + "\n"),
        "\"\\u{202e}evil\\u{85}999");
  }
}

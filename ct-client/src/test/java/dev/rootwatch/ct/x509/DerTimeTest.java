package dev.rootwatch.ct.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerTimeTest {
  private static long utc(String text) {
    return DerTime.millis(text.getBytes(US_ASCII), Der.UTC_TIME, 0, text.length());
  }

  private static long generalized(String text) {
    return DerTime.millis(text.getBytes(US_ASCII), Der.GENERALIZED_TIME, 0, text.length());
  }

  @ParameterizedTest
  @CsvSource({
    "260102030405Z, 2026-01-02T03:04:05Z",
    "491231235959Z, 2049-12-31T23:59:59Z",
    "500101000000Z, 1950-01-01T00:00:00Z",
    "000229000000Z, 2000-02-29T00:00:00Z",
    "2601020304Z, 2026-01-02T03:04:00Z",
    "260102030405+0100, 2026-01-02T02:04:05Z",
    "260102030405-0330, 2026-01-02T06:34:05Z",
    "260102030405, 2026-01-02T03:04:05Z",
    "261231235960Z, 2027-01-01T00:00:00Z"
  })
  void utcTime_formsThatOccur_read(String text, String instant) {
    assertThat(utc(text)).isEqualTo(Minted.millis(instant));
  }

  @ParameterizedTest
  @CsvSource({
    "20260102030405Z, 2026-01-02T03:04:05Z",
    "19500101000000Z, 1950-01-01T00:00:00Z",
    "99991231235959Z, 9999-12-31T23:59:59Z",
    "00000101000000Z, 0000-01-01T00:00:00Z",
    "2026010203Z, 2026-01-02T03:00:00Z",
    "20260102030405.5Z, 2026-01-02T03:04:05.500Z",
    "'20260102030405,1234567Z', 2026-01-02T03:04:05.123Z",
    "20260102030405.25+02, 2026-01-02T01:04:05.250Z"
  })
  void generalizedTime_formsThatOccur_read(String text, String instant) {
    assertThat(generalized(text)).isEqualTo(Minted.millis(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "26",
        "26010203040Z",
        "261302030405Z",
        "260100030405Z",
        "260132030405Z",
        "260102250405Z",
        "260102036005Z",
        "260102030461Z",
        "260102030405X",
        "260102030405ZZ",
        "260102030405+",
        "260102030405+1",
        "260102030405+123",
        "260102030405+01000",
        "26010203040506Z",
        "+60102030405Z",
        "260102 30405Z"
      })
  void utcTime_junk_isNone(String text) {
    assertThat(utc(text)).isEqualTo(DerTime.NONE);
  }

  @Property
  void generalizedTime_anyInstant_sameAsJavaTime(
      @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long second) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    String text = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").format(time);
    assertThat(generalized(text)).isEqualTo(1000 * second);
  }

  @Property
  void millis_anyBytes_neverThrows(
      @ForAll byte[] bytes, @ForAll @IntRange(min = 20, max = 26) int tag) {
    DerTime.millis(bytes, tag, 0, bytes.length);
  }
}

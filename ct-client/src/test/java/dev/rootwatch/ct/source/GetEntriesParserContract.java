package dev.rootwatch.ct.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.wire.EntryWindow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every parser of get-entries must do. */
abstract class GetEntriesParserContract {
  private static final EntryRange ASKED = new EntryRange(1000, 1004);
  private static final List<TestEntry> ENTRIES = TestEntry.synthetic(5, 4);

  final BufferPool buffers = new BufferPool(16 << 20);
  private final GetEntriesParser parser = parser();

  abstract GetEntriesParser parser();

  private EntryWindow parse(String json) throws InvalidAnswer {
    return parse(json.getBytes(UTF_8));
  }

  EntryWindow parse(byte[] json) throws InvalidAnswer {
    try (PooledBytes body = new PooledBytes(buffers, json.length)) {
      System.arraycopy(json, 0, body.bytes(), 0, json.length);
      // What is behind the body is left over from another one.
      Arrays.fill(body.bytes(), json.length, body.bytes().length, (byte) '"');
      body.setLength(json.length);
      body.setTransferred(4711);
      return parser.parse(body, ASKED, buffers);
    }
  }

  private static String entry(TestEntry entry) {
    return "{\"leaf_input\":\"%s\",\"extra_data\":\"%s\"}"
        .formatted(base64(entry.leafInput()), base64(entry.extraData()));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String json(int count) {
    return ENTRIES.subList(0, count).stream()
        .map(GetEntriesParserContract::entry)
        .collect(Collectors.joining(",", "{\"entries\":[", "]}"));
  }

  private static String unicode(char c) {
    return "\\" + String.format("u%04x", (int) c);
  }

  static void check(EntryWindow window, int count) {
    assertThat(window.range()).isEqualTo(new EntryRange(1000, 1000 + count));
    assertThat(window.transferredBytes()).isEqualTo(4711);
    byte[] hash = new byte[32];
    for (int i = 0; i < count; i++) {
      TestEntry entry = ENTRIES.get(i);
      window.leafHash(i, Hash.newSha256(), hash, 0);
      assertThat(entry.leafHash().matches(hash, 0)).isTrue();
      assertThat(window.malformed(i)).isNull();
      assertThat(window.malformedExtra(i)).isNull();
      assertThat(window.entry(i).chain()).containsExactlyElementsOf(entry.issuers());
      assertThat(window.entry(i).precertificate()).isEqualTo(entry.precertificate());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void parse_upToWhatWasAsked_window(int count) throws Exception {
    try (EntryWindow window = parse(json(count))) {
      check(window, count);
    }
  }

  @Test
  void parse_otherLayout_sameWindow() throws Exception {
    String before =
        " {\n\t\"x\" : [1, {\"entries\":[]}, \"]\"], \"entries\" :\r\n [ { \"extra_data\" : \"%s\" , \"y\":null, \"leaf_input\":\"%s\"},%s ] , \"z\":{} } \n"
            .formatted(
                base64(ENTRIES.get(0).extraData()),
                base64(ENTRIES.get(0).leafInput()),
                entry(ENTRIES.get(1)));
    try (EntryWindow window = parse(before)) {
      check(window, 2);
    }
  }

  @Test
  void parse_escapesInBase64_decoded() throws Exception {
    // Some encoders write a slash as \\/, or what means something in HTML by its number.
    String escaped =
        json(4).replace("/", "\\/").replace("+", unicode('+')).replace("=", unicode('='));
    try (EntryWindow window = parse(escaped)) {
      check(window, 4);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "[]",
        "null",
        "{\"entries\":null}",
        "{\"entries\":{}}",
        "{\"entries\":[]}",
        "{\"entries\":[1]}",
        "{\"entries\":[null]}",
        "{\"entries\":[{}]}",
        "{\"entries\":[{\"extra_data\":\"\"}]}",
        "{\"entries\":[{\"leaf_input\":null}]}",
        "{\"entries\":[{\"leaf_input\":1}]}",
        "{\"entries\":[{\"leaf_input\":\"*\"}]}",
        "{\"entries\":[{\"leaf_input\":\"AAA\"}]} x",
        "{\"entries\":[{\"leaf_input\":\"AA-_\"}]}",
        "{\"entries\":[{\"leaf_input\":\"AAAA\"}]",
        "{\"entries\":[{\"leaf_input\":\"AAAA\"}}",
        "{\"entries\":[{\"leaf_input\":\"AAAA\",\"leaf_input\":\"AAAA\"}]}",
        "{\"entries\":[{\"leaf_input\":\"AAAA\"}],\"entries\":[]}",
        "{\"error_message\":\"backend\"}",
        "<html>",
      })
  void parse_noAnswer_invalidAndTheBodyStaysTheCallers(String json) throws Exception {
    assertThatThrownBy(() -> parse(json)).isInstanceOf(InvalidAnswer.class);
    // The caller closed it: it is back, once.
    assertThat(buffers.idleBytes()).isEqualTo(16_384);
  }

  @Test
  void parse_oneMoreThanAsked_invalid() {
    assertThatThrownBy(() -> parse(json(5))).hasMessageContaining("more than the 4 entries");
  }

  @Test
  void parse_cutAnywhere_invalid() {
    byte[] json = json(2).getBytes(UTF_8);
    for (int length = 0; length < json.length; length += 7) {
      byte[] cut = Arrays.copyOf(json, length);
      assertThatThrownBy(() -> parse(cut)).isInstanceOf(InvalidAnswer.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"extra_data\":null", ",\"extra_data\":\"*\""})
  void parse_extraDataMissingOrNoBase64_leafReadAllTheSame(String extra) throws Exception {
    String json =
        "{\"entries\":[{\"leaf_input\":\"%s\"%s},%s]}"
            .formatted(base64(ENTRIES.get(0).leafInput()), extra, entry(ENTRIES.get(1)));
    try (EntryWindow window = parse(json)) {
      assertThat(window.malformed(0)).isNull();
      assertThat(window.malformedExtra(0)).isNotNull();
      assertThat(window.malformedExtra(1)).isNull();
      byte[] hash = new byte[32];
      window.leafHash(0, Hash.newSha256(), hash, 0);
      assertThat(ENTRIES.get(0).leafHash().matches(hash, 0)).isTrue();
    }
  }

  @Test
  void parse_realAnswers_everyEntryReadable() throws Exception {
    Path live = TestEntry.SHARED.resolve("rfc6962/live-2026-05");
    assertThat(Files.isDirectory(live) || !"1".equals(System.getenv("REQUIRE_SHARED"))).isTrue();
    Assumptions.assumeTrue(Files.isDirectory(live), "SKIPPED: no shared data here");
    for (String log : new String[] {"argon2026h2", "nimbus2026"}) {
      byte[] json = Files.readAllBytes(live.resolve(log + "-entries.json"));
      PooledBytes body = new PooledBytes(buffers, json.length);
      System.arraycopy(json, 0, body.bytes(), 0, json.length);
      body.setLength(json.length);
      try (EntryWindow window = parser.parse(body, new EntryRange(0, 32), buffers)) {
        assertThat(window.count()).isEqualTo(20);
        for (int i = 0; i < 20; i++) {
          assertThat(window.malformed(i)).isNull();
          assertThat(window.malformedExtra(i)).isNull();
          assertThat(window.chainLength(i)).isPositive();
        }
      }
    }
  }
}

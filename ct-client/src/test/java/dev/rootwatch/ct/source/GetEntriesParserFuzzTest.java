package dev.rootwatch.ct.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.wire.EntryWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a log sends: a window or a clear answer, and the same from both parsers. */
class GetEntriesParserFuzzTest {
  private static final EntryRange ASKED = new EntryRange(1000, 1004);

  @FuzzTest(maxDuration = "60s")
  void parse_anything_bothParsersAgree(byte[] json) {
    compare(json);
  }

  @Property(tries = 300)
  void parse_piecesOfJson_bothParsersAgree(@ForAll("pieces") String json) {
    compare(json.getBytes(UTF_8));
  }

  @Provide
  static Arbitrary<String> pieces() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\n",
            "\"",
            "\\",
            "\\\"",
            "\u0000",
            "é",
            "null",
            "1",
            "\"entries\"",
            "\"leaf_input\"",
            "\"extra_data\"",
            "\"AAAA\"",
            "\"AA==\"",
            "\"A\"",
            "\"\"",
            "{\"leaf_input\":\"AAAB\"}",
            "{\"leaf_input\":\"AAAB\",\"extra_data\":\"A*\"}",
            "{\"entries\":[",
            "]}",
            "{\"extra_data\":\"AAAA\",\"leaf_input\":\"AAAB\"}");
    return piece
        .list()
        .ofMaxSize(12)
        .map(list -> String.join("", list))
        .injectDuplicates(0.1)
        .flatMap(middle ->
            Arbitraries.of("%s", "{\"entries\":[%s]}", "{\"entries\":[{%s}]}")
                .map(frame -> frame.replace("%s", middle)));
  }

  /** Parses with both, in buffers whose rest is full of quotation marks. */
  static void compare(byte[] json) {
    List<String> scanned = parse(new ScanningGetEntriesParser(new JacksonGetEntriesParser()), json);
    assertThat(scanned).isEqualTo(parse(new JacksonGetEntriesParser(), json));
  }

  private static List<String> parse(GetEntriesParser parser, byte[] json) {
    BufferPool buffers = new BufferPool(64 << 20);
    List<String> seen = new ArrayList<>();
    try (PooledBytes body = new PooledBytes(buffers, json.length)) {
      System.arraycopy(json, 0, body.bytes(), 0, json.length);
      Arrays.fill(body.bytes(), json.length, body.bytes().length, (byte) '"');
      body.setLength(json.length);
      try (EntryWindow window = parser.parse(body, ASKED, buffers)) {
        assertThat(window.count()).isBetween(1, 4);
        byte[] hash = new byte[32];
        for (int i = 0; i < window.count(); i++) {
          window.leafHash(i, Hash.newSha256(), hash, 0);
          seen.add(Hash.of(hash) + " " + window.malformed(i) + " " + window.malformedExtra(i));
          if (window.malformed(i) == null) {
            assertThat(window.entry(i).index()).isEqualTo(1000 + i);
          }
        }
      }
    } catch (InvalidAnswer e) {
      assertThat(e.reason()).matches("[ -~]*");
      seen.add("invalid");
    }
    // Given back exactly once, whoever did it.
    assertThat(buffers.idleBytes()).isEqualTo(buffers.take(json.length).length);
    assertThat(buffers.idleBytes()).isZero();
    return seen;
  }
}

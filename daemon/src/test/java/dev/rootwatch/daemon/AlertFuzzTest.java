package dev.rootwatch.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertJson;
import dev.rootwatch.alert.Sinks;
import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.Delivery;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.alert.spi.SinkSettings;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.source.IssuerAnswer;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.GetEntriesBuilder;
import dev.rootwatch.ct.wire.TileReader;
import dev.rootwatch.watch.Examined;
import dev.rootwatch.watch.Examiner;
import dev.rootwatch.watch.ExaminerSetup;
import dev.rootwatch.watch.Finding;
import dev.rootwatch.watch.RuleException;
import dev.rootwatch.watch.RuleSet;
import dev.rootwatch.watch.RuleSpec;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.Inclusion;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/**
 * The whole way of a stranger's bytes: an entry as the log serves it, through the examiner, to the
 * alert as JSON and as each medium shows it. Nothing throws, every entry is accounted for, and
 * nothing comes out that could do something.
 */
class AlertFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final LogKey KEY =
      LogKey.ofBase64(
          "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKHRm0H/zUaFA6Idz5cGvGO3tCPQyfGMgJmVBOPyKAP6mGM1IiNXi4CLomOUyYj0YN74p+eGVApFMsM4h/jzCsA==");

  /** Beside what grows with the entry: verdicts, titles, names of fields. */
  private static final int MOST_BESIDE = 100_000;

  /** A byte of a name becomes {@code \\u{202e}} and then stands in several places. */
  private static final int MOST_A_BYTE = 40;

  /** What nothing that we write may hold, by what Unicode says of it. */
  private static final int FORBIDDEN =
      1 << Character.CONTROL
          | 1 << Character.FORMAT
          | 1 << Character.SURROGATE
          | 1 << Character.LINE_SEPARATOR
          | 1 << Character.PARAGRAPH_SEPARATOR;

  private final Examiner examiner = examiner();
  private final AlertComposer composer = new AlertComposer(InstantSource.fixed(NOW));
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final List<String> posted = new ArrayList<>();
  private final List<AlertSink> sinks;

  AlertFuzzTest() {
    SinkEnvironment environment =
        new SinkEnvironment(
            new PrintStream(printed, true, UTF_8),
            false,
            new OkHttpClient.Builder().addInterceptor(this::take).build(),
            InstantSource.fixed(NOW));
    sinks =
        List.of(
            sink("console", Map.of(), environment),
            sink("slack", Map.of("url", "https://slack.test/x"), environment),
            sink("webhook", Map.of("url", "https://hook.test/x"), environment));
  }

  private static AlertSink sink(String type, Map<String, ?> settings, SinkEnvironment environment) {
    return Sinks.onTheClassPath().create(new SinkSettings("s", type, settings), environment).sink();
  }

  /** Rules that nearly everything matches, so that nearly everything is told. */
  private static Examiner examiner() {
    Catalog catalog = Catalog.bundled();
    OwnerTable owners = OwnerTable.bundled();
    List<RuleSpec> rules = new ArrayList<>(List.of(RuleSpec.ofAuthority("catalog", "catalog:*")));
    for (String domain :
        List.of("com", "net", "org", "de", "io", "dev", "jp", "uk", "fr", "ru", "br", "example")) {
      rules.add(new RuleSpec("in-" + domain, null, domain, List.of(), null));
    }
    try {
      RuleSet set = RuleSet.parse(rules, catalog, owners, _ -> new byte[0]);
      InstantSource clock = InstantSource.fixed(NOW);
      return new ExaminerSetup(catalog, set, owners, Inclusion.unknown(), clock).newExaminer();
    } catch (RuleException e) {
      throw new AssertionError(e);
    }
  }

  /** The first two bytes say where leaf_input ends and extra_data begins. */
  @FuzzTest(maxDuration = "5m")
  void getEntries(byte[] entry) throws InterruptedException {
    if (entry.length < 3) {
      return;
    }
    int split = 2 + (((entry[0] & 0xff) << 8) | (entry[1] & 0xff)) % (entry.length - 1);
    GetEntriesBuilder builder = new GetEntriesBuilder(1L << 40, 1, entry, _ -> {});
    builder.add(2, split - 2, split, entry.length - split);
    examine(LogProtocol.RFC6962, builder.build(0), entry);
  }

  /** A data tile of up to eight entries. */
  @FuzzTest(maxDuration = "5m")
  void tile(byte[] tile) throws InterruptedException {
    EntryWindow window =
        TileReader.read(tile, tile.length, 256, 8, new EntryRange(257, 264), 0, _ -> {});
    if (!window.canHashLeaves()) {
      window.withLeafHashes(new byte[window.count() * 32], 0);
    }
    examine(LogProtocol.STATIC, window, tile);
  }

  private void examine(LogProtocol protocol, EntryWindow window, byte[] input)
      throws InterruptedException {
    CtLog log = CtLog.custom("log", URI.create("https://log.test/a/"), protocol, KEY);
    // What a log gives for an issuer is as much a stranger's as the entry.
    IssuerSource issuers =
        fingerprint ->
            (fingerprint.toBytes()[0] & 1) == 0
                ? new IssuerAnswer.Missing()
                : new IssuerAnswer.Wrong(input);
    Examined examined;
    int entries;
    try (window) {
      entries = window.count();
      examined = examiner.examine(log, window, issuers);
    }
    assertThat(examined.precertificates() + examined.certificates() + examined.unknown())
        .isEqualTo(entries);
    for (Examined.MalformedRow row : examined.malformed()) {
      assertThat(row.entry().offset()).isBetween(0, input.length);
      assertThat(row.raw().length).isLessThanOrEqualTo(input.length);
      harmless(row.entry().reason());
    }
    for (Finding finding : examined.findings()) {
      tell(composer.of(finding), input.length);
    }
  }

  private void tell(Alert alert, int size) throws InterruptedException {
    int most = MOST_BESIDE + MOST_A_BYTE * size;
    String json = AlertJson.write(alert);
    harmless(json);
    assertThat(json.length()).isLessThan(most);
    assertThat(AlertJson.write(AlertJson.read(json))).isEqualTo(json);
    assertThat(alert.mergedWith(alert).alert()).isEqualTo(alert);
    for (AlertSink sink : sinks) {
      posted.clear();
      printed.reset();
      assertThat(sink.deliver(alert)).isInstanceOf(Delivery.Accepted.class);
      String shown = printed.toString(UTF_8) + String.join("", posted);
      assertThat(shown).hasSizeBetween(1, most);
      harmlessLines(shown);
    }
  }

  private Response take(Interceptor.Chain chain) throws java.io.IOException {
    Buffer body = new Buffer();
    java.util.Objects.requireNonNull(chain.request().body()).writeTo(body);
    posted.add(body.readUtf8());
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(200)
        .message("")
        .body(ResponseBody.create("ok", null))
        .build();
  }

  private static void harmless(String text) {
    int at = forbidden(text);
    if (at >= 0) {
      throw new AssertionError("U+%04X at %d of %s".formatted(text.codePointAt(at), at, text));
    }
  }

  private static void harmlessLines(String text) {
    text.lines().forEach(AlertFuzzTest::harmless);
  }

  private static int forbidden(String text) {
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if ((FORBIDDEN >> Character.getType(point) & 1) != 0) {
        return i;
      }
      i += Character.charCount(point);
    }
    return -1;
  }
}

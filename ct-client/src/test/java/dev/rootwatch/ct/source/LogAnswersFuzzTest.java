package dev.rootwatch.ct.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.source.ProofSource.ProvenLeaf;
import dev.rootwatch.ct.wire.EntryWindow;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Whatever a log answers, to whatever was asked: what the type says, or a {@link SourceException}
 * that is fit to be shown.
 *
 * <p>An input is a byte that says what is asked, a byte of flags, when the flags want one a
 * header's value up to a line feed, and the body. All requests of one input get the same answer.
 * OkHttp is the real one up to its own parsing of HTTP.
 */
class LogAnswersFuzzTest {
  private static final LogKey KEY =
      LogKey.ofBase64(
          "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKHRm0H/zUaFA6Idz5cGvGO3tCPQyfGMgJmVBOPyKAP6mGM1IiNXi4CLomOUyYj0YN74p+eGVApFMsM4h/jzCsA==");
  private static final Hash ROOT = Hash.ofHex("11".repeat(Hash.BYTES));
  private static final int GZIP = 1;
  private static final int RETRY_AFTER = 2;
  private static final int NOT_FOUND = 4;
  private static final int TYPE = 8;
  private static final int ENCODING = 16;
  private static final int REDIRECT = 32;

  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .dispatcher(new Dispatcher(new Inline()))
          .addInterceptor(this::answer)
          .build();
  private final LogHttp http =
      new LogHttp(
          client,
          "rootwatch/test",
          InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z")),
          new BufferPool(1 << 20));
  private byte[] input = new byte[0];

  @FuzzTest(maxDuration = "5m")
  void rfc6962(byte[] input) throws InterruptedException {
    ask(LogProtocol.RFC6962, input);
  }

  @FuzzTest(maxDuration = "5m")
  void staticTiles(byte[] input) throws InterruptedException {
    ask(LogProtocol.STATIC, input);
  }

  private void ask(LogProtocol protocol, byte[] answer) throws InterruptedException {
    if (answer.length < 2) {
      return;
    }
    input = answer;
    CtLog log = CtLog.custom("log", URI.create("https://log.test/a/"), protocol, KEY);
    LogSources sources = LogSources.of(log, http, new Pace(null, () -> Instant.EPOCH, _ -> {}));
    try {
      ask(sources, answer[0] & 7);
    } catch (SourceException refused) {
      assertThat(refused.getMessage()).hasSizeLessThan(2000).matches("[ -~]*");
      Duration wait = refused.retryAfter();
      assertThat(wait == null || (!wait.isNegative() && wait.compareTo(RetryAfter.LONGEST) <= 0))
          .isTrue();
    }
  }

  private void ask(LogSources sources, int what) throws SourceException, InterruptedException {
    SignedTreeHead head = head(2000);
    switch (what) {
      case 0 -> entries(sources.entries());
      case 1 -> {
        SignedTreeHead latest = sources.heads().latest();
        assertThat(latest.size()).isNotNegative();
      }
      case 2 -> proof(sources.proofs().consistency(1000, head).verifies(ROOT, ROOT));
      case 3 -> {
        ProvenLeaf leaf = sources.proofs().inclusion(1001, head);
        proof(leaf.proof().verifies(leaf.leafHash(), ROOT));
      }
      case 4 -> {
        switch (sources.issuers().issuer(ROOT)) {
          case IssuerAnswer.Found found -> throw new AssertionError("SHA-256 is broken: " + found);
          case IssuerAnswer.Wrong wrong -> assertThat(wrong.given().length).isLessThan(1 << 20);
          case IssuerAnswer.Missing missing -> assertThat(missing).isNotNull();
        }
      }
      default -> proof(sources.proofs().consistency(2000 - what, head).verifies(ROOT, ROOT));
    }
  }

  private static void proof(boolean verified) {
    assertThat(verified).as("a proof of a root that nobody knows a tree of").isFalse();
  }

  private void entries(EntrySource source) throws SourceException, InterruptedException {
    EntryRange asked = new EntryRange(1792, 1800);
    try (EntryWindow window = source.read(asked, 2000)) {
      assertThat(window.count()).isBetween(1, 8);
      assertThat(window.firstIndex()).isEqualTo(1792);
      byte[] hash = new byte[Hash.BYTES];
      for (int i = 0; i < window.count(); i++) {
        window.leafHash(i, Hash.newSha256(), hash, 0);
        if (window.malformed(i) == null) {
          assertThat(window.entry(i).index()).isEqualTo(1792 + i);
        }
      }
    }
  }

  private static SignedTreeHead head(long size) {
    return new SignedTreeHead(KEY.id(), size, ROOT, 0, new byte[0]);
  }

  private Response answer(Interceptor.Chain chain) {
    int flags = input[1];
    int bodyAt = 2;
    String header = "";
    if ((flags & (RETRY_AFTER | TYPE | ENCODING | REDIRECT)) != 0) {
      int end = bodyAt;
      while (end < input.length && input[end] != '\n') {
        end++;
      }
      header = new String(input, bodyAt, end - bodyAt, ISO_8859_1);
      bodyAt = Math.min(input.length, end + 1);
    }
    okhttp3.Headers.Builder headers = new okhttp3.Headers.Builder();
    if ((flags & GZIP) != 0) {
      headers.add("Content-Encoding", "gzip");
    }
    if ((flags & RETRY_AFTER) != 0) {
      headers.addUnsafeNonAscii("Retry-After", header);
    }
    if ((flags & TYPE) != 0) {
      headers.addUnsafeNonAscii("Content-Type", header);
    }
    if ((flags & ENCODING) != 0) {
      headers.addUnsafeNonAscii("Content-Encoding", header);
    }
    if ((flags & REDIRECT) != 0) {
      headers.addUnsafeNonAscii("Location", header);
    }
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(status(flags))
        .message("")
        .headers(headers.build())
        .body(ResponseBody.create(Arrays.copyOfRange(input, bodyAt, input.length), null))
        .build();
  }

  private static int status(int flags) {
    if ((flags & NOT_FOUND) != 0) {
      return 404;
    }
    if ((flags & REDIRECT) != 0) {
      return 302;
    }
    return (flags & RETRY_AFTER) != 0 ? 429 : 200;
  }

  /** Runs what it is given at once: the fuzzer wants the same way for the same input. */
  private static final class Inline extends AbstractExecutorService {
    @Override
    public void execute(Runnable command) {
      command.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}

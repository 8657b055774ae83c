package dev.rootwatch.testlog;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The faults by their words. */
final class FaultWords {
  private static final int MOST = 1_000_000_000;
  private static final int LINE = 90;
  private static final int MOST_MEBIBYTES = 100_000;

  /** In alphabetical order. */
  static final List<FaultWord> ALL =
      List.of(
          word("bad-consistency-proof", ProofFault.BadConsistencyProof::new),
          word("bad-inclusion-proof", ProofFault.BadInclusionProof::new),
          word("changed-entry", "[:INDEX]", a -> new EntryFault.ChangedEntry(a.index(), false)),
          word("changed-entry-once", "[:INDEX]", a -> new EntryFault.ChangedEntry(a.index(), true)),
          word("clock-skew", ":SECONDS", a -> new HeadFault.ClockSkew(a.integer(-MOST, MOST, 0))),
          word("connection-refused", TransportFault.ConnectionRefused::new),
          word(
              "connection-reset",
              "[:BYTES]",
              a -> new TransportFault.ConnectionReset(a.integer(0, MOST, 0))),
          word("data-tile-404", "[:SECONDS]", a -> new TileFault.DataTile404(a.seconds())),
          word("entries-per-second", ":N", a -> new TransportFault.EntriesPerSecond(a.rate())),
          word("fork", "[:INDEX]", a -> new HeadFault.Fork(a.index())),
          word("frozen-head", HeadFault.FrozenHead::new),
          word(
              "future-head",
              "[:SECONDS]",
              a -> new HeadFault.FutureHead(a.integer(1, MOST, 86_400))),
          word(
              "gzip-bomb",
              "[:MIB]",
              a -> new TransportFault.GzipBomb(a.integer(1, MOST_MEBIBYTES, 1024))),
          word("html-page", AnswerFault.HtmlPage::new),
          word("http-429", "[:RETRY_AFTER]", a -> new AnswerFault.TooManyRequests(a.header())),
          word("http-500-html", () -> new AnswerFault.HtmlErrorPage(500)),
          word("http-503", "[:RETRY_AFTER]", a -> new AnswerFault.Unavailable(a.header())),
          word(
              "http-5xx-html",
              ":STATUS",
              a -> new AnswerFault.HtmlErrorPage(a.integer(500, 599, 0))),
          word("log-gone", "[:STATUS]", a -> new AnswerFault.LogGone(a.integer(400, 599, 404))),
          word("misaligned-answers", EntryFault.MisalignedAnswers::new),
          word("more-entries", "[:N]", a -> new EntryFault.MoreEntries(a.integer(1, 10_000, 1))),
          word(
              "oversized-body",
              "[:MIB]",
              a -> new TransportFault.OversizedBody(a.integer(1, MOST_MEBIBYTES, 128))),
          word(
              "partial-tile-404",
              "[:once-full]",
              a -> new TileFault.PartialTile404(a.isWord("once-full"))),
          word("rate-limit", ":N", a -> new AnswerFault.RateLimit(a.rate())),
          word(
              "redirect",
              "[:URL]",
              a -> new AnswerFault.Redirect(a.url("http://elsewhere.invalid/"))),
          word("short-answers", ":N", a -> new EntryFault.ShortAnswers(a.integer(1, MOST, 1))),
          word("shrinking-head", "[:N]", a -> new HeadFault.ShrinkingHead(a.integer(1, MOST, 1))),
          word("slow-body", ":BYTES_PER_SECOND|MILLISms", FaultWords::slowBody),
          word("split-view", "[:INDEX]", a -> new HeadFault.SplitView(a.index())),
          word("stale-head", "[:HOURS]", a -> new HeadFault.StaleHead(a.integer(1, 100_000, 25))),
          word("stalled-body", TransportFault.StalledBody::new),
          word("truncated-body", TransportFault.TruncatedBody::new),
          word("unknown-entry-type", EntryFault.UnknownEntryType::new),
          word("wrong-hash-tile", TileFault.WrongHashTile::new),
          word("wrong-issuer", TileFault.WrongIssuer::new),
          word("wrong-leaf-index", EntryFault.WrongLeafIndex::new),
          word("wrong-signature", HeadFault.WrongSignature::new),
          word("zero-entries", EntryFault.ZeroEntries::new));

  private static final String SECONDS = "[0-9]{1,9}(?:\\.[0-9]{1,3})?";
  private static final Pattern TEXT =
      Pattern.compile(
          "([^:/@]+)(?::(.*?))?(?:/([0-9]{1,9}))?(?:@(" + SECONDS + ")-(" + SECONDS + ")?)?",
          Pattern.DOTALL);

  private FaultWords() {}

  /** Reads several, all of them before complaining about any; see {@link Fault#parse(String)}. */
  static List<Fault> parse(List<String> texts) {
    List<Fault> faults = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    for (String text : texts) {
      try {
        faults.add(parse(text));
      } catch (IllegalArgumentException e) {
        complaints.add(String.valueOf(e.getMessage()));
      }
    }
    if (!complaints.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", complaints) + "\n" + whatThereIs());
    }
    return faults;
  }

  /** In lines that fit a terminal. */
  private static String whatThereIs() {
    StringBuilder lines =
        new StringBuilder("faults are NAME[:ARG][/N][@FROM-TO], and NAME[:ARG] is");
    int column = LINE;
    for (String word : Fault.words()) {
      boolean fits = column + word.length() < LINE;
      lines.append(fits ? " " : "\n  ").append(word);
      column = fits ? column + 1 + word.length() : 2 + word.length();
    }
    return lines.toString();
  }

  private static Fault parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is no fault");
    }
    String name = matcher.group(1);
    Fault fault =
        ALL.stream()
            .filter(word -> word.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no fault \"" + name + "\""))
            .fault(matcher.group(2));
    return scheduled(fault, text, matcher.group(3), matcher.group(4), matcher.group(5));
  }

  private static Fault scheduled(
      Fault fault,
      String text,
      @Nullable String every,
      @Nullable String from,
      @Nullable String until) {
    if (every == null && from == null) {
      return fault;
    }
    try {
      return new ScheduledFault(
          fault,
          every == null ? fault.every() : Integer.parseInt(every),
          from == null ? Duration.ZERO : seconds(from),
          until == null ? null : seconds(until));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + text + "\": " + e.getMessage(), e);
    }
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValueExact());
  }

  private static Fault slowBody(FaultArgument argument) {
    String text = String.valueOf(argument.text());
    return text.endsWith("ms")
        ? new TransportFault.LateBody(
            new FaultArgument(argument.name(), text.substring(0, text.length() - 2))
                .integer(1, MOST, 1))
        : new TransportFault.SlowBody(argument.integer(1, MOST, 1));
  }

  private static FaultWord word(String name, Supplier<Fault> fault) {
    return new FaultWord(name, "", _ -> fault.get());
  }

  private static FaultWord word(String name, String takes, Function<FaultArgument, Fault> maker) {
    return new FaultWord(name, takes, maker);
  }
}

package dev.rootwatch.testlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.ct.LogProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {
  /** The word with an argument where it needs one. */
  static String sample(FaultWord word) {
    String argument = word.name().equals("http-5xx-html") ? "502" : "7";
    return word.takes().startsWith(":") ? word.name() + ":" + argument : word.name();
  }

  @Test
  void parse_words_areFaults() {
    assertThat(Fault.parse("http-429")).isEqualTo(new AnswerFault.TooManyRequests(null));
    assertThat(Fault.parse("http-429:Wed, 21 Oct 2026 07:28:00 UTC"))
        .isEqualTo(new AnswerFault.TooManyRequests("Wed, 21 Oct 2026 07:28:00 UTC"));
    assertThat(Fault.parse("http-429:-5")).isEqualTo(new AnswerFault.TooManyRequests("-5"));
    assertThat(Fault.parse("short-answers:8")).isEqualTo(new EntryFault.ShortAnswers(8));
    assertThat(Fault.parse("http-500-html")).isEqualTo(new AnswerFault.HtmlErrorPage(500));
    assertThat(Fault.parse("slow-body:64")).isEqualTo(new TransportFault.SlowBody(64));
    assertThat(Fault.parse("slow-body:5000ms")).isEqualTo(new TransportFault.LateBody(5000));
    assertThat(Fault.parse("fork")).isEqualTo(new HeadFault.Fork(null));
    assertThat(Fault.parse("fork:7")).isEqualTo(new HeadFault.Fork(7L));
    assertThat(Fault.parse("clock-skew:-60")).isEqualTo(new HeadFault.ClockSkew(-60));
    assertThat(Fault.parse("redirect:http://127.0.0.1:9/"))
        .isEqualTo(new AnswerFault.Redirect("http://127.0.0.1:9"));
    assertThat(Fault.parse("partial-tile-404:once-full"))
        .isEqualTo(new TileFault.PartialTile404(true));
  }

  @Test
  void parse_withSchedule_isScheduled() {
    assertThat(Fault.parse("http-429:5/1@5-20"))
        .isEqualTo(
            new ScheduledFault(
                new AnswerFault.TooManyRequests("5"),
                1,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20)));
    assertThat(Fault.parse("frozen-head@0.5-"))
        .isEqualTo(new ScheduledFault(new HeadFault.FrozenHead(), 1, Duration.ofMillis(500), null));
    assertThat(Fault.parse("http-500-html@1-2"))
        .isEqualTo(
            new ScheduledFault(
                new AnswerFault.HtmlErrorPage(500),
                3,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2)));
  }

  @Test
  void parse_everyWordAlone_isAFaultOrSaysWhatItNeeds() {
    for (FaultWord word : FaultWords.ALL) {
      if (word.takes().startsWith(":")) {
        assertThatThrownBy(() -> Fault.parse(word.name()))
            .hasMessageContaining("fault " + word.name() + " needs");
      } else {
        assertThat(Fault.parse(word.name() + "@1-2")).isInstanceOf(ScheduledFault.class);
      }
    }
    assertThat(FaultWords.ALL.stream().map(FaultWord::name)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void parse_unknownName_refusedNamingAllThereAre() {
    assertThatThrownBy(() -> Fault.parse(List.of("short-answers:8", "htp-429")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no fault \"htp-429\"")
        .satisfies(e -> assertThat(e.getMessage()).contains(Fault.words()))
        // The program cuts what it prints at 400 characters a line.
        .satisfies(e ->
            assertThat(String.valueOf(e.getMessage()).lines())
                .allMatch(line -> line.length() < 100));
  }

  @Test
  void parse_argumentMissingWrongOrNotWanted_refused() {
    assertThatThrownBy(() -> Fault.parse("short-answers")).hasMessageContaining("short-answers:N");
    assertThatThrownBy(() -> Fault.parse("short-answers:0")).hasMessageContaining("above zero");
    assertThatThrownBy(() -> Fault.parse("wrong-signature:1")).hasMessageContaining("no argument");
    assertThatThrownBy(() -> Fault.parse("http-429:a\nb")).hasMessageContaining("printable");
    assertThatThrownBy(() -> Fault.parse("redirect:nowhere")).hasMessageContaining("an address");
    assertThatThrownBy(() -> Fault.parse("frozen-head@20-5")).hasMessageContaining("20");
    assertThatThrownBy(() -> Fault.parse("frozen-head/0")).hasMessageContaining("every 0");
    assertThatThrownBy(() -> Fault.parse("slow-body:0ms")).hasMessageContaining("above zero");
    assertThatThrownBy(() -> Fault.parse("")).hasMessageContaining("is no fault");
  }

  @Test
  void docs_table_hasEveryWordWithItsProtocolsAndWhetherItLies() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../docs/testlog.md"));
    for (FaultWord word : FaultWords.ALL) {
      String row =
          lines.stream()
              .filter(line -> line.startsWith("| `" + word.syntax().replace("|", "\\|") + "` |"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no row for " + word.syntax()));
      Fault fault = Fault.parse(sample(word));
      String[] cells = row.split(" \\| ", -1);
      String protocols = cells[cells.length - 2];
      boolean all = protocols.equals("all");
      for (LogProtocol protocol : LogProtocol.values()) {
        assertThat(all || protocols.contains(protocol.word()))
            .as("%s on %s", word.name(), protocol)
            .isEqualTo(fault.appliesTo(protocol));
      }
      assertThat(cells[cells.length - 1].startsWith("lies"))
          .as("%s lies", word.name())
          .isEqualTo(fault.lies());
    }
  }

  @Test
  void options_unknownOrWrong_refusedWithTheName() {
    assertThatThrownBy(() -> TestlogMain.parse("--prot", "1")).hasMessageContaining("--prot");
    assertThatThrownBy(() -> TestlogMain.parse("--port", "x")).hasMessageContaining("--port");
    assertThatThrownBy(() -> TestlogMain.parse("--protocol", "ct")).hasMessageContaining("hybrid");
    assertThatThrownBy(() -> TestlogMain.parse("--rate")).hasMessageContaining("value");
    assertThat(TestlogMain.parse("--rate", "0.5", "--logs", "3", "--protocol", "all").logCount())
        .isEqualTo(9);
  }
}

package dev.rootwatch.testlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {
  @Test
  void parse_everyWord_isAFault() {
    assertThat(Fault.parse("http-429")).isEqualTo(new Fault.TooManyRequests(null));
    assertThat(Fault.parse("http-429:Wed, 21 Oct 2026 07:28:00 UTC"))
        .isEqualTo(new Fault.TooManyRequests("Wed, 21 Oct 2026 07:28:00 UTC"));
    assertThat(Fault.parse("short-answers:8")).isEqualTo(new Fault.ShortAnswers(8));
    assertThat(Fault.parse("http-500-html")).isEqualTo(new Fault.HtmlErrorPage());
    assertThat(Fault.parse("wrong-signature")).isEqualTo(new Fault.WrongSignature());
    assertThat(Fault.parse("frozen-head")).isEqualTo(new Fault.FrozenHead());
  }

  @Test
  void parse_unknownName_refusedNamingWhatThereIs() {
    assertThatThrownBy(() -> Fault.parse(List.of("short-answers:8", "htp-429")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("htp-429")
        .hasMessageContaining("http-429")
        .hasMessageContaining("short-answers:N");
  }

  @Test
  void parse_argumentMissingOrNotWanted_refused() {
    assertThatThrownBy(() -> Fault.parse("short-answers")).hasMessageContaining("short-answers:8");
    assertThatThrownBy(() -> Fault.parse("short-answers:0")).hasMessageContaining("above zero");
    assertThatThrownBy(() -> Fault.parse("wrong-signature:1")).hasMessageContaining("no argument");
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

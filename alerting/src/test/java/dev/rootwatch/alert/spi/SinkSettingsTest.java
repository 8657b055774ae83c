package dev.rootwatch.alert.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SinkSettingsTest {

  private static SinkSettings settings(Map<String, ?> values) {
    return new SinkSettings("soc", "email", values);
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(call)
        .withMessage("sink soc: " + message);
  }

  @Test
  void getters_valuesOfTheirKind_areGiven() {
    SinkSettings settings =
        settings(
            Map.of(
                "host",
                "smtp.corp.tld",
                "port",
                587,
                "quiet",
                true,
                "wait",
                "90s",
                "to",
                List.of("a@b.tld", Secret.of("c@d.tld")),
                "password",
                Secret.of("hunter2")));

    assertThat(settings.string("host")).isEqualTo("smtp.corp.tld");
    assertThat(settings.integer("port", 25, 1, 65_535)).isEqualTo(587);
    assertThat(settings.flag("quiet", false)).isTrue();
    assertThat(settings.duration("wait", Duration.ZERO, Duration.ZERO, Duration.ofHours(1)))
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(settings.strings("to")).containsExactly("a@b.tld", "c@d.tld");
    assertThat(settings.secret("password").value()).isEqualTo("hunter2");
    settings.refuseUnknown();
  }

  @Test
  void strings_singleText_isAListOfOne() {
    assertThat(settings(Map.of("to", "a@b.tld")).strings("to")).containsExactly("a@b.tld");
  }

  @Test
  void string_missing_saysWhoNeedsIt() {
    assertRefused(
        () -> settings(Map.of()).string("host"), "host: is missing: a sink of type email needs it");
  }

  @Test
  void string_missingAndMisspelt_saysWhatToRename() {
    assertRefused(
        () -> settings(Map.of("hots", "x")).string("host"),
        "host: is missing, and hots is unknown: rename it to host");
  }

  @Test
  void refuseUnknown_misspelt_namesTheNearest() {
    SinkSettings settings = settings(Map.of("host", "x", "prot", 1));
    settings.string("host");
    settings.integer("port", 25, 1, 65_535);
    assertRefused(
        settings::refuseUnknown,
        "prot: is no setting of a sink of type email; did you mean port? It knows: host, port");
  }

  @Test
  void nearest_oneSlipAway_isNamedAndNothingFurther() {
    List<String> words = List.of("logs", "check", "findings");

    assertThat(SinkSettings.nearest("chekc", words)).isEqualTo("; did you mean check?");
    assertThat(SinkSettings.nearest("bogus", words)).isEmpty();
    assertThat(SinkSettings.nearest("bogus", words, "There are"))
        .isEqualTo(". There are: logs, check, findings");
    assertThat(SinkSettings.nearest("findngs", words, "There are"))
        .isEqualTo("; did you mean findings? There are: logs, check, findings");
  }

  @Test
  void getters_valuesOfAnotherKind_areRefusedWithTheLimits() {
    SinkSettings settings =
        settings(
            Map.of(
                "port", 70_000,
                "host", List.of("x"),
                "tls", "startls",
                "wait", "soon",
                "quiet", "yes",
                "empty", " "));

    assertRefused(
        () -> settings.integer("port", 25, 1, 65_535),
        "port: must be a whole number from 1 to 65535");
    assertRefused(() -> settings.string("host"), "host: must be a text");
    assertRefused(
        () -> settings.oneOf("tls", "starttls", List.of("starttls", "tls", "none")),
        "tls: must be one of starttls, tls, none; did you mean starttls?");
    assertRefused(
        () -> settings.duration("wait", Duration.ZERO, Duration.ofSeconds(1), Duration.ofHours(2)),
        "wait: must be a time span from 1s to 2h, such as 30s");
    assertRefused(() -> settings.flag("quiet", true), "quiet: must be true or false");
    assertRefused(() -> settings.string("empty"), "empty: is empty");
  }

  @Test
  void secret_anywhereInAMessage_isStars() {
    assertThat(Secret.of("hunter2")).hasToString("***");
    assertThat("password " + Secret.of("hunter2")).doesNotContain("hunter2");
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).isNotEqualTo(Secret.of("b"));
  }

  @Test
  void colourWanted_followsNoColorAndTheTerminal() {
    assertThat(SinkEnvironment.colourWanted(Map.of(), true)).isTrue();
    assertThat(SinkEnvironment.colourWanted(Map.of("NO_COLOR", ""), true)).isTrue();
    assertThat(SinkEnvironment.colourWanted(Map.of("NO_COLOR", "1"), true)).isFalse();
    assertThat(SinkEnvironment.colourWanted(Map.of(), false)).isFalse();
  }
}

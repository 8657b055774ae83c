package dev.rootwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rootwatch.alert.spi.Audience;
import dev.rootwatch.alert.spi.InvalidSettingException;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.alert.spi.SinkSettings;
import java.time.Duration;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class SinksTest {
  private final Sinks sinks = Sinks.onTheClassPath();
  private final SinkEnvironment environment =
      new SinkEnvironment(System.out, false, new OkHttpClient(), new HeldClock());

  private ConfiguredSink create(String type, Map<String, ?> values) {
    return sinks.create(new SinkSettings("x", type, values), environment);
  }

  @Test
  void types_onTheClassPath_areFound() {
    assertThat(sinks.types()).contains("console", "email", "slack", "webhook");
  }

  @Test
  void create_settingsOfEverySink_makeThePolicy() {
    ConfiguredSink sink =
        create(
            "slack",
            Map.of(
                "url",
                "https://hooks.slack.com/services/T/B/X",
                "maxPerMinute",
                7,
                "digestAfter",
                3,
                "digestWindow",
                "10m"));

    assertThat(sink.audience()).isEqualTo(Audience.PEOPLE);
    assertThat(sink.policy().maxPerMinute()).isEqualTo(7);
    assertThat(sink.policy().atOnce()).isEqualTo(3);
    assertThat(sink.policy().digestWindow()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void create_unknownType_namesTheNearest() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> create("slak", Map.of()))
        .withMessageContaining("slak is no type of sink; did you mean slack?")
        .satisfies(e -> assertThat(e.setting()).isEqualTo("type"));
  }

  @Test
  void create_unknownSetting_isRefused() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> create("console", Map.of("formt", "json")))
        .withMessageContaining("did you mean format?");
  }
}

package dev.rootwatch.alert.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertJson;
import dev.rootwatch.alert.Alerts;
import dev.rootwatch.alert.HostileAlert;
import dev.rootwatch.alert.spi.Delivery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleSinkTest {

  private static String printed(Alert alert, boolean json, boolean colour) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    assertThat(new ConsoleSink(out, json, colour).deliver(alert))
        .isEqualTo(new Delivery.Accepted());
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void deliver_certificate_isABlockWithItsVerdicts() {
    assertThat(printed(Alerts.distrusted(), false, false))
        .isEqualTo(
            """
            HIGH: TrustCor ECA-1 issued a certificate for mail.example.com
              Type          distrusted-issuer
              Issuer        TrustCor ECA-1 (trustcor)
              Issuer key    %2$s, matched by key, confidence high, signature valid
              Reaches       TrustCor RootCert CA-1
              Names         mail.example.com, example.com
              Subject       CN=mail.example.com
              Issuer name   CN=TrustCor ECA-1,O=TrustCor Systems S. de R.L.,C=PA
              Valid         2022-11-01T00:00:00Z to 2023-11-01T00:00:00Z
              Serial        0a0b
              SHA-256       %3$s (precertificate)
              Seen in       log-a entry 7 at 2026-11-24T06:59:07Z, pending
              Rules         distrusted
              First seen    2026-11-24T07:00:00Z
              crt.sh        https://crt.sh/?q=%3$s
              Alert         %1$s revision 1
              PROGRAM  PURPOSE  RESULT        SINCE       WHY
              mozilla  tls      distrusted    2022-11-30  removed (notBefore)
              chrome   tls      distrusted    2022-11-30  removed (notBefore)
              jdk      tls      not-included  2022-11-30  removed (notBefore)

            """
                .formatted(Alerts.ID, Alerts.TRUSTCOR, "12".repeat(32)));
  }

  @Test
  void deliver_withColour_saysTheSame() {
    String coloured = printed(Alerts.distrusted(), false, true);
    assertThat(coloured).contains("\u001b[31m");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", ""))
        .isEqualTo(printed(Alerts.distrusted(), false, false));
  }

  @Test
  void deliver_hostileStrings_areVisibleAndStayOnTheirLines() {
    String text = printed(HostileAlert.alert(), false, false);
    assertThat(text.codePoints())
        .allMatch(p ->
            p == '\n' || (!Character.isISOControl(p) && Character.getType(p) != Character.FORMAT));
    assertThat(text.lines()).noneMatch(line -> line.startsWith("Bcc")).hasSizeLessThan(400);
    assertThat(text).contains("\\u{202e}gro.live").hasSizeLessThan(200_000);
  }

  @Test
  void deliver_json_isOneLine() {
    String line = printed(HostileAlert.alert(), true, true);
    assertThat(line.lines()).hasSize(1);
    assertThat(AlertJson.read(line)).isEqualTo(HostileAlert.alert());
  }

  @Test
  void deliver_outputIsClosed_isTriedAgain() {
    PrintStream broken =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("broken pipe");
              }
            },
            true,
            StandardCharsets.UTF_8);
    assertThat(new ConsoleSink(broken, false, false).deliver(Alerts.distrusted()))
        .isInstanceOf(Delivery.RetryLater.class);
  }
}

package dev.rootwatch.alert.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Alerts;
import dev.rootwatch.alert.HostileAlert;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.Delivery;
import dev.rootwatch.alert.spi.InvalidSettingException;
import dev.rootwatch.alert.spi.Secret;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against GreenMail; STARTTLS and authentication are shown by checks/email. */
class EmailSinkTest {
  private final GreenMail server =
      new GreenMail(
          new ServerSetup[] {patient(ServerSetupTest.SMTP), patient(ServerSetupTest.SMTPS)});

  /** Two seconds, its own limit, are little on a busy machine. */
  private static ServerSetup patient(ServerSetup setup) {
    ServerSetup patient = setup.dynamicPort();
    patient.setServerStartupTimeout(30_000);
    return patient;
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private AlertSink sink(Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("host", "127.0.0.1");
    settings.put("tls", "none");
    settings.put("from", "Rootwatch <rootwatch@corp.tld>");
    settings.put("to", List.of("soc@corp.tld", "ciso@corp.tld"));
    settings.putAll(more);
    return SinkHarness.sink("email", settings);
  }

  private MimeMessage received(Alert alert) throws InterruptedException {
    server.start();
    try (AlertSink sink =
        sink(Map.of("port", server.getSmtp().getPort(), "cc", "audit@corp.tld"))) {
      assertThat(sink.deliver(alert)).isEqualTo(new Delivery.Accepted());
    }
    assertThat(server.getReceivedMessages()).hasSize(3);
    return server.getReceivedMessages()[0];
  }

  private static String part(MimeMessage message, int number)
      throws MessagingException, IOException {
    return ((MimeMultipart) message.getContent()).getBodyPart(number).getContent().toString();
  }

  @Test
  void deliver_certificate_isTextAndHtmlOfTheSame() throws Exception {
    MimeMessage message = received(Alerts.distrusted());

    assertThat(message.getSubject())
        .isEqualTo("[Rootwatch] HIGH: TrustCor ECA-1 issued a certificate for mail.example.com");
    assertThat(message.getMessageID()).isEqualTo("<" + Alerts.ID + ".1@corp.tld>");
    assertThat(message.getHeader("References")).isNull();
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message.getSentDate().toInstant()).isEqualTo(Alerts.NOW);
    assertThat(message.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("soc@corp.tld", "ciso@corp.tld", "audit@corp.tld");
    assertThat(message.getContentType()).startsWith("multipart/alternative");
    assertThat(part(message, 0).replace("\r\n", "\n"))
        .startsWith("HIGH: TrustCor ECA-1")
        .contains("mozilla  tls      distrusted    2022-11-30");
    assertThat(part(message, 1))
        .contains("<td align=\"left\" valign=\"top\">distrusted</td>")
        .contains("<a href=\"https://crt.sh/?q=" + "12".repeat(32) + "\">https://crt.sh/");
  }

  @Test
  void deliver_laterRevision_refersToTheEarlierOnes() throws Exception {
    MimeMessage message = received(HostileAlert.alert());

    assertThat(message.getMessageID()).isEqualTo("<" + Alerts.ID + ".3@corp.tld>");
    assertThat(message.getHeader("References", " ").replaceAll("\\s+", " "))
        .isEqualTo("<" + Alerts.ID + ".1@corp.tld> <" + Alerts.ID + ".2@corp.tld>");
  }

  @Test
  void deliver_hostileStrings_makeNoHeadersAndNoMarkup() throws Exception {
    MimeMessage message = received(HostileAlert.alert());

    assertThat(message.getHeader("Bcc")).isNull();
    assertThat(message.getSubject()).contains("x\\u{d}\\u{a}Bcc: evil@evil.example");
    assertThat(message.getAllRecipients()).hasSize(3);
    assertThat(part(message, 1))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script", "\u202e");
    assertThat(part(message, 0)).doesNotContain("\u202e", "\u001b");
  }

  @Test
  void deliverDigest_many_isOneMailWithAStableId() throws Exception {
    server.start();
    List<Alert> alerts =
        IntStream.range(0, 300)
            .mapToObj(i -> Alerts.of("%064x".formatted(i), AlertType.CROSS_SIGN, Severity.CRITICAL))
            .toList();
    try (AlertSink sink = sink(Map.of("port", server.getSmtp().getPort(), "to", "soc@corp.tld"))) {
      assertThat(sink.deliverDigest(alerts)).hasSize(300).containsOnly(new Delivery.Accepted());
      sink.deliverDigest(alerts.reversed());
    }
    MimeMessage[] messages = server.getReceivedMessages();
    assertThat(messages).hasSize(2);
    assertThat(messages[0].getSubject()).isEqualTo("[Rootwatch] 300 alerts: 300 critical");
    assertThat(messages[0].getMessageID()).isEqualTo(messages[1].getMessageID());
    assertThat(part(messages[0], 0)).contains("and 100 more");
  }

  @Test
  void deliver_starttlsNotOffered_sendsNothing() throws Exception {
    server.start();
    try (AlertSink sink = sink(Map.of("port", server.getSmtp().getPort(), "tls", "starttls"))) {
      assertThat(sink.deliver(Alerts.distrusted())).isInstanceOf(Delivery.RetryLater.class);
    }
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void deliver_certificateNotTrusted_sendsNothing() throws Exception {
    server.start();
    try (AlertSink sink = sink(Map.of("port", server.getSmtps().getPort(), "tls", "tls"))) {
      assertThat(sink.deliver(Alerts.distrusted()).toString())
          .startsWith("RetryLater[reason=TLS: ");
    }
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void deliver_nobodyListens_isTriedAgain() throws InterruptedException {
    try (AlertSink sink = sink(Map.of("port", 1))) {
      assertThat(sink.deliver(Alerts.distrusted()))
          .isEqualTo(new Delivery.RetryLater("no connection", null));
    }
  }

  @Test
  void create_settingsThatCannotWork_areRefused() {
    assertRefused(Map.of("from", "corp.tld"), "from: is no mail address");
    assertRefused(Map.of("to", "a@b.tld\r\nBcc: c@d.tld"), "to: is no mail address");
    assertRefused(Map.of("user", "u"), "password: is missing");
    assertRefused(
        Map.of("user", "u", "password", Secret.of("HUSH")),
        "tls: none would send the password in the clear");
    assertRefused(Map.of("trust", "/no/such/file"), "trust: cannot be read");
    assertRefused(Map.of("tls", "startls"), "did you mean starttls?");
  }

  private void assertRefused(Map<String, ?> settings, String message) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> sink(settings).close())
        .withMessageContaining(message)
        .withMessageNotContaining("HUSH");
  }
}

package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.alert.text.HeaderText;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes mails: text and HTML of the same. The Message-ID comes from alert and revision, so mail
 * servers and readers know a repetition, and later revisions refer to the first, so that readers
 * put them into one thread.
 */
final class EmailMessages {
  private static final String UTF_8 = "UTF-8";
  private static final int MOST_LISTED = 200;

  private final InternetAddress from;
  private final List<InternetAddress> to;
  private final List<InternetAddress> cc;
  private final InstantSource clock;
  private final String domain;

  EmailMessages(
      InternetAddress from,
      List<InternetAddress> to,
      List<InternetAddress> cc,
      InstantSource clock) {
    this.from = from;
    this.to = List.copyOf(to);
    this.cc = List.copyOf(cc);
    this.clock = clock;
    String address = from.getAddress();
    this.domain = address.substring(address.lastIndexOf('@') + 1);
  }

  /** Everybody who gets them. */
  List<Address> recipients() {
    return Stream.concat(to.stream(), cc.stream()).distinct().map(a -> (Address) a).toList();
  }

  MimeMessage of(Alert alert, Session session) throws MessagingException {
    MimeMessage message =
        message(session, alert.deliveryId(), Facts.headline(alert), alert.severity());
    message.setHeader("X-Rootwatch-Alert", alert.deliveryId());
    if (alert.revision() > 1) {
      String first = messageId(alert.id() + ".1");
      String previous = messageId(alert.id() + "." + (alert.revision() - 1));
      message.setHeader("In-Reply-To", previous);
      message.setHeader("References", first.equals(previous) ? first : first + " " + previous);
    }
    return with(new TextReport(false).of(alert), HtmlReport.of(alert), message);
  }

  MimeMessage digest(List<Alert> alerts, Session session) throws MessagingException {
    String headline = Digest.headline(alerts);
    List<List<String>> rows = new ArrayList<>();
    alerts.stream()
        .sorted(Comparator.comparing(Alert::severity, Comparator.<Severity>reverseOrder()))
        .limit(MOST_LISTED)
        .forEach(a -> rows.add(List.of(Facts.headline(a), a.type().word(), a.deliveryId())));
    if (alerts.size() > MOST_LISTED) {
      rows.add(List.of("and " + (alerts.size() - MOST_LISTED) + " more"));
    }
    StringBuilder text = new StringBuilder(headline).append("\n\n");
    rows.forEach(row -> text.append(String.join("\n    ", row)).append('\n'));
    Severity gravest = alerts.stream().map(Alert::severity).reduce(Severity.INFO, Severity::max);
    return with(
        text.toString(),
        HtmlReport.digest(headline, rows),
        message(session, digestId(alerts), headline, gravest));
  }

  /** Headers hold visible text only, without line ends; what is not ASCII is encoded (RFC 2047). */
  private MimeMessage message(Session session, String id, String headline, Severity severity)
      throws MessagingException {
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId(id));
          }
        };
    message.setFrom(from);
    message.setRecipients(Message.RecipientType.TO, to.toArray(Address[]::new));
    if (!cc.isEmpty()) {
      message.setRecipients(Message.RecipientType.CC, cc.toArray(Address[]::new));
    }
    message.setSubject("[Rootwatch] " + HeaderText.of(headline), UTF_8);
    message.setSentDate(Date.from(clock.instant()));
    // RFC 3834: keeps holiday notices and other robots from answering.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("X-Rootwatch-Severity", severity.word());
    if (severity == Severity.CRITICAL) {
      message.setHeader("Importance", "high");
    }
    return message;
  }

  private static MimeMessage with(String text, String html, MimeMessage message)
      throws MessagingException {
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(text, UTF_8);
    MimeBodyPart rich = new MimeBodyPart();
    rich.setText(html, UTF_8, "html");
    message.setContent(new MimeMultipart("alternative", plain, rich));
    message.saveChanges();
    return message;
  }

  private String messageId(String id) {
    return "<" + id + "@" + domain + ">";
  }

  /** The same alerts in the same revisions are the same digest. */
  private static String digestId(List<Alert> alerts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      alerts.stream()
          .map(Alert::deliveryId)
          .sorted()
          .forEach(id -> digest.update((id + "\n").getBytes(StandardCharsets.US_ASCII)));
      return "digest." + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

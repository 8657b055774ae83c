package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.Delivery;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sends mail. {@link SmtpAnswer} says what the server's answers mean.
 *
 * <p>A server may take a message for some addresses and put off others. What it took is remembered,
 * so that a retry goes to the others only.
 */
final class EmailSink implements AlertSink {
  /** Messages that some have and others still wait for. */
  private static final int MOST_PARTIAL = 1000;

  private final SmtpServer server;
  private final EmailMessages messages;
  private final Session session;
  private final Map<String, Set<Address>> settled =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<Address>> eldest) {
          return size() > MOST_PARTIAL;
        }
      };

  EmailSink(SmtpServer server, EmailMessages messages) {
    this.server = server;
    this.messages = messages;
    this.session = server.session();
  }

  @Override
  public Delivery deliver(Alert alert) throws InterruptedException {
    try {
      return send(messages.of(alert, session));
    } catch (MessagingException e) {
      return new Delivery.Rejected("no mail can be made of it: " + e.getClass().getSimpleName());
    }
  }

  @Override
  public List<Delivery> deliverDigest(List<Alert> alerts) throws InterruptedException {
    try {
      return Collections.nCopies(alerts.size(), send(messages.digest(alerts, session)));
    } catch (MessagingException e) {
      Delivery rejected =
          new Delivery.Rejected("no mail can be made of it: " + e.getClass().getSimpleName());
      return Collections.nCopies(alerts.size(), rejected);
    }
  }

  private Delivery send(MimeMessage message) throws InterruptedException, MessagingException {
    String id = message.getMessageID();
    List<Address> recipients = new ArrayList<>(messages.recipients());
    recipients.removeAll(settled.getOrDefault(id, Set.of()));
    try {
      server.send(session, message, recipients);
      settled.remove(id);
      return new Delivery.Accepted();
    } catch (MessagingException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      SmtpAnswer answer = SmtpAnswer.of(e);
      if (e instanceof SendFailedException partly && isPartial(partly)) {
        return afterPartial(id, answer);
      }
      return answer.isPermanent()
          ? new Delivery.Rejected(answer.reason())
          : new Delivery.RetryLater(answer.reason(), null);
    }
  }

  private static boolean isPartial(SendFailedException e) {
    return e.getValidSentAddresses() != null && e.getValidSentAddresses().length > 0;
  }

  /** Somebody has it: that is a delivery, unless the server wants to be asked again for others. */
  private Delivery afterPartial(String id, SmtpAnswer answer) {
    if (answer.temporarilyRefused().isEmpty()) {
      settled.remove(id);
      return new Delivery.Accepted();
    }
    Set<Address> done = new LinkedHashSet<>(messages.recipients());
    done.removeAll(answer.temporarilyRefused());
    settled.merge(
        id,
        done,
        (before, now) -> {
          Set<Address> both = new LinkedHashSet<>(before);
          both.addAll(now);
          return both;
        });
    return new Delivery.RetryLater(
        answer.temporarilyRefused().size() + " addresses put off: " + answer.reason(), null);
  }
}

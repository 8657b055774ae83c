package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.spi.Secret;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;

/**
 * The server that takes our mail. With TLS its certificate must be valid and for its name; with
 * {@code starttls} nothing is sent unless the server offers it, so nobody on the way can talk us
 * out of it.
 *
 * @param trusted sockets that trust a private authority; empty for Java's own
 * @param timeout for connecting, and for each answer
 */
record SmtpServer(
    String host,
    int port,
    Tls tls,
    Optional<SSLSocketFactory> trusted,
    Optional<String> user,
    Optional<Secret> password,
    Duration timeout) {

  /** How the connection is protected. */
  enum Tls {
    STARTTLS(587),
    TLS(465),
    NONE(25);

    private final int port;

    Tls(int port) {
      this.port = port;
    }

    /** The usual port. */
    int port() {
      return port;
    }
  }

  Session session() {
    String millis = Long.toString(timeout.toMillis());
    Properties properties = new Properties();
    properties.put("mail.transport.protocol", "smtp");
    properties.put("mail.smtp.host", host);
    properties.put("mail.smtp.port", Integer.toString(port));
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.auth", Boolean.toString(user.isPresent()));
    properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    properties.put("mail.smtp.starttls.enable", Boolean.toString(tls == Tls.STARTTLS));
    properties.put("mail.smtp.starttls.required", Boolean.toString(tls == Tls.STARTTLS));
    properties.put("mail.smtp.ssl.enable", Boolean.toString(tls == Tls.TLS));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
    properties.put("mail.smtp.socketFactory.fallback", "false");
    // One address that the server refuses must not keep the mail from the others.
    properties.put("mail.smtp.sendpartial", "true");
    trusted.ifPresent(sockets -> properties.put("mail.smtp.ssl.socketFactory", sockets));
    return Session.getInstance(properties);
  }

  /** Sends one message in a connection of its own. */
  void send(Session session, MimeMessage message, List<? extends Address> recipients)
      throws MessagingException {
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect(host, port, user.orElse(null), password.map(Secret::value).orElse(null));
      transport.sendMessage(message, recipients.toArray(Address[]::new));
    }
  }
}

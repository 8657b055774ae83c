package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.AlertSinkFactory;
import dev.rootwatch.alert.spi.Audience;
import dev.rootwatch.alert.spi.Secret;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.alert.spi.SinkSettings;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code type: email}. Settings: {@code host}; {@code tls}, {@code starttls} (the default, and then
 * required), {@code tls} or {@code none}; {@code port} (587, 465, 25); {@code user} and {@code
 * password}; {@code from}; {@code to} and {@code cc}, one or several; {@code trust}, a PEM file of
 * the authorities that may issue the server's certificate (otherwise Java's); {@code timeout} (20
 * s).
 */
public final class EmailSinkFactory implements AlertSinkFactory {
  @Override
  public String type() {
    return "email";
  }

  @Override
  public Audience audience() {
    return Audience.PEOPLE;
  }

  @Override
  public int maxPerMinute() {
    return 30;
  }

  @Override
  public AlertSink create(SinkSettings settings, SinkEnvironment environment) {
    String host = settings.string("host");
    SmtpServer.Tls tls =
        switch (settings.oneOf("tls", "starttls", List.of("starttls", "tls", "none"))) {
          case "starttls" -> SmtpServer.Tls.STARTTLS;
          case "tls" -> SmtpServer.Tls.TLS;
          default -> SmtpServer.Tls.NONE;
        };
    int port = settings.integer("port", tls.port(), 1, 65_535);
    Optional<String> user = settings.optionalString("user");
    Optional<Secret> password = settings.optionalSecret("password");
    if (user.isPresent() != password.isPresent()) {
      throw settings.invalid(
          user.isPresent() ? "password" : "user", "is missing: user and password go together");
    }
    if (user.isPresent() && tls == SmtpServer.Tls.NONE) {
      throw settings.invalid(
          "tls", "none would send the password in the clear: use starttls or tls");
    }
    InternetAddress from = address(settings, "from", settings.string("from"));
    List<InternetAddress> to = addresses(settings, "to", settings.strings("to"));
    List<InternetAddress> cc = addresses(settings, "cc", settings.optionalStrings("cc"));
    Duration timeout =
        settings.duration(
            "timeout", Duration.ofSeconds(20), Duration.ofMillis(100), Duration.ofMinutes(2));
    SmtpServer server =
        new SmtpServer(
            host,
            port,
            tls,
            settings
                .optionalFile("trust")
                .map(f -> TrustedAuthorities.socketsTrusting(f, settings)),
            user,
            password,
            timeout);
    return new EmailSink(server, new EmailMessages(from, to, cc, environment.clock()));
  }

  private static List<InternetAddress> addresses(
      SinkSettings settings, String name, List<String> texts) {
    List<InternetAddress> addresses = new ArrayList<>();
    for (String text : texts) {
      addresses.add(address(settings, name, text));
    }
    return addresses;
  }

  private static InternetAddress address(SinkSettings settings, String name, String text) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      if (address.getAddress().indexOf('@') < 1 || address.isGroup()) {
        throw settings.invalid(name, "is no mail address of the form name@domain: " + text);
      }
      return address;
    } catch (AddressException e) {
      throw settings.invalid(name, "is no mail address of the form name@domain: " + text);
    }
  }
}

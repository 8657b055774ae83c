package dev.rootwatch.daemon.config;

import dev.rootwatch.ct.list.LogListAnswer;
import dev.rootwatch.ct.list.LogListLoader;
import dev.rootwatch.daemon.config.Config.ListConfig;
import dev.rootwatch.daemon.config.Config.LogsConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Log operators want to know whom to write to before they block somebody, so the User-Agent carries
 * an address; the placeholder of an example would make us anonymous (Skylight counts it so).
 */
final class ContactCheck {
  private ContactCheck() {}

  static String usable(String contact) {
    String lower = contact.toLowerCase(Locale.ROOT);
    String host = host(lower);
    if (host.isEmpty() || contact.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "must be a mail address or an https address where log operators reach you");
    }
    for (String example : new String[] {"example.com", "example.org", "example.net", "example"}) {
      if (host.equals(example) || host.endsWith("." + example)) {
        throw new IllegalArgumentException(
            "is an address of an example domain: give one where log operators reach you");
      }
    }
    return contact;
  }

  /** Reading public logs needs a contact; logs on loopback do not ask who we are. */
  static void neededFor(LogsConfig logs, @Nullable String contact, MappingReader root) {
    if (contact == null && !root.mentions("contact") && !areOnLoopback(logs)) {
      root.problemHere(
          "contact",
          "is missing: logs that are not on loopback want to know whom to write to, "
              + "such as contact: soc@your-company.tld");
    }
  }

  private static boolean areOnLoopback(LogsConfig logs) {
    return logs.custom().stream().allMatch(custom -> isLoopback(custom.log().url()))
        && switch (logs.list()) {
          case ListConfig.None _ -> true;
          case ListConfig.FromFile list -> areOnLoopback(list.file());
          case ListConfig.Default _, ListConfig.FromUrl _ -> false;
        };
  }

  /** A list that cannot be read says nothing of its logs: then a contact is wanted. */
  private static boolean areOnLoopback(Path list) {
    return LogListLoader.read(list, null) instanceof LogListAnswer.Loaded loaded
        && loaded.list().logs().stream().allMatch(log -> isLoopback(log.url()));
  }

  static boolean isLoopback(URI url) {
    String host = url.getHost();
    return host != null
        && (host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d+){3}"));
  }

  private static String host(String contact) {
    int at = contact.lastIndexOf('@');
    if (at > 0) {
      return contact.substring(at + 1);
    }
    if (contact.startsWith("https://")) {
      try {
        String host = URI.create(contact).getHost();
        return host == null ? "" : host;
      } catch (IllegalArgumentException noAddress) {
        return "";
      }
    }
    return "";
  }
}

package dev.rootwatch.ct.list;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which addresses of lists and logs we read. */
final class ListAddress {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private ListAddress() {}

  /** https anywhere, http on loopback only. */
  static boolean mayBeRead(URI address) {
    if (address.getScheme() == null || address.getHost() == null) {
      return false;
    }
    return switch (address.getScheme().toLowerCase(Locale.ROOT)) {
      case "https" -> true;
      case "http" -> LOOPBACK.contains(address.getHost().toLowerCase(Locale.ROOT));
      default -> false;
    };
  }

  /** Where the signature of a list lies: at the same place, {@code .json} become {@code .sig}. */
  static Optional<String> signatureOf(String list) {
    return list.endsWith(".json")
        ? Optional.of(list.substring(0, list.length() - ".json".length()) + ".sig")
        : Optional.empty();
  }
}

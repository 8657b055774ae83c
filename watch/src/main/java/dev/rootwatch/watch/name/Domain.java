package dev.rootwatch.watch.name;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A watched domain: the name itself and everything below it.
 *
 * @param text as the operator wrote it
 * @param asciiForms its names in DNS, lower case, without a trailing dot; more than one where IDNA
 *     versions differ
 */
public record Domain(String text, List<String> asciiForms) {
  private static final int MAX_NAME = 253;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");

  public Domain {
    asciiForms = List.copyOf(asciiForms);
  }

  /**
   * Reads a domain in Unicode or as A-labels, in any case, with or without a trailing dot or a
   * leading {@code *.}.
   *
   * @throws IllegalArgumentException when it is no domain name; the message says what to write
   */
  public static Domain parse(String text) {
    String name = text.strip();
    if (name.startsWith("*.")) {
      name = name.substring(2);
    }
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.contains("/") || name.contains(":") || name.contains("@")) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a domain name; write the host alone, such as example.com");
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException("is empty; write a name such as example.com");
    }
    Set<String> forms = Idna.asciiForms(name);
    List<String> valid = forms.stream().filter(Domain::isHostName).toList();
    if (valid.isEmpty()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a domain name: labels have 1 to 63 letters, digits or '-', "
              + "the whole at most 253");
    }
    return new Domain(text, valid);
  }

  private static boolean isHostName(String ascii) {
    if (ascii.length() > MAX_NAME) {
      return false;
    }
    for (String label : ascii.toLowerCase(Locale.ROOT).split("\\.", -1)) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return true;
  }
}

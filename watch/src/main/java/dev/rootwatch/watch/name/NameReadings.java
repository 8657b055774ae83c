package dev.rootwatch.watch.name;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a name that is not a plain host name in every way that a client might, so that nobody hides
 * a watched domain behind a NUL, a space, a U-label or another encoding. Ambiguity fails toward
 * alerting. Seldom needed, so it may allocate.
 */
final class NameReadings {
  /** Longer strings are looked at in part: their beginning and their end. */
  private static final int MAX_BYTES = 2048;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._*-]+");

  /** What separates words in free text; everything that IDNA could map stays. */
  private static final Pattern WORD = Pattern.compile("[^\\x00-\\x20/:@,;=\"'<>()\\[\\]]+");

  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

  private NameReadings() {}

  static boolean find(
      DomainTable table, byte[] source, int offset, int length, boolean @Nullable [] hits) {
    boolean found = false;
    for (String reading : readings(source, offset, length)) {
      byte[] plain = reading.getBytes(StandardCharsets.US_ASCII);
      found |= table.findPlain(plain, 0, plain.length, hits);
      if (found && hits == null) {
        return true;
      }
    }
    return found;
  }

  /** Plain host names that the bytes could mean to somebody. */
  static Set<String> readings(byte[] source, int offset, int length) {
    Set<String> readings = new LinkedHashSet<>();
    if (length <= MAX_BYTES) {
      decode(source, offset, length, readings);
    } else {
      decode(source, offset, MAX_BYTES, readings);
      int even = (offset + length - MAX_BYTES) & 1; // keeps the pairs of UTF-16 together
      int tail = offset + length - MAX_BYTES + (even ^ (offset & 1));
      decode(source, tail, offset + length - tail, readings);
    }
    return readings;
  }

  private static void decode(byte[] source, int offset, int length, Set<String> readings) {
    add(new String(source, offset, length, StandardCharsets.UTF_8), readings);
    add(new String(source, offset, length, StandardCharsets.ISO_8859_1), readings);
    if (length % 2 == 0) {
      add(new String(source, offset, length, StandardCharsets.UTF_16BE), readings);
    }
    if (length % 4 == 0) {
      add(new String(source, offset, length, UTF_32BE), readings);
    }
  }

  private static void add(String text, Set<String> readings) {
    // Everything that is no text at all taken out: "exam\0ple.com" read by a careless client.
    String squeezed = text.replaceAll("[\\p{Cc}\\p{Cf}\\s]", "");
    for (String candidate : new String[] {text, squeezed}) {
      Matcher plain = PLAIN.matcher(candidate);
      while (plain.find()) {
        readings.add(plain.group());
      }
      Matcher words = WORD.matcher(candidate);
      while (words.find()) {
        String word = words.group();
        if (!word.chars().allMatch(c -> c < 128)) {
          readings.addAll(Idna.asciiForms(word));
        }
      }
    }
  }
}

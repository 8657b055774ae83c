package dev.rootwatch.watch.name;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
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
  /**
   * Longer strings are looked at in part: their beginning and their end. A name has 253 characters
   * at most, in UTF-32 four bytes each.
   */
  private static final int MAX_BYTES = 1024;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._*-]+");

  /** What separates words in free text; everything that IDNA could map stays. */
  private static final Pattern WORD = Pattern.compile("[^\\x00-\\x20/:@,;=\"'<>()\\[\\]]+");

  /** Every character that IDNA maps to a full stop, or to something with one in it. */
  private static final Pattern DOT =
      Pattern.compile("[.\u2024-\u2026\u2488-\u249b\u3002\ufe52\uff0e\uff61]");

  private static final Pattern TRAILING_DOTS = Pattern.compile("\\.++$");

  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

  /** What a decoder puts in place of bytes that it cannot decode. */
  private static final char REPLACEMENT = '\ufffd';

  private NameReadings() {}

  static boolean find(
      DomainTable table, byte[] source, int offset, int length, boolean @Nullable [] hits) {
    boolean found = false;
    for (String reading : readings(source, offset, length, table.holdsSingleLabels())) {
      byte[] plain = reading.getBytes(StandardCharsets.US_ASCII);
      found |= table.findPlain(plain, 0, plain.length, hits);
      if (found && hits == null) {
        return true;
      }
    }
    return findUndecodable(table, source, offset, length, hits) || found;
  }

  /** As if each label that cannot be decoded were the one that is watched. */
  static boolean findUndecodable(
      DomainTable table, byte[] source, int offset, int length, boolean @Nullable [] hits) {
    @Nullable String[] labels = labels(source, offset, length);
    return labels.length > 0 && table.findLabels(labels, hits);
  }

  /**
   * The labels of the name as DNS has them, lower case; null where one cannot be decoded: not
   * UTF-8, a control character, an A-label that encodes nothing. Nobody can say which name that is,
   * so it counts as any. Empty when all can be decoded.
   */
  static @Nullable String[] labels(byte[] source, int offset, int length) {
    int from = Math.max(offset, offset + length - MAX_BYTES);
    String name = new String(source, from, offset + length - from, StandardCharsets.UTF_8);
    @Nullable String[] labels =
        TRAILING_DOTS.matcher(name).replaceFirst("").toLowerCase(Locale.ROOT).split("\\.", -1);
    boolean all = true;
    for (int i = 0; i < labels.length; i++) {
      if (!isDecodable(labels[i])) {
        labels[i] = null;
        all = false;
      }
    }
    return all ? new String[0] : labels;
  }

  private static boolean isDecodable(@Nullable String label) {
    return label != null
        && label.indexOf(REPLACEMENT) < 0
        && label.chars().noneMatch(Character::isISOControl)
        && (!label.startsWith(Punycode.PREFIX) || Punycode.isLabel(label));
  }

  /**
   * Plain host names that the bytes could mean to somebody.
   *
   * @param singleLabels whether names without a dot matter, too
   */
  private static Set<String> readings(byte[] source, int offset, int length, boolean singleLabels) {
    Set<String> readings = new LinkedHashSet<>();
    if (length <= MAX_BYTES) {
      decode(source, offset, length, singleLabels, readings);
    } else {
      decode(source, offset, MAX_BYTES, singleLabels, readings);
      int even = (offset + length - MAX_BYTES) & 1; // keeps the pairs of UTF-16 together
      int tail = offset + length - MAX_BYTES + (even ^ (offset & 1));
      decode(source, tail, offset + length - tail, singleLabels, readings);
    }
    return readings;
  }

  private static void decode(
      byte[] source, int offset, int length, boolean singleLabels, Set<String> readings) {
    add(new String(source, offset, length, StandardCharsets.UTF_8), singleLabels, readings);
    add(new String(source, offset, length, StandardCharsets.ISO_8859_1), singleLabels, readings);
    if (length % 2 == 0) {
      add(new String(source, offset, length, StandardCharsets.UTF_16BE), singleLabels, readings);
    }
    if (length % 4 == 0) {
      add(new String(source, offset, length, UTF_32BE), singleLabels, readings);
    }
  }

  private static void add(String text, boolean singleLabels, Set<String> readings) {
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
        boolean ascii = word.chars().allMatch(c -> c < 128);
        if (!ascii && (singleLabels || DOT.matcher(word).find())) {
          readings.addAll(Idna.asciiForms(word));
        }
      }
    }
  }
}

package dev.rootwatch.alert.text;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a label of a host name may be shown in Unicode: letters of one script that is in everyday
 * use, or of a mixture that a language writes, and none that would be taken for an ASCII letter.
 * Stricter than needed: what it refuses is shown by number, nothing is lost.
 *
 * <p>After "highly restrictive" of https://www.unicode.org/reports/tr39/ section 5.2, the
 * recommended scripts of https://www.unicode.org/reports/tr31/ table 5, and what browsers do with
 * scripts whose letters look like Latin ones.
 */
final class SafeLabel {
  private static final Set<UnicodeScript> EVERYDAY =
      EnumSet.of(
          UnicodeScript.ARABIC,
          UnicodeScript.ARMENIAN,
          UnicodeScript.BENGALI,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.CYRILLIC,
          UnicodeScript.DEVANAGARI,
          UnicodeScript.ETHIOPIC,
          UnicodeScript.GEORGIAN,
          UnicodeScript.GREEK,
          UnicodeScript.GUJARATI,
          UnicodeScript.GURMUKHI,
          UnicodeScript.HAN,
          UnicodeScript.HANGUL,
          UnicodeScript.HEBREW,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KANNADA,
          UnicodeScript.KATAKANA,
          UnicodeScript.KHMER,
          UnicodeScript.LAO,
          UnicodeScript.LATIN,
          UnicodeScript.MALAYALAM,
          UnicodeScript.MYANMAR,
          UnicodeScript.ORIYA,
          UnicodeScript.SINHALA,
          UnicodeScript.TAMIL,
          UnicodeScript.TELUGU,
          UnicodeScript.THAANA,
          UnicodeScript.THAI,
          UnicodeScript.TIBETAN);

  private static final List<Set<UnicodeScript>> MIXTURES =
      List.of(
          EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
          EnumSet.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
          EnumSet.of(UnicodeScript.HAN, UnicodeScript.HANGUL));

  /** A label of nothing but these can be taken for an ASCII one. */
  private static final String LOOK_LIKE_LATIN =
      "асԁеһіјӏорԛѕԝхуъьҽпгѵѡ" // Cyrillic
          + "αβγεηικνοπρτυχω" // Greek
          + "ագզէլհյոսւօ" // Armenian
          + "იოყძხჽჿ" // Georgian
          + "דוחיןס"; // Hebrew

  /** Latin letters beyond Latin Extended-A that languages with many readers write. */
  private static final String FURTHER_LATIN = "ơưșțǎǐǒǔǖǘǚǜ";

  private SafeLabel() {}

  static boolean is(String label) {
    if (!Normalizer.isNormalized(label, Normalizer.Form.NFKC)
        || !label.equals(label.toLowerCase(Locale.ROOT))
        || !label.equals(Visible.of(label))) {
      return false;
    }
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    boolean looksLikeLatin = true;
    for (int point : label.codePoints().toArray()) {
      UnicodeScript script = UnicodeScript.of(point);
      boolean letter = Character.isLetter(point);
      if (letter && script == UnicodeScript.LATIN && !isKnownLatin(point)) {
        return false;
      }
      if (!letter && !Character.isDigit(point) && !isMark(point) && point != '-') {
        return false;
      }
      if (script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED) {
        scripts.add(script);
      } else if (letter && point != 'ー') {
        return false; // letters of no script, such as modifiers
      }
      looksLikeLatin &= !letter || LOOK_LIKE_LATIN.indexOf(point) >= 0;
    }
    return EVERYDAY.containsAll(scripts)
        && isOneLanguage(scripts)
        && !looksLikeLatin
        && !isAccented(label, scripts);
  }

  private static boolean isMark(int point) {
    return Visible.isMark(point) || Character.getType(point) == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isKnownLatin(int point) {
    return point < 0x80
        || (point >= 0xdf && point <= 0x17f && point != 'ı' && point != 'ĸ' && point != 'ŋ')
        || (point >= 0x1ea0 && point <= 0x1eff)
        || FURTHER_LATIN.indexOf(point) >= 0;
  }

  private static boolean isOneLanguage(Set<UnicodeScript> scripts) {
    if (scripts.size() == 1) {
      return true;
    }
    Set<UnicodeScript> besideLatin = EnumSet.copyOf(scripts);
    besideLatin.remove(UnicodeScript.LATIN);
    return MIXTURES.stream().anyMatch(mixture -> mixture.containsAll(besideLatin));
  }

  /** Accents that no letter of these scripts has, or there would be one letter for both. */
  private static boolean isAccented(String label, Set<UnicodeScript> scripts) {
    boolean european =
        scripts.contains(UnicodeScript.LATIN)
            || scripts.contains(UnicodeScript.CYRILLIC)
            || scripts.contains(UnicodeScript.GREEK);
    return european && label.codePoints().anyMatch(Visible::isMark);
  }
}

package dev.rootwatch.watch.name;

import java.net.IDN;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ASCII forms of a domain name that is written in Unicode. */
final class Idna {
  /** Full stops of IDNA (RFC 3490 section 3.1) beside the ASCII one. */
  private static final String OTHER_DOTS = "[\u3002\uff0e\uff61]";

  /** In characters; what is longer has no form of 63 bytes, however it is mapped. */
  private static final int LONGEST_LABEL = 256;

  /** In place of a label without an ASCII form: no host has it. */
  private static final String NO_LABEL = "-";

  private Idna() {}

  /**
   * Every ASCII form that a resolver may make of {@code name}: with the mappings of IDNA2003, and
   * in the way of IDNA2008, which keeps ß and ς. Lower case. Empty when it has none. Each label for
   * itself, so that one that has no form does not hide the others.
   */
  static Set<String> asciiForms(String name) {
    String text = Normalizer.normalize(name.replaceAll(OTHER_DOTS, "."), Normalizer.Form.NFC);
    String lower = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    Set<String> forms = new LinkedHashSet<>();
    forms.add(joined(text, Idna::mapped));
    forms.add(joined(lower, Punycode::label));
    forms.removeIf(String::isEmpty);
    return forms;
  }

  private static String joined(String name, UnaryOperator<String> form) {
    return Stream.of(name.split("\\.", -1))
        .map(form)
        .map(label -> isAscii(label) ? label : NO_LABEL)
        .collect(Collectors.joining("."));
  }

  private static boolean isAscii(String label) {
    return label.chars().allMatch(c -> c > 0 && c < 128);
  }

  private static String mapped(String label) {
    if (label.length() > LONGEST_LABEL) {
      return Punycode.label(label);
    }
    try {
      return IDN.toASCII(label, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (RuntimeException noForm) {
      // Not only IllegalArgumentException, as its documentation says: its StringPrep throws others.
      // IDNA2003 has no form for the label; the encoding of IDNA2008 may do.
      return Punycode.label(label.toLowerCase(Locale.ROOT));
    }
  }
}

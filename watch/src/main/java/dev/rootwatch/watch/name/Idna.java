package dev.rootwatch.watch.name;

import java.net.IDN;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ASCII forms of a domain name that is written in Unicode. */
final class Idna {
  /** Full stops of IDNA (RFC 3490 section 3.1) beside the ASCII one. */
  private static final String OTHER_DOTS = "[\u3002\uff0e\uff61]";

  private Idna() {}

  /**
   * Every ASCII form that a resolver may make of {@code name}: with the mappings of IDNA2003, and
   * in the way of IDNA2008, which keeps ß and ς. Lower case. Empty when it has none.
   */
  static Set<String> asciiForms(String name) {
    String text = Normalizer.normalize(name.replaceAll(OTHER_DOTS, "."), Normalizer.Form.NFC);
    Set<String> forms = new LinkedHashSet<>();
    try {
      forms.add(IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT));
    } catch (RuntimeException tooLongOrForbidden) {
      // IDNA2003 has no form for it; IDNA2008's encoding may have. Documented is
      // IllegalArgumentException, but a label of a thousand characters is a bare RuntimeException.
    }
    String lower = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    forms.add(
        Stream.of(lower.split("\\.", -1)).map(Punycode::label).collect(Collectors.joining(".")));
    forms.removeIf(form -> form.isEmpty() || !form.chars().allMatch(c -> c > 0 && c < 128));
    return forms;
  }
}

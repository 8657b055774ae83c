package dev.rootwatch.watch;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogKey;
import dev.rootwatch.watch.distrust.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names of CAs as a rule describes them. Names lie and are sold, so whatever matches by name alone
 * is of low confidence. RE2/J takes time linear in the name, whatever the pattern and whoever wrote
 * the name.
 */
final class NamePattern {
  private static final int LONGEST = 1000;

  /** A pattern, and the keys under which the name is no news. */
  private record Alternative(Pattern name, Set<Hash> notUnder) {}

  private final boolean brands;
  private final List<Alternative> alternatives;

  private NamePattern(boolean brands, List<Alternative> alternatives) {
    this.brands = brands;
    this.alternatives = List.copyOf(alternatives);
  }

  /** Reads a pattern; {@link IllegalArgumentException} says what is wrong with it. */
  static NamePattern ofSubject(String regex) {
    if (regex.isEmpty() || regex.length() > LONGEST) {
      throw new IllegalArgumentException("must have 1 to " + LONGEST + " characters");
    }
    try {
      Pattern pattern = Pattern.compile(regex);
      if (pattern.matcher("").find()) {
        throw new IllegalArgumentException(
            "'" + regex + "' matches every name: say what the name must contain");
      }
      return new NamePattern(false, List.of(new Alternative(pattern, Set.of())));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + regex + "' is not a pattern of RE2: " + e.getDescription() + " " + e.getPattern(),
          e);
    }
  }

  /** The brands of these words; {@link IllegalArgumentException} says which is not known. */
  static NamePattern ofBrands(Collection<String> words, Catalog catalog) {
    List<Brand> known = Brand.bundled();
    List<Alternative> alternatives = new ArrayList<>();
    for (String word : words) {
      Brand brand =
          known.stream()
              .filter(one -> one.id().equals(word))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "'"
                          + word
                          + "' is no brand; there are "
                          + known.stream().map(Brand::id).collect(Collectors.joining(", "))));
      alternatives.add(new Alternative(brand.name(), keysOf(catalog.family(brand.family()))));
    }
    return new NamePattern(true, alternatives);
  }

  private static Set<Hash> keysOf(Optional<Family> family) {
    return family.stream()
        .flatMap(one -> one.keys().stream())
        .map(CatalogKey::spkiSha256)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Whether these are brands that came back, rather than a pattern of the operator's own. */
  boolean isOfBrands() {
    return brands;
  }

  /** Whether a name (RFC 4514) matches, whatever the keys. */
  boolean mayMatch(String name) {
    return alternatives.stream().anyMatch(one -> one.name().matcher(name).find());
  }

  /**
   * Whether one of the names matches, and the keys are not the brand's own.
   *
   * @param names RFC 4514
   * @param keys that of the issuer and what is known to stand above it, and a CA's own
   */
  boolean matches(Collection<String> names, Collection<Hash> keys) {
    return alternatives.stream()
        .anyMatch(one ->
            keys.stream().noneMatch(one.notUnder()::contains)
                && names.stream().anyMatch(name -> one.name().matcher(name).find()));
  }

  @Override
  public String toString() {
    return Arrays.toString(alternatives.stream().map(one -> one.name().pattern()).toArray());
  }
}

package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.CaCertificate;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.authority.Pem;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogKey;
import dev.rootwatch.watch.distrust.Family;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A set of authorities as a rule names it, resolved to keys.
 *
 * @param text as the operator wrote it
 * @param keys SHA-256 of every key that it means: those named, and the known subordinates that
 *     stand below them and nowhere else
 * @param certificates certificates that came with it, so that their keys and names are at hand
 */
record AuthorityMatch(String text, Set<Hash> keys, List<CaCertificate> certificates) {
  /** The word for everything in the catalog that is there for cause. */
  static final String WHOLE_CATALOG = "catalog:*";

  private static final String FORMS =
      "write catalog:*, catalog:FAMILY, key:SPKI_SHA256, cert:SHA256, pem:FILE or owner:LABEL";

  AuthorityMatch {
    keys = Set.copyOf(keys);
    certificates = List.copyOf(certificates);
  }

  /** Everything in the catalog: {@code catalog:*} and every family, whatever its category. */
  static AuthorityMatch wholeCatalog(Catalog catalog, OwnerTable owners) {
    Set<Hash> keys = new LinkedHashSet<>();
    catalog.families().forEach(family -> keys.addAll(keysOf(family)));
    return ofFamilies(WHOLE_CATALOG, keys, catalog, owners);
  }

  /** Without these keys. */
  AuthorityMatch without(Set<Hash> others) {
    Set<Hash> left = new LinkedHashSet<>(keys);
    left.removeAll(others);
    return new AuthorityMatch(text, left, certificates);
  }

  /** Reads what the operator wrote; {@link IllegalArgumentException} says what is wrong. */
  static AuthorityMatch parse(
      String text, Catalog catalog, OwnerTable owners, Catalog.FileReader files) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? "" : text.substring(0, colon);
    String value = text.substring(colon + 1);
    return switch (kind) {
      case "catalog" -> catalog(text, value, catalog, owners);
      case "key" -> withSubordinates(text, Set.of(hash(value, "SPKI")), List.of(), owners);
      case "cert" -> certificate(text, value, catalog, owners);
      case "pem" -> pem(text, value, owners, files);
      case "owner" -> owner(text, value, owners);
      default -> throw new IllegalArgumentException("'" + text + "' names no authority; " + FORMS);
    };
  }

  private static AuthorityMatch catalog(
      String text, String value, Catalog catalog, OwnerTable owners) {
    Set<Hash> keys = new LinkedHashSet<>();
    if (value.equals("*")) {
      for (Family family : catalog.families()) {
        for (Hash key : keysOf(family)) {
          if (catalog.hasEventForCause(key)) {
            keys.add(key);
          }
        }
      }
    } else {
      Family family =
          catalog
              .family(value)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "names a family '"
                          + value
                          + "' that the catalog does not have; it has "
                          + String.join(
                              ", ", catalog.families().stream().map(Family::id).toList())));
      keys.addAll(keysOf(family));
    }
    return ofFamilies(text, keys, catalog, owners);
  }

  /** Without the keys that programs keep although a family signed them. */
  private static AuthorityMatch ofFamilies(
      String text, Set<Hash> named, Catalog catalog, OwnerTable owners) {
    Set<Hash> keys = new LinkedHashSet<>(named);
    keys.addAll(owners.below(named));
    keys.removeIf(catalog::isSomebodyElses);
    return new AuthorityMatch(text, keys, List.of());
  }

  private static List<Hash> keysOf(Family family) {
    return family.keys().stream().map(CatalogKey::spkiSha256).toList();
  }

  private static AuthorityMatch certificate(
      String text, String value, Catalog catalog, OwnerTable owners) {
    Hash sha256 = hash(value, "certificate");
    Optional<Hash> key =
        catalog
            .certificate(sha256)
            .map(dev.rootwatch.watch.distrust.CatalogCertificate::spkiSha256)
            .or(() -> owners.keyOfCertificate(sha256));
    return withSubordinates(
        text,
        Set.of(
            key.orElseThrow(() ->
                new IllegalArgumentException(
                    "names a CA certificate with the SHA-256 "
                        + value
                        + " that is not known here; give the certificate itself with pem:FILE, or "
                        + "its key with key:SPKI_SHA256"))),
        List.of(),
        owners);
  }

  private static AuthorityMatch pem(
      String text, String value, OwnerTable owners, Catalog.FileReader files) {
    List<CaCertificate> certificates = new ArrayList<>();
    try {
      for (Pem.Block block : Pem.certificates(files.read(value))) {
        byte[] der = block.der();
        Optional<CaCertificate> certificate =
            der == null ? Optional.empty() : CaCertificate.of(der);
        certificates.add(
            certificate.orElseThrow(() ->
                new IllegalArgumentException(
                    "names "
                        + value
                        + ", in which the certificate at byte "
                        + block.offset()
                        + " is damaged: mend the file")));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "names the file " + value + ", which cannot be read: create it or mend the path", e);
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "names " + value + ", which holds no PEM certificate (-----BEGIN CERTIFICATE-----)");
    }
    Set<Hash> keys = new LinkedHashSet<>();
    certificates.forEach(certificate -> keys.add(certificate.spkiSha256()));
    return withSubordinates(text, keys, certificates, owners);
  }

  private static AuthorityMatch owner(String text, String value, OwnerTable owners) {
    List<Hash> keys =
        value.equals(OwnerTable.UNKNOWN) || value.equals(OwnerTable.OTHER)
            ? List.of()
            : owners.keysOf(value);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + value + "' is no owner's label" + suggestion(value, owners));
    }
    return new AuthorityMatch(text, new LinkedHashSet<>(keys), List.of());
  }

  private static String suggestion(String value, OwnerTable owners) {
    List<String> close =
        owners.labels().stream()
            .filter(label -> !label.equals(OwnerTable.UNKNOWN) && !label.equals(OwnerTable.OTHER))
            .filter(label -> label.contains(value) || value.contains(label))
            .limit(5)
            .toList();
    return close.isEmpty()
        ? "; the labels are those of the metric rootwatch_issuance_total"
        : "; close to it: " + String.join(", ", close);
  }

  private static AuthorityMatch withSubordinates(
      String text, Set<Hash> named, List<CaCertificate> certificates, OwnerTable owners) {
    Set<Hash> keys = new LinkedHashSet<>(named);
    keys.addAll(owners.below(named));
    return new AuthorityMatch(text, keys, certificates);
  }

  private static Hash hash(String value, String what) {
    try {
      return Hash.ofHex(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + value + "' is not the SHA-256 of a " + what + ": 64 hexadecimal digits are needed",
          e);
    }
  }
}

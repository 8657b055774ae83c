package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogKey;
import dev.rootwatch.watch.distrust.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an issuing key is called in metrics: the label of its owner. A key that only the catalog
 * knows, its overlay included, has the label of its family's other keys, or else that of small
 * owners: it is no stranger. Immutable.
 */
final class AuthorityLabels {
  private final OwnerTable owners;

  /** Keys of the catalog that have no owner's label of their own. */
  private final KeyTable keys;

  private final List<String> labels;

  private AuthorityLabels(OwnerTable owners, Map<Hash, String> others) {
    this.owners = owners;
    this.keys = KeyTable.of(new ArrayList<>(others.keySet()));
    this.labels = List.copyOf(others.values());
  }

  static AuthorityLabels of(OwnerTable owners, Catalog catalog) {
    Map<Hash, String> others = new LinkedHashMap<>();
    for (Family family : catalog.families()) {
      String label = label(family, owners);
      for (CatalogKey key : family.keys()) {
        if (owners.label(key.spkiSha256()).isEmpty()) {
          others.putIfAbsent(key.spkiSha256(), label);
        }
      }
    }
    return new AuthorityLabels(owners, others);
  }

  private static String label(Family family, OwnerTable owners) {
    return family.keys().stream()
        .map(key -> owners.label(key.spkiSha256()))
        .flatMap(Optional::stream)
        .filter(label -> !label.equals(OwnerTable.OTHER))
        .findFirst()
        .orElse(OwnerTable.OTHER);
  }

  /** The label of the 32 bytes from {@code offset}; {@link OwnerTable#UNKNOWN} for strangers. */
  String of(byte[] bytes, int offset) {
    int number = keys.find(bytes, offset);
    return number == KeyTable.ABSENT ? owners.label(bytes, offset) : labels.get(number);
  }
}

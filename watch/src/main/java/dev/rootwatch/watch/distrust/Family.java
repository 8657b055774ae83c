package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import java.util.List;
import java.util.Optional;

/**
 * A CA and what root programs did about it.
 *
 * @param id short, stable word
 * @param owner who it is
 * @param category why it is here
 * @param keys its root keys, then its subordinates' keys
 * @param certificates CA certificates over those keys
 * @param events what the programs did
 */
public record Family(
    String id,
    String owner,
    Category category,
    List<CatalogKey> keys,
    List<CatalogCertificate> certificates,
    List<DistrustEvent> events) {

  public Family {
    keys = List.copyOf(keys);
    certificates = List.copyOf(certificates);
    events = List.copyOf(events);
  }

  /** The family's key with this hash. */
  public Optional<CatalogKey> key(Hash spkiSha256) {
    return keys.stream().filter(key -> key.spkiSha256().equals(spkiSha256)).findFirst();
  }
}

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
 * @param summary the case in a sentence or two; empty when not told
 * @param keys its root keys, then its subordinates' keys
 * @param certificates CA certificates over those keys
 * @param events what the programs did
 * @param exempt keys of others that some program keeps although this family signed them; no rule
 *     that names the family means them
 * @param exemptCertificates CA certificates over those keys, whoever signed them
 * @param crossSigned certificates by which this family signed keys of others: what stands below
 *     those keys is none of its issuance
 * @param fingerprints single certificates that belong to the case
 */
public record Family(
    String id,
    String owner,
    Category category,
    String summary,
    List<CatalogKey> keys,
    List<CatalogCertificate> certificates,
    List<DistrustEvent> events,
    List<CatalogKey> exempt,
    List<CatalogCertificate> exemptCertificates,
    List<CatalogCertificate> crossSigned,
    List<Fingerprint> fingerprints) {

  public Family {
    keys = List.copyOf(keys);
    certificates = List.copyOf(certificates);
    events = List.copyOf(events);
    exempt = List.copyOf(exempt);
    exemptCertificates = List.copyOf(exemptCertificates);
    crossSigned = List.copyOf(crossSigned);
    fingerprints = List.copyOf(fingerprints);
  }

  /** The family's key with this hash. */
  public Optional<CatalogKey> key(Hash spkiSha256) {
    return keys.stream().filter(key -> key.spkiSha256().equals(spkiSha256)).findFirst();
  }
}

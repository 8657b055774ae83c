package dev.rootwatch.daemon.cli;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogCertificate;
import dev.rootwatch.watch.distrust.CatalogKey;
import dev.rootwatch.watch.distrust.DistrustEvent;
import dev.rootwatch.watch.distrust.Family;
import dev.rootwatch.watch.distrust.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A family of the catalog as {@code catalog show --json} prints it. */
record FamilyReport(
    String schema,
    String id,
    String owner,
    String category,
    String summary,
    List<Key> keys,
    List<Key> exempt,
    List<Certificate> certificates,
    List<Certificate> crossSigned,
    List<Single> fingerprints,
    List<Event> events,
    String catalogVersion) {

  record Key(
      String spkiSha256,
      String name,
      boolean root,
      @Nullable String anchor,
      List<String> anchors,
      String evidence) {}

  record Single(@Nullable String sha256, @Nullable String sha1, String name, String evidence) {}

  record Certificate(
      String sha256,
      String spkiSha256,
      @Nullable String issuerSpkiSha256,
      String subject,
      Instant notBefore,
      Instant notAfter,
      String evidence) {}

  record Event(
      String program,
      String kind,
      List<String> purposes,
      @Nullable Instant announced,
      @Nullable Instant effective,
      @Nullable Instant latest,
      @Nullable Instant seen,
      @Nullable Instant from,
      @Nullable Instant to,
      String basis,
      @Nullable String boundary,
      @Nullable String unit,
      String keyedOn,
      List<String> keys,
      List<String> certificates,
      List<String> except,
      List<String> permitted,
      boolean forCause,
      String citation) {}

  static FamilyReport of(Family family, Catalog catalog) {
    return new FamilyReport(
        "rootwatch.family/v1",
        family.id(),
        family.owner(),
        family.category().word(),
        family.summary(),
        family.keys().stream().map(FamilyReport::key).toList(),
        family.exempt().stream().map(FamilyReport::key).toList(),
        Stream.concat(family.certificates().stream(), family.exemptCertificates().stream())
            .map(FamilyReport::certificate)
            .toList(),
        family.crossSigned().stream().map(FamilyReport::certificate).toList(),
        family.fingerprints().stream().map(FamilyReport::single).toList(),
        family.events().stream().map(FamilyReport::event).toList(),
        catalog.version());
  }

  private static Key key(CatalogKey key) {
    return new Key(
        key.spkiSha256().toString(),
        key.name(),
        key.root(),
        text(key.anchor()),
        key.anchors().stream().map(Hash::toString).toList(),
        key.evidence().word());
  }

  private static Single single(Fingerprint fingerprint) {
    boolean sha1 = fingerprint.algorithm().equals("sha1");
    return new Single(
        sha1 ? null : fingerprint.hex(),
        sha1 ? fingerprint.hex() : null,
        fingerprint.name(),
        fingerprint.evidence().word());
  }

  private static Certificate certificate(CatalogCertificate certificate) {
    return new Certificate(
        certificate.sha256().toString(),
        certificate.spkiSha256().toString(),
        text(certificate.issuerSpkiSha256()),
        certificate.subject(),
        certificate.notBefore(),
        certificate.notAfter(),
        certificate.evidence().word());
  }

  private static Event event(DistrustEvent event) {
    return new Event(
        event.program().word(),
        event.kind().word(),
        event.purposes().stream().sorted().map(purpose -> purpose.word()).toList(),
        event.announced(),
        event.effective(),
        event.latest(),
        event.seen(),
        event.window() == null ? null : event.window().from(),
        event.window() == null ? null : event.window().to(),
        event.basis().word(),
        event.boundary() == null ? null : event.boundary().word(),
        event.unit() == null ? null : event.unit().word(),
        event.keyedOn().word(),
        texts(event.keys()),
        texts(event.certificates()),
        texts(event.except()),
        event.permitted(),
        event.forCause(),
        event.citation());
  }

  private static List<String> texts(Set<Hash> hashes) {
    return hashes.stream().sorted().map(Hash::toString).toList();
  }

  private static @Nullable String text(@Nullable Hash hash) {
    return hash == null ? null : hash.toString();
  }
}

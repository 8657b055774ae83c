package dev.rootwatch.daemon.cli;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogCertificate;
import dev.rootwatch.watch.distrust.CatalogKey;
import dev.rootwatch.watch.distrust.DistrustEvent;
import dev.rootwatch.watch.distrust.Family;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A family of the catalog as {@code catalog show --json} prints it. */
record FamilyReport(
    String schema,
    String id,
    String owner,
    String category,
    List<Key> keys,
    List<Certificate> certificates,
    List<Event> events,
    String catalogVersion) {

  record Key(String spkiSha256, String name, boolean root, @Nullable String anchor) {}

  record Certificate(
      String sha256,
      String spkiSha256,
      @Nullable String issuerSpkiSha256,
      String subject,
      Instant notBefore,
      Instant notAfter) {}

  record Event(
      String program,
      String kind,
      List<String> purposes,
      @Nullable Instant announced,
      @Nullable Instant effective,
      @Nullable Instant seen,
      String basis,
      @Nullable String boundary,
      @Nullable String unit,
      List<String> keys,
      List<String> certificates,
      String citation) {}

  static FamilyReport of(Family family, Catalog catalog) {
    return new FamilyReport(
        "rootwatch.family/v1",
        family.id(),
        family.owner(),
        family.category().word(),
        family.keys().stream().map(FamilyReport::key).toList(),
        family.certificates().stream().map(FamilyReport::certificate).toList(),
        family.events().stream().map(FamilyReport::event).toList(),
        catalog.version());
  }

  private static Key key(CatalogKey key) {
    return new Key(key.spkiSha256().toString(), key.name(), key.root(), text(key.anchor()));
  }

  private static Certificate certificate(CatalogCertificate certificate) {
    return new Certificate(
        certificate.sha256().toString(),
        certificate.spkiSha256().toString(),
        text(certificate.issuerSpkiSha256()),
        certificate.subject(),
        certificate.notBefore(),
        certificate.notAfter());
  }

  private static Event event(DistrustEvent event) {
    return new Event(
        event.program().word(),
        event.kind().word(),
        event.purposes().stream().sorted().map(purpose -> purpose.word()).toList(),
        event.announced(),
        event.effective(),
        event.seen(),
        event.basis().word(),
        event.boundary() == null ? null : event.boundary().word(),
        event.unit() == null ? null : event.unit().word(),
        event.keys().stream().sorted().map(Hash::toString).toList(),
        event.certificates().stream().sorted().map(Hash::toString).toList(),
        event.citation());
  }

  private static @Nullable String text(@Nullable Hash hash) {
    return hash == null ? null : hash.toString();
  }
}

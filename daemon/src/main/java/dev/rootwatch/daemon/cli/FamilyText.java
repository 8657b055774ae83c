package dev.rootwatch.daemon.cli;

import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogCertificate;
import dev.rootwatch.watch.distrust.CatalogKey;
import dev.rootwatch.watch.distrust.DistrustEvent;
import dev.rootwatch.watch.distrust.Family;
import java.util.stream.Collectors;

/** A family of the catalog for people. */
final class FamilyText {
  private FamilyText() {}

  static void print(Family family, Catalog catalog, Output output) {
    output.line(
        Shown.text(
            family.id()
                + ": "
                + family.owner()
                + ", "
                + family.category().word()
                + " (catalog "
                + catalog.version()
                + ")"));
    output.line("");
    Table keys = new Table("KEY (SHA-256 OF SPKI)", "ROOT", "NAME");
    for (CatalogKey key : family.keys()) {
      keys.row(key.spkiSha256(), key.root() ? "root" : "-", key.name());
    }
    output.table(keys);
    output.line("");
    Table certificates = new Table("CERTIFICATE (SHA-256)", "FROM", "TO", "SUBJECT");
    for (CatalogCertificate certificate : family.certificates()) {
      certificates.row(
          certificate.sha256(),
          certificate.notBefore(),
          certificate.notAfter(),
          certificate.subject());
    }
    output.table(certificates);
    output.line("");
    Table events = new Table("PROGRAM", "EVENT", "PURPOSES", "ANNOUNCED", "EFFECTIVE", "CITATION");
    for (DistrustEvent event : family.events()) {
      events.row(
          event.program().word(),
          event.kind().word(),
          event.purposes().stream()
              .sorted()
              .map(purpose -> purpose.word())
              .collect(Collectors.joining(",")),
          Shown.orDash(event.announced()),
          Shown.orDash(event.effective()),
          event.citation());
    }
    output.table(events);
  }
}

package dev.rootwatch.daemon.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rootwatch.alert.VerdictRow;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.daemon.AlertFacts;
import dev.rootwatch.daemon.CatalogLoader;
import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogException;
import dev.rootwatch.watch.distrust.Family;
import dev.rootwatch.watch.distrust.Purpose;
import dev.rootwatch.watch.distrust.RootInclusion;
import dev.rootwatch.watch.distrust.Verdicts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What each root program says of a certificate issued under a key, without a certificate. */
@Command(
    name = "verdict",
    description = "What root programs say of a certificate issued under a key.")
final class VerdictCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "SPKI_SHA256",
      converter = Hashes.class,
      description = "SHA-256 of the issuer's SubjectPublicKeyInfo.")
  @SuppressWarnings("NullAway.Init") // required
  private Hash key;

  @Option(
      names = "--not-before",
      paramLabel = "TIME",
      converter = Instants.class,
      description = "The certificate's notBefore.")
  private @Nullable Instant notBefore;

  @Option(
      names = "--sct",
      paramLabel = "TIME",
      converter = Instants.class,
      description = "Timestamp of an SCT; once for each that is known.")
  private List<Instant> scts = List.of();

  @Option(
      names = "--purpose",
      paramLabel = "PURPOSE",
      converter = Words.Purposes.class,
      description = "tls (default), smime or code.")
  private Purpose purpose = Purpose.TLS;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = Instants.class,
      description = "The instant of the question; now.")
  private @Nullable Instant at;

  @Option(names = "--why", description = "Say how each verdict came about.")
  private boolean why;

  VerdictCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  private record Report(
      String schema,
      String key,
      @Nullable String family,
      List<VerdictRow> verdicts,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Why why) {}

  private record Why(List<String> verdicts) {}

  @Override
  public Integer call() throws ConfigException, CatalogException, IOException {
    @Nullable Path file = rootwatch.toldConfigFile();
    @Nullable Config config = file == null ? null : rootwatch.loader().withoutSecrets().load(file);
    Catalog catalog = CatalogLoader.load(config);
    Instant asOf = at == null ? rootwatch.terminal().clock().instant() : at;
    List<VerdictRow> rows =
        new Verdicts(catalog, RootInclusion.bundled(OwnerTable.bundled()))
            .of(Verdicts.Question.ofKey(key, notBefore, scts, Set.of(purpose)), asOf).stream()
                .map(AlertFacts::verdict)
                .toList();
    @Nullable String family = catalog.familyOf(key).map(Family::id).orElse(null);
    Output output = rootwatch.output();
    if (rootwatch.json()) {
      @Nullable Why reasons = why ? new Why(VerdictWhy.of(rows, notBefore)) : null;
      output.json(new Report("rootwatch.verdict/v1", key.toString(), family, rows, reasons));
    } else {
      output.line(key + (family == null ? ": in no family of the catalog" : ": " + family));
      output.table(VerdictTable.of(rows, true));
      if (why) {
        VerdictWhy.of(rows, notBefore).forEach(line -> output.line("why " + line));
      }
    }
    return ExitCode.DONE;
  }
}

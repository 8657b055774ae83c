package dev.rootwatch.ct.source;

import dev.rootwatch.ct.CtLog;

/**
 * A log, as the four things that can be asked of it. Every protocol is one composition.
 *
 * @param heads its signed tree heads
 * @param entries its entries
 * @param proofs its proofs
 * @param issuers the certificates that its entries name by fingerprint
 */
public record LogSources(
    HeadSource heads, EntrySource entries, ProofSource proofs, IssuerSource issuers) {

  /**
   * The sources of a log, by its protocol. Nothing is asked yet.
   *
   * @throws IllegalArgumentException when the log's url is no http or https url
   */
  public static LogSources of(CtLog log, LogHttp http) {
    return of(log, http, Pace.unlimited());
  }

  /**
   * As above.
   *
   * @param pace of all requests to this log
   */
  public static LogSources of(CtLog log, LogHttp http, Pace pace) {
    LogSite site = new LogSite(log, http, pace);
    HashTiles tiles = new HashTiles(site);
    EntrySource getEntries =
        new Rfc6962Entries(site, new ScanningGetEntriesParser(new JacksonGetEntriesParser()));
    return switch (log.protocol()) {
      case RFC6962 ->
          new LogSources(
              SignedHeads.ofGetSth(site),
              getEntries,
              new Rfc6962Proofs(site, getEntries),
              IssuerSource.none());
      case STATIC ->
          new LogSources(
              SignedHeads.ofCheckpoint(site),
              new TileEntries(site, tiles),
              new TileProofs(tiles),
              new TileIssuers(site));
      case HYBRID ->
          new LogSources(
              SignedHeads.ofGetSth(site),
              new TileEntries(site, tiles),
              new Rfc6962Proofs(site, getEntries),
              new TileIssuers(site));
    };
  }
}

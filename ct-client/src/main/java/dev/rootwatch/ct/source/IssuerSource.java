package dev.rootwatch.ct.source;

import dev.rootwatch.ct.Hash;

/** Where the certificates come from that a static log's entries name by fingerprint. */
public interface IssuerSource {
  /**
   * The certificate with this SHA-256.
   *
   * @throws SourceException when the log does not answer
   */
  IssuerAnswer issuer(Hash fingerprint) throws SourceException, InterruptedException;

  /** For logs whose entries carry their chains: knows nothing. */
  static IssuerSource none() {
    return fingerprint -> new IssuerAnswer.Missing();
  }
}

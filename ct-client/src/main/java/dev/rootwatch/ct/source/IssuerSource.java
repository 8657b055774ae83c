package dev.rootwatch.ct.source;

import dev.rootwatch.ct.Hash;
import java.util.Optional;

/** Where the certificates come from that a static log's entries name by fingerprint. */
public interface IssuerSource {
  /**
   * The DER certificate with this SHA-256, the hash checked; empty when the log does not have it or
   * gives other bytes.
   */
  Optional<byte[]> issuer(Hash fingerprint) throws SourceException, InterruptedException;

  /** For logs whose entries carry their chains: knows nothing. */
  static IssuerSource none() {
    return fingerprint -> Optional.empty();
  }
}

package dev.rootwatch.watch.authority;

import dev.rootwatch.ct.Hash;
import java.util.Optional;

/**
 * An edge of the graph of authorities: a CA certificate whose signature was verified under a key.
 *
 * @param certificate the child's
 * @param issuerKey SHA-256 of the key that signed it
 */
public record LearnedAuthority(CaCertificate certificate, Hash issuerKey) {

  /** As it was stored, the signature verified then; empty when the certificate cannot be read. */
  public static Optional<LearnedAuthority> ofStored(byte[] der, Hash issuerKey) {
    return CaCertificate.of(der).map(certificate -> new LearnedAuthority(certificate, issuerKey));
  }

  /** SHA-256 of the key that is learned. */
  public Hash key() {
    return certificate.spkiSha256();
  }
}

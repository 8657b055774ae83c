package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A CA certificate of a family.
 *
 * @param sha256 of the DER certificate
 * @param spkiSha256 SHA-256 of its key
 * @param issuerSpkiSha256 SHA-256 of the key that signed it, the signature verified; null when not
 *     known
 * @param subject RFC 4514 text
 * @param subjectDer the DER Name, as leaves repeat it in their issuer field; shared, read-only
 * @param ski subject key identifier, as leaves repeat it in their AKI; null when it has none
 * @param notBefore start of validity
 * @param notAfter end of validity
 * @param der the certificate, when it is at hand; shared, read-only
 */
@SuppressWarnings("ArrayRecordComponent")
public record CatalogCertificate(
    Hash sha256,
    Hash spkiSha256,
    @Nullable Hash issuerSpkiSha256,
    String subject,
    byte[] subjectDer,
    byte @Nullable [] ski,
    Instant notBefore,
    Instant notAfter,
    byte @Nullable [] der) {

  /** Whether its own key signed it. */
  public boolean selfSigned() {
    return issuerSpkiSha256 != null && spkiSha256.equals(issuerSpkiSha256);
  }
}

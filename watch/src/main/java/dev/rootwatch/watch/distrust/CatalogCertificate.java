package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CA certificate of a family.
 *
 * @param sha256 of the DER certificate
 * @param spkiSha256 SHA-256 of its key
 * @param issuerSpkiSha256 SHA-256 of the key that signed it, the signature verified; null when not
 *     known
 * @param subject RFC 4514 text
 * @param subjectNames the subject as DER Names, as leaves repeat it in their issuer field: as it
 *     stands in the certificate when that is at hand, then the usual encodings; shared
 * @param ski subject key identifier, as leaves repeat it in their AKI; null when it has none
 * @param notBefore start of validity
 * @param notAfter end of validity
 * @param der the certificate, when it is at hand; shared, read-only
 */
@SuppressWarnings("ArrayRecordComponent") // shared, read-only
public record CatalogCertificate(
    Hash sha256,
    Hash spkiSha256,
    @Nullable Hash issuerSpkiSha256,
    String subject,
    List<byte[]> subjectNames,
    byte @Nullable [] ski,
    Instant notBefore,
    Instant notAfter,
    byte @Nullable [] der) {

  public CatalogCertificate {
    subjectNames = List.copyOf(subjectNames);
  }

  /** Whether its own key signed it. */
  public boolean selfSigned() {
    return issuerSpkiSha256 != null && issuerSpkiSha256.equals(spkiSha256);
  }

  /** What its facts rest on. */
  public Evidence evidence() {
    return der != null ? Evidence.BYTES : Evidence.TABLE;
  }

  CatalogCertificate signedBy(@Nullable Hash signer) {
    return new CatalogCertificate(
        sha256, spkiSha256, signer, subject, subjectNames, ski, notBefore, notAfter, der);
  }
}

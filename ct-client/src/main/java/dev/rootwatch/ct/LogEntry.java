package dev.rootwatch.ct;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a log, read whole. Made for what somebody wants to look at: a match, a replayed row.
 * The hot path reads the same facts by offset from an {@code EntryWindow}.
 *
 * <p>Arrays are not copied; treat them as read-only.
 *
 * @param index position in the log
 * @param timestamp when the log took it in, milliseconds since the epoch
 * @param type entry_type of RFC 6962 section 3.4: {@link #X509} or {@link #PRECERT}, others unknown
 * @param issuerKeyHash SHA-256 of the issuing CA's SubjectPublicKeyInfo; precertificate entries
 *     only
 * @param signedCertificate what the leaf commits to: the DER certificate, or the TBSCertificate of
 *     a precertificate entry
 * @param precertificate the whole precertificate in DER; precertificate entries only. It lies
 *     outside the Merkle tree
 * @param chain the issuers as the log gives them, nearest first, outside the Merkle tree: DER
 *     certificates (RFC 6962) or nothing where only {@code chainFingerprints} are given
 * @param chainFingerprints SHA-256 of the issuers' certificates (static-ct-api); empty for RFC 6962
 * @param leafHash the Merkle leaf hash
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of one entry, documented as shared
public record LogEntry(
    long index,
    long timestamp,
    int type,
    @Nullable Hash issuerKeyHash,
    byte[] signedCertificate,
    byte @Nullable [] precertificate,
    List<byte[]> chain,
    List<Hash> chainFingerprints,
    Hash leafHash) {
  /** entry_type x509_entry. */
  public static final int X509 = 0;

  /** entry_type precert_entry. */
  public static final int PRECERT = 1;
}

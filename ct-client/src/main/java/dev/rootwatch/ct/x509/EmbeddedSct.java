package dev.rootwatch.ct.x509;

import dev.rootwatch.ct.LogId;

/**
 * A Signed Certificate Timestamp (RFC 6962 section 3.2) as it stands in a certificate: a log's
 * promise, not checked.
 *
 * @param logId which log promised
 * @param timestamp when, milliseconds since the epoch
 * @param leafIndex the leaf_index extension (static-ct-api): where in the log; -1 when there is
 *     none
 * @param hashAlgorithm TLS HashAlgorithm of the signature; 4 is sha256
 * @param signatureAlgorithm TLS SignatureAlgorithm; 3 is ecdsa, 1 is rsa
 * @param signature the signature, not copied: treat as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of one SCT, documented as shared
public record EmbeddedSct(
    LogId logId,
    long timestamp,
    long leafIndex,
    int hashAlgorithm,
    int signatureAlgorithm,
    byte[] signature) {}

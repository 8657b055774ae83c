package dev.rootwatch.ct.source;

/** What a log says when it is asked for the certificate with a fingerprint. */
public sealed interface IssuerAnswer {
  /** The certificate; its SHA-256 is the fingerprint. The array is the receiver's. */
  @SuppressWarnings("ArrayRecordComponent")
  record Found(byte[] der) implements IssuerAnswer {}

  /** The log does not have it, or carries chains in its entries. */
  record Missing() implements IssuerAnswer {}

  /** The log gave bytes that have another hash: proof that it serves what it should not. */
  @SuppressWarnings("ArrayRecordComponent")
  record Wrong(byte[] given) implements IssuerAnswer {}
}

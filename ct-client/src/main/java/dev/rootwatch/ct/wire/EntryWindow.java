package dev.rootwatch.ct.wire;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogEntry;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive entries of one log as one byte array and offsets into it: what a source hands to the
 * hasher and the examiner. No object per entry.
 *
 * <p>The bytes belong to the window until {@link #close()}, which returns the buffer for reuse;
 * whoever needs bytes longer copies them ({@link #entry}). One thread at a time.
 *
 * <p>A malformed entry is a value: {@link #malformed} says why, its leaf still hashes, its
 * neighbours are untouched.
 */
@SuppressWarnings({"DoNotCallSuggester", "unused", "UnusedVariable"})
public final class EntryWindow implements AutoCloseable {
  // SKELETON: replaced by its owner.

  public EntryRange range() {
    throw new UnsupportedOperationException();
  }

  public long firstIndex() {
    throw new UnsupportedOperationException();
  }

  public int count() {
    throw new UnsupportedOperationException();
  }

  /** The buffer that all offsets point into. Read-only for everybody but the source. */
  public byte[] bytes() {
    throw new UnsupportedOperationException();
  }

  /** Bytes received from the network for this window, before inflation. */
  public long transferredBytes() {
    throw new UnsupportedOperationException();
  }

  /** Why entry {@code i} of the window cannot be read, or null when it can. */
  public @Nullable MalformedEntry malformed(int i) {
    throw new UnsupportedOperationException();
  }

  /** Milliseconds since the epoch. */
  public long timestamp(int i) {
    throw new UnsupportedOperationException();
  }

  /** entry_type: {@link LogEntry#X509}, {@link LogEntry#PRECERT} or an unknown number. */
  public int type(int i) {
    throw new UnsupportedOperationException();
  }

  /** Where the 32 bytes of issuer_key_hash start; precertificate entries only. */
  public int issuerKeyHashOffset(int i) {
    throw new UnsupportedOperationException();
  }

  /** Where the certificate (x509) or TBSCertificate (precert) starts. */
  public int certificateOffset(int i) {
    throw new UnsupportedOperationException();
  }

  public int certificateLength(int i) {
    throw new UnsupportedOperationException();
  }

  /** Where the full precertificate starts; precert entries only. */
  public int precertificateOffset(int i) {
    throw new UnsupportedOperationException();
  }

  public int precertificateLength(int i) {
    throw new UnsupportedOperationException();
  }

  /** Whether chains are DER certificates (RFC 6962) or 32-byte fingerprints (static-ct-api). */
  public boolean chainIsFingerprints() {
    throw new UnsupportedOperationException();
  }

  /** How many certificates or fingerprints stand in the chain of entry {@code i}. */
  public int chainLength(int i) {
    throw new UnsupportedOperationException();
  }

  /** Where the k-th chain certificate or fingerprint of entry {@code i} starts. */
  public int chainOffset(int i, int k) {
    throw new UnsupportedOperationException();
  }

  /** Bytes of the k-th chain certificate, or 32. */
  public int chainItemLength(int i, int k) {
    throw new UnsupportedOperationException();
  }

  /** Writes the Merkle leaf hash of entry {@code i} (RFC 6962 section 2.1) to {@code target}. */
  public void leafHash(int i, MessageDigest sha256, byte[] target, int offset) {
    throw new UnsupportedOperationException();
  }

  /** A copy of entry {@code i} that outlives the window. */
  public LogEntry entry(int i) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}

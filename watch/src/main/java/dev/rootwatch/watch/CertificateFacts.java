package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import java.time.Instant;
import java.util.List;

/**
 * A matched certificate, read whole. Every string in it was written by a stranger: escape on
 * output.
 *
 * @param kind whether the log holds the precertificate or the final certificate
 * @param sha256 of {@code der}
 * @param tbsSha256 SHA-256 of the canonical TBS: the same for a precertificate and its certificate
 * @param serial lower-case hex of the serial number's content octets
 * @param subject RFC 4514 text
 * @param issuer RFC 4514 text
 * @param notBefore start of validity
 * @param notAfter end of validity
 * @param names DNS names, IP addresses and mail addresses of the SAN, then common names; bounded
 * @param isCa basicConstraints cA
 * @param der the certificate or precertificate
 */
@SuppressWarnings("ArrayRecordComponent") // shared, read-only
public record CertificateFacts(
    Kind kind,
    Hash sha256,
    Hash tbsSha256,
    String serial,
    String subject,
    String issuer,
    Instant notBefore,
    Instant notAfter,
    List<String> names,
    boolean isCa,
    byte[] der) {

  /** Precertificate or certificate. */
  public enum Kind {
    PRECERTIFICATE("precertificate"),
    CERTIFICATE("certificate");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  public CertificateFacts {
    names = List.copyOf(names);
  }
}

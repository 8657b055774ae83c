package dev.rootwatch.alert;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as alerts and {@code check} print it ("CERT"). Its strings were chosen by strangers
 * and are kept as they are: whoever prints them escapes them.
 *
 * @param kind {@code precertificate} or {@code certificate}
 * @param sha256 of the DER, lower-case hex
 * @param tbsSha256 of the canonical TBS, lower-case hex
 * @param serial lower-case hex
 * @param subject distinguished name, RFC 4514
 * @param issuer distinguished name, RFC 4514
 * @param notBefore null when it cannot be read
 * @param notAfter null when it cannot be read
 * @param names DNS names and addresses, in the order of the certificate
 * @param isCa basic constraints say CA
 * @param der base64
 */
@JsonPropertyOrder({
  "kind",
  "sha256",
  "tbsSha256",
  "serial",
  "subject",
  "issuer",
  "notBefore",
  "notAfter",
  "names",
  "isCa",
  "der"
})
public record CertificateInfo(
    String kind,
    String sha256,
    String tbsSha256,
    String serial,
    String subject,
    String issuer,
    @Nullable Instant notBefore,
    @Nullable Instant notAfter,
    List<String> names,
    @JsonProperty("isCa") boolean isCa,
    String der) {
  public CertificateInfo {
    names = List.copyOf(names);
  }
}

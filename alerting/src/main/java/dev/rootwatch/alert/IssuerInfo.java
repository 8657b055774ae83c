package dev.rootwatch.alert;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who issued a certificate, as alerts and {@code check} print it ("ISSUER").
 *
 * @param spkiSha256 the issuer's identity: SHA-256 of its SubjectPublicKeyInfo, lower-case hex
 * @param matchedBy {@code key}, {@code fingerprint}, {@code aki} or {@code dn}
 * @param confidence {@code high} or {@code low}
 * @param family catalog family, such as {@code trustcor}; null when it belongs to none
 * @param owner owner label; null when not known
 * @param name for people
 * @param signature of the certificate under this key: {@code valid}, {@code invalid} or {@code
 *     unchecked}
 * @param reaches the known roots above this key
 */
@JsonPropertyOrder({
  "spkiSha256",
  "matchedBy",
  "confidence",
  "family",
  "owner",
  "name",
  "signature",
  "reaches"
})
public record IssuerInfo(
    String spkiSha256,
    String matchedBy,
    String confidence,
    @Nullable String family,
    @Nullable String owner,
    String name,
    String signature,
    List<Reach> reaches) {
  public IssuerInfo {
    reaches = List.copyOf(reaches);
  }

  /**
   * A root that the issuer's key reaches.
   *
   * @param spkiSha256 of the root, lower-case hex
   * @param name of the root, for people
   * @param path keys from the issuer to the root, lower-case hex
   */
  @JsonPropertyOrder({"spkiSha256", "name", "path"})
  public record Reach(String spkiSha256, String name, List<String> path) {
    public Reach {
      path = List.copyOf(path);
    }
  }
}

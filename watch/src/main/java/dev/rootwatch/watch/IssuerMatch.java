package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.IssuerSignature;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who issued a certificate, and how we know.
 *
 * @param spkiSha256 SHA-256 of the issuing key
 * @param matchedBy what led to it
 * @param confidence high when the log committed to the key or a signature verifies
 * @param family the catalog's family; null when in none
 * @param owner the owner's label; null when nobody knows
 * @param name what people call the key: its common name, else its subject
 * @param signature whether the certificate's signature is this key's
 * @param reaches root keys that are reachable over verified edges
 */
public record IssuerMatch(
    Hash spkiSha256,
    MatchedBy matchedBy,
    Confidence confidence,
    @Nullable String family,
    @Nullable String owner,
    String name,
    IssuerSignature.Result signature,
    List<Reach> reaches) {

  /** What tied the certificate to the key, strongest first. */
  public enum MatchedBy {
    /** SHA-256 of the key: issuer_key_hash, or the key of the issuer's certificate. */
    KEY,
    /** SHA-256 of the issuer's certificate. */
    FINGERPRINT,
    /** Authority key identifier. */
    AKI,
    /** Issuer name. */
    DN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Names and key identifiers lie; keys and signatures do not. */
  public enum Confidence {
    HIGH,
    LOW;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A root key that the issuer reaches.
   *
   * @param spkiSha256 the root's key
   * @param name what people call it
   * @param path SHA-256 of the keys from the issuer to the root, both included
   */
  public record Reach(Hash spkiSha256, String name, List<Hash> path) {
    public Reach {
      path = List.copyOf(path);
    }
  }

  /** The same where no rule went by the key: the name led here, and names are sold. */
  IssuerMatch byNameAlone() {
    return new IssuerMatch(
        spkiSha256, MatchedBy.DN, Confidence.LOW, family, owner, name, signature, reaches);
  }

  public IssuerMatch {
    reaches = List.copyOf(reaches);
  }
}

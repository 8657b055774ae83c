package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SKELETON body, final signatures: what each program says of a certificate. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Verdicts {
  private final Catalog catalog;
  private final Inclusion inclusion;

  public Verdicts(Catalog catalog, Inclusion inclusion) {
    this.catalog = catalog;
    this.inclusion = inclusion;
  }

  /**
   * What is asked.
   *
   * @param issuerKey SHA-256 of the issuing key
   * @param issuerCertificate SHA-256 of the certificate that issued directly; null when only the
   *     key is known
   * @param notBefore of the certificate; null when not known
   * @param scts known SCT timestamps, milliseconds precise; empty when none is known
   * @param purposes what the certificate may be used for
   */
  public record Question(
      Hash issuerKey,
      @Nullable Hash issuerCertificate,
      @Nullable Instant notBefore,
      List<Instant> scts,
      Set<Purpose> purposes) {
    public Question {
      scts = List.copyOf(scts);
      purposes = Set.copyOf(purposes);
    }
  }

  /** One verdict per program and purpose, in the order of the enums. */
  public List<Verdict> of(Question question, Instant asOf) {
    throw new UnsupportedOperationException(catalog.version() + inclusion);
  }

  /**
   * Whether the certificate may have been dated back.
   *
   * @param earliestTrusted the earliest time known that the CA does not control; null when none
   * @return null when there is nothing to compare
   */
  public @Nullable Backdating backdating(
      Question question, @Nullable Instant earliestTrusted, Instant asOf) {
    throw new UnsupportedOperationException();
  }
}

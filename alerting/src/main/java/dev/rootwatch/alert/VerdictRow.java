package dev.rootwatch.alert;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one root program makes of a certificate ("VERDICT").
 *
 * @param program {@code mozilla}, {@code chrome}, {@code apple}, {@code microsoft}, {@code android}
 *     or {@code jdk}
 * @param purpose {@code tls}, {@code smime} or {@code code}
 * @param result {@code distrusted}, {@code not-distrusted}, {@code depends-on-scts}, {@code
 *     not-included} or {@code unknown}
 * @param kind of the event behind the result
 * @param effective when the rule starts to count; null when not known
 * @param basis {@code notBefore}, {@code sct} or {@code validation}; null when there is none
 * @param boundary {@code inclusive}, {@code exclusive} or {@code undefined}; null when there is
 *     none
 * @param unit {@code millisecond}, {@code second}, {@code utc-day} or {@code day}; null when there
 *     is none
 * @param anchor SHA-256 of the root certificate over which the verdict was reached; null when none
 * @param asOf the instant for which the verdict holds
 * @param citation where this can be read
 * @param catalogVersion of the catalog that it comes from
 */
@JsonPropertyOrder({
  "program",
  "purpose",
  "result",
  "kind",
  "effective",
  "basis",
  "boundary",
  "unit",
  "anchor",
  "asOf",
  "citation",
  "catalogVersion"
})
public record VerdictRow(
    String program,
    String purpose,
    String result,
    String kind,
    @Nullable Instant effective,
    @Nullable String basis,
    @Nullable String boundary,
    @Nullable String unit,
    @Nullable String anchor,
    Instant asOf,
    String citation,
    String catalogVersion) {

  /** The result of a program that does not trust the certificate. */
  public static final String DISTRUSTED = "distrusted";

  /**
   * Whether the programs say the same, however they were asked: the same rule judged at another
   * instant, over another anchor or from a newer catalog is no news.
   */
  boolean saysTheSameAs(VerdictRow other) {
    return program.equals(other.program)
        && purpose.equals(other.purpose)
        && result.equals(other.result)
        && kind.equals(other.kind)
        && Objects.equals(effective, other.effective)
        && Objects.equals(basis, other.basis);
  }
}

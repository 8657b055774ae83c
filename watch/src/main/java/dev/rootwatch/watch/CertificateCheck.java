package dev.rootwatch.watch;

import dev.rootwatch.watch.distrust.Backdating;
import dev.rootwatch.watch.distrust.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SKELETON body, final signatures: judges certificates from files ({@code rootwatch check}). */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class CertificateCheck {
  private final ExaminerSetup setup;

  public CertificateCheck(ExaminerSetup setup) {
    this.setup = setup;
  }

  /**
   * One certificate or entry of a file.
   *
   * @param index counts from 0 within the file
   * @param error null when it could be read
   * @param certificate null when it could not be read
   * @param issuer null when no candidate is known
   * @param rules ids of the rules that match
   * @param severity null when no rule matches
   * @param verdicts one per program and purpose
   * @param backdating null when there is nothing to compare
   */
  public record Result(
      int index,
      @Nullable ReadError error,
      @Nullable CertificateFacts certificate,
      @Nullable IssuerMatch issuer,
      List<String> rules,
      @Nullable Severity severity,
      List<Verdict> verdicts,
      @Nullable Backdating backdating) {
    public Result {
      rules = List.copyOf(rules);
      verdicts = List.copyOf(verdicts);
    }

    /** The word of {@code status}: ok or malformed. */
    public String status() {
      return error == null ? "ok" : "malformed";
    }
  }

  /**
   * Where and why something could not be read.
   *
   * @param offset bytes from the start of the certificate or entry
   */
  public record ReadError(int offset, String message) {}

  /**
   * Judges what is in a file: a PEM or DER certificate, a PEM chain (leaf first), or the body of a
   * get-entries answer. Malformed content is a result, not an exception.
   *
   * @param file the bytes
   * @param at the instant of the question
   * @param seen the log timestamp of a bare certificate; null when not known
   */
  public List<Result> check(byte[] file, Instant at, @Nullable Instant seen) {
    throw new UnsupportedOperationException("" + file.length + at + seen + setup.rules());
  }
}

package dev.rootwatch.watch;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.wire.MalformedEntry;
import dev.rootwatch.watch.authority.OwnerTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the examiner says about one window.
 *
 * @param findings certificates that a rule matched, in order of index
 * @param tally issuance in this window, one row per issuer key and hour
 * @param malformed entries that could not be read, in order of index
 * @param precertificates how many precertificate entries
 * @param certificates how many certificate entries
 * @param unknown how many entries of another type, or not readable
 * @param wrongIssuers certificates that the log gave in place of those asked for, the first few
 * @param known by the ids of rules, how many certificates they would have found, were these not
 *     known to the operator
 * @param undecided from the first to the last entry that was not decided, as deciding would have
 *     cost more signature checks than a window has: they are to be examined again; null when all
 *     were decided
 */
public record Examined(
    List<Finding> findings,
    List<TallyRow> tally,
    List<MalformedRow> malformed,
    int precertificates,
    int certificates,
    int unknown,
    List<WrongIssuer> wrongIssuers,
    Map<String, Long> known,
    @Nullable EntryRange undecided) {

  public Examined {
    known = Map.copyOf(known);
    wrongIssuers = List.copyOf(wrongIssuers);
    findings = List.copyOf(findings);
    tally = List.copyOf(tally);
    malformed = List.copyOf(malformed);
  }

  /** Of a window in which no rule kept anything to itself. */
  public Examined(
      List<Finding> findings,
      List<TallyRow> tally,
      List<MalformedRow> malformed,
      int precertificates,
      int certificates,
      int unknown,
      List<WrongIssuer> wrongIssuers) {
    this(
        findings,
        tally,
        malformed,
        precertificates,
        certificates,
        unknown,
        wrongIssuers,
        Map.of(),
        null);
  }

  /**
   * Issuance history: precertificate entries of one issuer key whose log timestamp lies in one
   * hour.
   *
   * @param issuerKeyHash SHA-256 of the issuing key
   * @param hour start of the hour, milliseconds since the epoch
   * @param count how many entries
   * @param firstIndex lowest index, inclusive
   * @param lastIndex highest index, inclusive
   * @param authority owner's label for metrics: "other" for a known small owner, {@link
   *     OwnerTable#UNKNOWN} for a key that nobody knew when the window was begun: should it become
   *     known, these entries are to be examined again
   */
  public record TallyRow(
      Hash issuerKeyHash,
      long hour,
      long count,
      long firstIndex,
      long lastIndex,
      String authority) {}

  /**
   * A log was asked for the certificate with a fingerprint and gave other bytes.
   *
   * @param asked the SHA-256 asked for
   * @param given the SHA-256 of what came
   * @param raw what came, its beginning
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record WrongIssuer(Hash asked, Hash given, byte[] raw) {}

  /** A malformed entry with its leaf hash and its first bytes (bounded). */
  @SuppressWarnings("ArrayRecordComponent")
  public record MalformedRow(MalformedEntry entry, Hash leafHash, byte[] raw) {}
}

package dev.rootwatch.watch;

import dev.rootwatch.watch.Examined.TallyRow;
import dev.rootwatch.watch.authority.KeyTable;
import java.time.Duration;
import java.util.List;

/**
 * A rule that proves life: it looks for a busy issuer, counts and tells nothing; only its silence
 * is told. It goes by the tally of precertificates, so it costs nothing per entry.
 */
public final class Canary {
  private final String rule;
  private final String authority;
  private final Duration longestSilence;
  private final KeyTable keys;

  Canary(String rule, String authority, Duration longestSilence, KeyTable keys) {
    this.rule = rule;
    this.authority = authority;
    this.longestSilence = longestSilence;
    this.keys = keys;
  }

  /** The rule's id. */
  public String rule() {
    return rule;
  }

  /** Who is expected to issue, in the operator's words. */
  public String authority() {
    return authority;
  }

  /** How long nothing may be heard. */
  public Duration longestSilence() {
    return longestSilence;
  }

  /** Whether a window's issuance has a precertificate of the authority. */
  public boolean hears(List<TallyRow> tally) {
    return tally.stream().anyMatch(row -> keys.find(row.issuerKeyHash()) != KeyTable.ABSENT);
  }
}

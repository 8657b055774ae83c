package dev.rootwatch.testlog;

import java.time.Instant;
import java.util.List;

/**
 * What a subscriber asks of a {@link MintedCa}. The same request to the same CA gives the same
 * precertificate, and a final certificate that belongs to it.
 *
 * @param names DNS names; the first is the common name as well
 * @param notBefore first instant of validity, whole seconds
 * @param notAfter last instant of validity, whole seconds
 * @param label tells requests for the same names apart: another label, another serial and key
 */
public record LeafRequest(List<String> names, Instant notBefore, Instant notAfter, String label) {
  public LeafRequest {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a certificate needs at least one name");
    }
  }
}

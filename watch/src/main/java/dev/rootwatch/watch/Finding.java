package dev.rootwatch.watch;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.distrust.Backdating;
import dev.rootwatch.watch.distrust.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A certificate, or an entry that cannot be read but might be one, that a rule matched in a log.
 *
 * @param type the first type that applies
 * @param severity the highest that a matched rule asks for
 * @param certificate what was found; null when the entry cannot be read
 * @param issuer who issued it; null when nobody that we know
 * @param rules ids of the rules that matched, in the order of the configuration
 * @param matchedNames the names of the certificate that a domain rule matched
 * @param verdicts one per program and purpose; empty when the issuer is not known
 * @param backdating null when there was nothing to compare
 * @param log where it was seen
 * @param index at which index
 * @param timestamp when the log took it in, milliseconds since the epoch
 * @param leafHash Merkle leaf hash of the entry
 * @param detail further facts by name, sorted: for example {@code chain} when the submitted chain
 *     contradicts the leaf, {@code error} and {@code offset} of an entry that cannot be read
 * @param waitsForDigest whether people may read of it in a digest, as all rules agree that matched
 */
public record Finding(
    FindingType type,
    Severity severity,
    @Nullable CertificateFacts certificate,
    @Nullable IssuerMatch issuer,
    List<String> rules,
    List<String> matchedNames,
    List<Verdict> verdicts,
    @Nullable Backdating backdating,
    CtLog log,
    long index,
    long timestamp,
    Hash leafHash,
    Map<String, String> detail,
    boolean waitsForDigest) {

  public Finding {
    rules = List.copyOf(rules);
    matchedNames = List.copyOf(matchedNames);
    verdicts = List.copyOf(verdicts);
    detail = Collections.unmodifiableMap(new TreeMap<>(detail));
  }

  /**
   * The alert's id: {@code tbsSha256} of a certificate, whatever the number of logs and rules; of
   * an entry that cannot be read SHA-256(0x01 ‖ leaf hash).
   */
  public Hash id() {
    if (certificate != null) {
      return certificate.tbsSha256();
    }
    byte[] message = new byte[1 + Hash.BYTES];
    message[0] = 1;
    leafHash.copyTo(message, 1);
    return Hash.sha256(message);
  }
}

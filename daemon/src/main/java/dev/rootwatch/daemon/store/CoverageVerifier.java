package dev.rootwatch.daemon.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a coverage file with nothing but the file. What it shows:
 *
 * <ul>
 *   <li>each head was signed by the key whose hash is the log's id, and says what its fields say,
 *   <li>the right edge of a verified segment is the tree of a head, or is proven to be its
 *       beginning; its left edge is proven in the same way, or leads to the right edge by what was
 *       read,
 *   <li>segments and gaps fill what was requested, without overlap; counts and {@code complete} are
 *       what follows from them,
 *   <li>nothing at all was changed since the file was written, as far as its digest can tell.
 * </ul>
 *
 * <p>What it cannot show is that entries were examined: only reading them again can.
 */
public final class CoverageVerifier {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Something in a file that is not so.
   *
   * @param place a JSON Pointer (RFC 6901), such as {@code /logs/0/segments/1/right}
   * @param reason what is wrong there, in words; strings of the file are quoted and cut
   */
  public record Failure(String place, String reason) {
    @Override
    public String toString() {
      return place.equals("/") ? reason : place + ": " + reason;
    }
  }

  /**
   * What came of it.
   *
   * @param failures what is wrong, in the order of the file; empty when nothing is
   * @param complete whether, by what was checked, nothing of what was requested is missing
   * @param logs how many logs it speaks of
   * @param examined entries that its segments claim
   */
  public record Report(List<Failure> failures, boolean complete, int logs, long examined) {
    public Report {
      failures = List.copyOf(failures);
    }

    /** Whether everything in the file holds; it may still be incomplete. */
    public boolean holds() {
      return failures.isEmpty();
    }
  }

  private CoverageVerifier() {}

  /** Checks a file; whatever the bytes are, this gives a report. */
  public static Report verify(byte[] json) {
    List<Failure> failures = new ArrayList<>();
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JacksonException e) {
      failures.add(new Failure("/", "this is no coverage file: it is not JSON (" + why(e) + ")"));
      return new Report(failures, false, 0, 0);
    }
    if (!(root instanceof ObjectNode object)) {
      failures.add(new Failure("/", "this is no coverage file: a JSON object is needed"));
      return new Report(failures, false, 0, 0);
    }
    return verify(object, new Place(root, "", failures), failures);
  }

  private static Report verify(ObjectNode object, Place file, List<Failure> failures) {
    Place schema = file.at("schema");
    if (!CoverageFile.SCHEMA.equals(schema.text())) {
      failures.clear();
      schema.fail("this is no coverage file: " + CoverageFile.SCHEMA + " is needed");
      return new Report(failures, false, 0, 0);
    }
    file.at("createdAt").instant();
    boolean complete = true;
    long examined = 0;
    List<Place> logs = file.at("logs").elements();
    for (Place log : logs) {
      LogCoverageCheck check = new LogCoverageCheck(log);
      complete &= check.run();
      examined += check.examined();
    }
    Place claim = file.at("complete");
    if (!Objects.equals(claim.truth(), complete)) {
      claim.fail("by gaps and states it is " + complete);
    }
    checkDigest(object, file.at("digest"));
    return new Report(failures, complete && failures.isEmpty(), logs.size(), examined);
  }

  /** What the parser stumbled over, where it can say where. */
  private static String why(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    // Behind it stands where the parser took its text from, which is a matter of its own.
    String what = e.getOriginalMessage().lines().findFirst().orElse("").split(" \\(start", 2)[0];
    return at == null
        ? what
        : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + what;
  }

  /** A file by somebody else may have none: then what no log signs stands unprotected. */
  private static void checkDigest(ObjectNode object, Place digest) {
    if (digest.isPresent() && !CoverageFile.digest(object).equals(digest.text())) {
      digest.fail(
          "something was changed after the file was written, possibly a value that no log signs: a name, a count, a pending edge, a malformed leaf");
    }
  }
}

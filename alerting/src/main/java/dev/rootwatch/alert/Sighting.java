package dev.rootwatch.alert;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One place where a certificate stands.
 *
 * @param log the log
 * @param index of the entry
 * @param timestamp of the entry, as the log gives it; null when it cannot be read
 * @param verification whether the entry is proven to be under a signed head
 */
@JsonPropertyOrder({"log", "index", "timestamp", "verification"})
public record Sighting(
    Log log, long index, @Nullable Instant timestamp, Verification verification) {

  /**
   * The log in which it stands.
   *
   * @param id base64, as in the log lists
   * @param name as in the log lists
   * @param url of the log
   */
  @JsonPropertyOrder({"id", "name", "url"})
  public record Log(String id, String name, String url) {}

  /** Whether what a log served agrees with what it signed. */
  public enum Verification {
    /** Not compared with a signed head yet. */
    PENDING,
    /** Under a signed head. */
    VERIFIED,
    /** The log served what its signed head does not contain. */
    CONTRADICTED;

    /** The word in JSON and output. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Sighting with(Verification found) {
    return found == verification ? this : new Sighting(log, index, timestamp, found);
  }
}

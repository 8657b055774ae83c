package dev.rootwatch.ct;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Certificate Transparency log as a list or the operator describes it.
 *
 * @param key its public key; the log's id follows from it
 * @param name what people call it: the list's description, or the name given to a custom log
 * @param operator who runs it; empty when not known
 * @param protocol how it is read
 * @param url where it is read, ending in a slash: the RFC 6962 url or the monitoring prefix
 * @param submissionUrl where certificates are submitted; it gives a checkpoint's origin. Equal to
 *     {@code url} for RFC 6962
 * @param mmd maximum merge delay
 * @param state the list's state
 * @param interval the notAfter range of a temporal shard; null when not sharded
 * @param finalHead size and root at which a readonly log stopped; null when not told
 */
public record CtLog(
    LogKey key,
    String name,
    String operator,
    LogProtocol protocol,
    URI url,
    URI submissionUrl,
    Duration mmd,
    LogState state,
    @Nullable TemporalInterval interval,
    @Nullable FinalTreeHead finalHead) {

  private static final Pattern ONE_WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** The notAfter range of a shard, half-open. */
  public record TemporalInterval(Instant startInclusive, Instant endExclusive) {}

  /** The last head of a readonly log (log list v3, {@code final_tree_head}). */
  public record FinalTreeHead(long size, Hash root) {}

  public CtLog {
    url = withSlash(url);
    submissionUrl = withSlash(submissionUrl);
  }

  /** A log that no list describes: known by address and key alone. */
  public static CtLog custom(String name, URI url, LogProtocol protocol, LogKey key) {
    return new CtLog(
        key, name, "", protocol, url, url, Duration.ofHours(24), LogState.ABSENT, null, null);
  }

  public LogId id() {
    return key.id();
  }

  /**
   * The origin that a static-ct-api checkpoint must carry: the submission prefix without scheme and
   * trailing slash.
   */
  public String origin() {
    String text = submissionUrl.toString();
    return text.substring(text.indexOf("://") + 3, text.length() - 1);
  }

  /**
   * A short, stable word for metric labels: the name where that is one word, as operators call
   * theirs; else the last path segment of the url, or the host.
   */
  public String label() {
    if (ONE_WORD.matcher(name).matches()) {
      return name.toLowerCase(Locale.ROOT);
    }
    String path = url.getPath();
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    String last = trimmed.substring(trimmed.lastIndexOf('/') + 1);
    String host = url.getHost() == null ? "" : url.getHost();
    String word = last.isEmpty() ? host : last;
    return word.toLowerCase(Locale.ROOT);
  }

  private static URI withSlash(URI uri) {
    String text = uri.toString();
    return text.endsWith("/") ? uri : URI.create(text + "/");
  }
}

package dev.rootwatch.ct.source;

import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.note.Checkpoint;
import dev.rootwatch.ct.note.HeadVerdict;
import dev.rootwatch.ct.note.SignedTreeHeads;
import java.text.ParseException;

/** A log's newest head, signature and origin checked. */
final class SignedHeads implements HeadSource {
  private final LogSite site;
  private final LogEndpoint endpoint;
  private final String path;

  private SignedHeads(LogSite site, LogEndpoint endpoint, String path) {
    this.site = site;
    this.endpoint = endpoint;
    this.path = path;
  }

  /** RFC 6962 section 4.3. */
  static SignedHeads ofGetSth(LogSite site) {
    return new SignedHeads(site, LogEndpoint.GET_STH, "ct/v1/get-sth");
  }

  /** c2sp.org/static-ct-api, "Checkpoints". */
  static SignedHeads ofCheckpoint(LogSite site) {
    return new SignedHeads(site, LogEndpoint.CHECKPOINT, "checkpoint");
  }

  @Override
  public SignedTreeHead latest() throws SourceException, InterruptedException {
    try (PooledBytes body = site.get(endpoint, path, 0)) {
      byte[] raw = body.copy();
      return switch (SignedTreeHeads.verify(site.log(), raw)) {
        case HeadVerdict.Valid(SignedTreeHead head) -> head;
        case HeadVerdict.Invalid(String reason) -> {
          // What is no head at all comes from a broken front end; a head that is wrong is the
          // log's.
          throw isHead(body, raw)
              ? site.invalidHead(endpoint, reason)
              : site.invalid(endpoint, reason + ": " + Excerpt.of(raw, raw.length));
        }
      };
    }
  }

  private boolean isHead(PooledBytes body, byte[] raw) {
    try {
      if (endpoint == LogEndpoint.CHECKPOINT) {
        Checkpoint.parse(raw);
      } else {
        Json.object(body).bytes("tree_head_signature");
      }
      return true;
    } catch (InvalidAnswer | ParseException e) {
      return false;
    }
  }
}

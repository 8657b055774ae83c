package dev.rootwatch.testlog;

import dev.rootwatch.ct.LogProtocol;
import java.util.Map;

/** One log below one url: which paths its protocol has, and what it answers there. */
final class LogSite implements AutoCloseable {
  private final TestLog log;
  private final String origin;
  private final Rfc6962Endpoints rfc6962;
  private final StaticEndpoints staticCt;

  /**
   * @param origin its submission prefix without scheme and trailing slash
   */
  LogSite(TestLog log, String origin) {
    this.log = log;
    this.origin = origin;
    this.rfc6962 = new Rfc6962Endpoints(log);
    this.staticCt = new StaticEndpoints(log);
  }

  TestLog log() {
    return log;
  }

  /** What is made ahead so that answers are quick. */
  void prepare() {
    if (log.protocol() != LogProtocol.RFC6962) {
      staticCt.prepare();
    }
    if (log.protocol() == LogProtocol.RFC6962) {
      rfc6962.prepare();
    }
  }

  /**
   * @param path what follows the log's url, without a slash before it
   */
  Reply reply(String path, HttpRequest request) {
    Faults faults = log.faults();
    Answer instead = faults.answers().instead(request);
    Answer answer = instead == null ? truth(path, request.query()) : instead;
    boolean whole = instead != null && !faults.transport().refusesConnections();
    return new Reply(
        answer, faults.now(), whole ? Delivery.WHOLE : faults.transport().delivery(answer));
  }

  private Answer truth(String path, Map<String, String> query) {
    boolean asks6962 = path.startsWith("ct/v1/");
    return switch (log.protocol()) {
      case RFC6962 -> asks6962 ? rfc6962(path, query) : Answer.notFound();
      case STATIC -> path.equals("ct/v1/get-roots") ? rfc6962(path, query) : monitoring(path);
      case HYBRID -> {
        // As TrustAsia's: everything of RFC 6962, tiles beside it, no checkpoint.
        boolean tile = path.startsWith("tile/") || path.startsWith("issuer/");
        yield asks6962 ? rfc6962(path, query) : tile ? monitoring(path) : Answer.notFound();
      }
    };
  }

  private Answer rfc6962(String path, Map<String, String> query) {
    return rfc6962.answer(path.substring("ct/v1/".length()), query);
  }

  private Answer monitoring(String path) {
    if (path.equals("checkpoint")) {
      return staticCt.checkpoint(origin);
    }
    if (path.startsWith("tile/data/")) {
      return staticCt.dataTile(path.substring("tile/data/".length()));
    }
    if (path.startsWith("tile/")) {
      return staticCt.hashTile(path.substring("tile/".length()));
    }
    if (path.startsWith("issuer/")) {
      return staticCt.issuer(path.substring("issuer/".length()));
    }
    return Answer.notFound();
  }

  @Override
  public void close() {
    staticCt.close();
    rfc6962.close();
  }
}

package dev.rootwatch.ct.source;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.source.SourceException.Kind;

/** Issuers by fingerprint, {@code issuer/<hex>} (c2sp.org/static-ct-api, "Issuers"). */
final class TileIssuers implements IssuerSource {
  /** Some thousand certificates; a log has a few hundred issuers. */
  private static final int CACHE_BYTES = 2 << 20;

  private final LogSite site;
  private final ByteCache<Hash> cache = new ByteCache<>(CACHE_BYTES);

  TileIssuers(LogSite site) {
    this.site = site;
  }

  @Override
  public IssuerAnswer issuer(Hash fingerprint) throws SourceException, InterruptedException {
    byte[] known = cache.get(fingerprint);
    if (known != null) {
      return new IssuerAnswer.Found(known.clone());
    }
    try (PooledBytes body = site.get(LogEndpoint.ISSUER, "issuer/" + fingerprint, 0)) {
      byte[] der = body.copy();
      if (!Hash.sha256(der).equals(fingerprint)) {
        return new IssuerAnswer.Wrong(der);
      }
      cache.put(fingerprint, der);
      return new IssuerAnswer.Found(der.clone());
    } catch (SourceException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return new IssuerAnswer.Missing();
      }
      throw e;
    }
  }
}

package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.LearnedAuthority;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** CA certificates that the graph of authorities learned; the graph caps how many it keeps. */
record AuthorityTable(Handle db) {
  void add(List<LearnedAuthority> certificates, long now) {
    if (certificates.isEmpty()) {
      return;
    }
    try (PreparedBatch rows =
        db.prepareBatch(
            """
            INSERT INTO authority (sha256, issuer_key, der, stored_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (sha256) DO NOTHING\
            """)) {
      for (LearnedAuthority learned : certificates) {
        rows.add(
            learned.certificate().sha256().toBytes(),
            learned.issuerKey().toBytes(),
            learned.certificate().der(),
            now);
      }
      rows.execute();
    }
  }

  List<LearnedAuthority> all() {
    return db
        .select("SELECT der, issuer_key FROM authority ORDER BY no")
        .map((row, ctx) ->
            LearnedAuthority.ofStored(row.getBytes("der"), Hash.of(row.getBytes("issuer_key"))))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }
}

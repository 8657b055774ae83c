package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.Hash;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** CA certificates that the graph of authorities learned; the graph caps how many it keeps. */
record AuthorityTable(Handle db) {
  void add(List<byte[]> certificates, long now) {
    if (certificates.isEmpty()) {
      return;
    }
    try (PreparedBatch rows =
        db.prepareBatch(
            """
            INSERT INTO authority (sha256, der, stored_at) VALUES (?, ?, ?)
            ON CONFLICT (sha256) DO NOTHING\
            """)) {
      for (byte[] der : certificates) {
        rows.add(Hash.sha256(der).toBytes(), der, now);
      }
      rows.execute();
    }
  }

  List<byte[]> all() {
    return db.select("SELECT der FROM authority ORDER BY no")
        .map((row, ctx) -> row.getBytes("der"))
        .list();
  }
}

package dev.rootwatch.daemon.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Small values under a name. */
record MetaTable(Handle db) {
  Optional<String> get(String name) {
    return db.select("SELECT value FROM meta WHERE name = ?", name).mapTo(String.class).findFirst();
  }

  void put(String name, String value) {
    db.execute(
        """
        INSERT INTO meta (name, value) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value\
        """,
        name,
        value);
  }
}

package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.Examined.TallyRow;
import dev.rootwatch.watch.authority.OwnerTable;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Entries that are to be examined again, and the keys for whose sake: what was issued under a key
 * before it became known stands in the tallies. All of it happens in the transactions that tally,
 * learn and examine, so that no order of these, in whatever logs, leaves entries out.
 */
record ObligationTable(Handle db) {

  /**
   * Owes what a step has tallied of keys that its examiner did not know, but that are watched by
   * now: another log taught them meanwhile.
   */
  void oweMeanwhileLearned(long log, List<TallyRow> tally, long now) {
    List<TallyRow> strangers =
        tally.stream().filter(row -> row.authority().equals(OwnerTable.UNKNOWN)).toList();
    if (strangers.isEmpty()) {
      return;
    }
    try (PreparedBatch rows =
        db.prepareBatch(
            """
            INSERT INTO obligation (log_no, from_index, to_index, created_at)
            SELECT ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM watched_key WHERE key_hash = ?)
            ON CONFLICT (log_no, from_index, to_index) DO NOTHING\
            """)) {
      for (TallyRow row : strangers) {
        rows.add(log, row.firstIndex(), row.lastIndex() + 1, now, row.issuerKeyHash().toBytes());
      }
      rows.execute();
    }
  }

  /** Watches further keys; what is tallied of those that were not watched is owed. */
  void watch(Collection<Hash> keys, long now) {
    for (Hash key : keys) {
      byte[] hash = key.toBytes();
      int added =
          db.execute(
              "INSERT INTO watched_key (key_hash) VALUES (?) ON CONFLICT (key_hash) DO NOTHING",
              (Object) hash);
      if (added > 0) {
        db.execute(
            """
            INSERT INTO obligation (log_no, from_index, to_index, created_at)
            SELECT t.log_no, t.first_index, t.last_index + 1, ?
            FROM tally t JOIN issuer i ON i.no = t.issuer_no WHERE i.key_hash = ?
            ON CONFLICT (log_no, from_index, to_index) DO NOTHING\
            """,
            now,
            hash);
      }
    }
  }

  /** Watches these keys and no others: what the others issue from now on is not looked for. */
  void watchOnly(Collection<Hash> keys, long now) {
    Set<Hash> gone =
        new HashSet<>(
            db.select("SELECT key_hash FROM watched_key")
                .map((row, ctx) -> Hash.of(row.getBytes("key_hash")))
                .list());
    gone.removeAll(Set.copyOf(keys));
    for (Hash key : gone) {
      db.execute("DELETE FROM watched_key WHERE key_hash = ?", (Object) key.toBytes());
    }
    watch(keys, now);
  }

  void owe(long log, List<EntryRange> ranges, long now) {
    for (EntryRange range : ranges) {
      db.execute(
          """
          INSERT INTO obligation (log_no, from_index, to_index, created_at) VALUES (?, ?, ?, ?)
          ON CONFLICT (log_no, from_index, to_index) DO NOTHING\
          """,
          log,
          range.from(),
          range.to(),
          now);
    }
  }

  /** What is left of it waits behind the others. */
  void fulfil(long log, Obligation.Fulfilled done, long now) {
    Obligation obligation = done.obligation();
    db.execute("DELETE FROM obligation WHERE no = ?", obligation.no());
    EntryRange left = new EntryRange(done.upTo(), obligation.range().to());
    if (!left.isEmpty()) {
      owe(log, List.of(left), now);
    }
  }

  Optional<Obligation> oldest(long log) {
    return db.select("SELECT * FROM obligation WHERE log_no = ? ORDER BY no LIMIT 1", log)
        .map((row, ctx) ->
            new Obligation(
                row.getLong("no"),
                new EntryRange(row.getLong("from_index"), row.getLong("to_index"))))
        .findFirst();
  }

  long count() {
    return db.select("SELECT COUNT(*) FROM obligation").mapTo(Long.class).one();
  }
}

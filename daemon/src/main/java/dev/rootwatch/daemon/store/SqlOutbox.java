package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The outbox in the database; each call is one transaction. */
record SqlOutbox(Database database) implements Outbox {
  @Override
  public List<Item> due(String sink, Instant now, int most) {
    return database.read(db -> new OutboxTable(db).due(sink, now.toEpochMilli(), most));
  }

  @Override
  public Optional<Instant> nextDue(String sink) {
    return database.read(db -> new OutboxTable(db).nextDue(sink));
  }

  @Override
  public void accepted(Item item, Instant at) {
    database.change(db -> new OutboxTable(db).accepted(item, at.toEpochMilli()));
  }

  @Override
  public void retry(Item item, Instant next, String reason) {
    database.change(db -> new OutboxTable(db).retry(item, next.toEpochMilli(), reason));
  }

  @Override
  public void rejected(Item item, Instant at, String reason) {
    database.change(db -> new OutboxTable(db).rejected(item, at.toEpochMilli(), reason));
  }

  @Override
  public long pending(String sink) {
    return database.read(db -> new OutboxTable(db).pending(sink));
  }
}

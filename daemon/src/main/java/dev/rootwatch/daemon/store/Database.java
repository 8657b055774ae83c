package dev.rootwatch.daemon.store;

import org.jdbi.v3.core.Handle;

/**
 * Where the tables are. Each call is one transaction: all of it or nothing. Callers may be virtual
 * threads; they wait without holding a carrier thread.
 */
interface Database extends AutoCloseable {
  /** What a transaction does. */
  @FunctionalInterface
  interface Work<T> {
    T in(Handle db);
  }

  /** A transaction without a result. */
  @FunctionalInterface
  interface Change {
    void in(Handle db);
  }

  /**
   * Reads one state of the database, the last committed one.
   *
   * @throws StoreException when the database fails
   */
  <T> T read(Work<T> work);

  /**
   * Writes, durably once this returns.
   *
   * @throws StoreException when the database fails; nothing was written
   */
  <T> T write(Work<T> work);

  /** As {@link #write}, for work that has no result. */
  default void change(Change change) {
    write(db -> {
      change.in(db);
      return true;
    });
  }

  @Override
  void close();
}

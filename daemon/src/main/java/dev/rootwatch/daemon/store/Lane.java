package dev.rootwatch.daemon.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jspecify.annotations.Nullable;

/**
 * One connection and the platform thread that alone uses it. A native call pins the virtual thread
 * that makes it to its carrier; here callers wait on a future instead, and the carriers stay free.
 *
 * <p>Transactions come one after the other, so that no lock of SQLite's is ever contended within
 * this process. A caller that is interrupted still waits: it has to know whether its transaction
 * was committed. The waiting is short, as is every transaction, and no lock is waited for longer
 * than the busy timeout.
 */
final class Lane implements AutoCloseable {
  /** Opens a connection. */
  interface Opener {
    Connection open() throws SQLException;
  }

  private final Opener opener;
  private final SqliteFailure failures;
  private final ExecutorService thread;

  /** Used by the thread alone; null before the first use and after a failure. */
  private @Nullable Handle handle;

  Lane(String name, Opener opener, SqliteFailure failures) {
    this.opener = opener;
    this.failures = failures;
    this.thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
  }

  /** Runs {@code work} as one transaction. */
  <T> T call(Database.Work<T> work) {
    return await(() -> transaction(work));
  }

  private <T> T transaction(Database.Work<T> work) {
    boolean clean = false;
    try {
      T result = connected().inTransaction(work::in);
      clean = true;
      return result;
    } catch (JdbiException | SQLException e) {
      throw failures.of(e);
    } finally {
      if (!clean) {
        disconnect();
      }
    }
  }

  private Handle connected() throws SQLException {
    Handle open = handle;
    if (open == null) {
      Jdbi jdbi = Jdbi.create(opener.open());
      jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
      open = jdbi.open();
      open.setStatementBuilder(new StatementCache());
      handle = open;
    }
    return open;
  }

  /** After a failure the state of a connection is anybody's guess: the next call opens another. */
  private void disconnect() {
    Handle open = handle;
    handle = null;
    if (open == null) {
      return;
    }
    try {
      open.getConnection().close();
      open.close();
    } catch (JdbiException | SQLException alreadyBroken) {
      // What it left open is rolled back when the file is opened next.
    }
  }

  private <T> T await(Callable<T> task) {
    Future<T> future;
    try {
      future = thread.submit(task);
    } catch (RejectedExecutionException e) {
      throw new StoreException("the store is closed", e);
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw unwrapped(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
  }

  /** Lets what was submitted finish, then closes the connection. */
  @Override
  public void close() {
    if (!thread.isShutdown()) {
      await(() -> {
        disconnect();
        return true;
      });
      thread.close();
    }
  }
}

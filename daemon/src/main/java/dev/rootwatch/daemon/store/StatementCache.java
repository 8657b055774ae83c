package dev.rootwatch.daemon.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the prepared statements of one connection for the next use. A step of reading runs a dozen
 * short statements, always the same; to compile them costs SQLite as much as to run them.
 *
 * <p>Not for use by several threads. The number of different statements is that of the texts in
 * this package.
 */
final class StatementCache implements StatementBuilder {
  private final StatementBuilder plain = new DefaultStatementBuilder();
  private final Map<String, PreparedStatement> idle = new HashMap<>();

  @Override
  public Statement create(Connection connection, StatementContext context) throws SQLException {
    return plain.create(connection, context);
  }

  /** Takes the statement out: the same text run within itself gets one of its own. */
  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    return kept == null ? plain.create(connection, sql, context) : kept;
  }

  @Override
  public CallableStatement createCall(Connection connection, String sql, StatementContext context)
      throws SQLException {
    return plain.createCall(connection, sql, context);
  }

  @Override
  public void close(Connection connection, String sql, Statement statement) throws SQLException {
    if (statement instanceof PreparedStatement prepared && !idle.containsKey(sql)) {
      prepared.clearBatch();
      prepared.clearParameters();
      idle.put(sql, prepared);
    } else {
      plain.close(connection, sql, statement);
    }
  }

  /** Closing the connection closes its statements. */
  @Override
  public void close(Connection connection) {
    idle.clear();
  }
}

package dev.rootwatch.testlog;

import dev.rootwatch.ct.LogProtocol;
import org.jspecify.annotations.Nullable;

/** What is wrong with tiles and what lies beside them. */
public sealed interface TileFault extends Fault {

  /**
   * Partial tiles, of data and of hashes, are 404.
   *
   * @param onceFull only those whose full tile exists, as the specification allows
   */
  record PartialTile404(boolean onceFull) implements TileFault {}

  /**
   * Data tiles are 404.
   *
   * @param seconds for so long; null for as long as it is set
   */
  record DataTile404(@Nullable Integer seconds) implements TileFault {}

  /** Every hash of a hash tile has one bit changed. */
  record WrongHashTile() implements TileFault {}

  /** Issuers are served with one byte changed. */
  record WrongIssuer() implements TileFault {}

  @Override
  default boolean appliesTo(LogProtocol protocol) {
    return switch (this) {
      // Who reads a hybrid log has proofs from elsewhere, and its hash tiles only in need.
      case WrongHashTile _ -> protocol == LogProtocol.STATIC;
      case PartialTile404 _, DataTile404 _, WrongIssuer _ -> protocol != LogProtocol.RFC6962;
    };
  }

  @Override
  default boolean lies() {
    return switch (this) {
      case WrongHashTile _, WrongIssuer _ -> true;
      case PartialTile404 _, DataTile404 _ -> false;
    };
  }

  @Override
  default int every() {
    return 1;
  }
}

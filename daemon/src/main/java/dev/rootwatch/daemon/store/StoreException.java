package dev.rootwatch.daemon.store;

/**
 * The store cannot do what was asked: the disk is full, the file is broken or locked, or was
 * written by a newer version. The message names the file and says what to do. Nothing of the failed
 * transaction was kept.
 */
public final class StoreException extends RuntimeException {
  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}

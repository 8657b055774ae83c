package dev.rootwatch.daemon.store;

/** SKELETON: the owner of the store turns this into the interface described in its brief. */
public interface Store extends AutoCloseable {
  @Override
  void close();
}

package dev.rootwatch.ct.read;

import dev.rootwatch.ct.wire.EntryWindow;

/**
 * What is done with the entries of a window, beside hashing them. Called by one thread at a time
 * per instance; must not keep the window, whose buffer is used again.
 */
@FunctionalInterface
public interface WindowExaminer<T> {
  T examine(EntryWindow window) throws InterruptedException;
}

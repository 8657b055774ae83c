package dev.rootwatch.ct.source;

import java.time.Duration;

/** Lets time pass; whoever holds a clock in a test moves it here. */
@FunctionalInterface
public interface Sleeper {
  void sleep(Duration duration) throws InterruptedException;
}

package dev.rootwatch.daemon.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT as values, so that a command can end in its own order and with the exit code
 * of the contract. (A shutdown hook knows neither which signal came nor can it choose the code.) A
 * second signal ends the process at once.
 *
 * <p>{@code sun.misc.Signal} is called by reflection: javac warns of the package, and our build
 * takes no warnings. It belongs to the supported module jdk.unsupported (JEP 260).
 */
final class StopSignals {
  private static final Logger logger = LoggerFactory.getLogger(StopSignals.class);

  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  /**
   * Begins to listen.
   *
   * @param hangup what SIGHUP does
   */
  static StopSignals listen(Runnable hangup) {
    StopSignals signals = new StopSignals();
    on("TERM", () -> signals.stop(ExitCode.DONE));
    on("INT", () -> signals.stop(ExitCode.INTERRUPTED));
    on("HUP", hangup);
    return signals;
  }

  /** Waits for a signal; gives the exit code that belongs to it. */
  int await() throws InterruptedException {
    return awaitOr(new CompletableFuture<>());
  }

  /**
   * Waits for a signal or for work that ends by itself; gives the exit code of what came first.
   *
   * @throws RuntimeException what the work ended with
   */
  int awaitOr(CompletableFuture<Integer> work) throws InterruptedException {
    try {
      return (Integer) CompletableFuture.anyOf(exitCode, work).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e);
    }
  }

  /**
   * Waits for a signal, but not longer than told.
   *
   * @param otherwise what is given when none came
   */
  int await(Duration most, int otherwise) throws InterruptedException {
    try {
      return exitCode.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("only completed with a code", e);
    } catch (TimeoutException none) {
      return otherwise;
    }
  }

  private void stop(int code) {
    if (!exitCode.complete(code)) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
  }

  private static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle run =
          MethodHandles.lookup().bind(action, "run", MethodType.methodType(void.class));
      Object handles =
          MethodHandleProxies.asInterfaceInstance(
              handler, MethodHandles.dropArguments(run, 0, signal));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), handles);
    } catch (InvocationTargetException e) {
      // The JVM was started with -Xrs, or the platform has no such signal: its default holds.
      logger.debug("SIG{} is not handled: {}", name, String.valueOf(e.getCause()));
    } catch (ReflectiveOperationException e) {
      logger.debug("signals are not handled: {}", e.toString());
    }
  }
}

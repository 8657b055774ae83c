package dev.rootwatch.testlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * HTTP on a loopback port, down to the sockets: so that connections can be refused and reset, and
 * bodies can end or stop anywhere. A virtual thread for each connection.
 */
final class LoopbackHttp implements AutoCloseable {
  private static final int BACKLOG = 256;
  private static final int CLOSE_SECONDS = 10;
  private static final int MOST_CONNECTIONS = 4096;

  private final Function<HttpRequest, Reply> site;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final int port;
  private @Nullable ServerSocket listener;
  private Future<?> accepting = CompletableFuture.completedFuture(null);

  /**
   * Listens; connections wait until {@link #answer} is called.
   *
   * @param port 0 for a free one
   */
  LoopbackHttp(int port, Function<HttpRequest, Reply> site) throws IOException {
    this.site = site;
    ServerSocket bound = bind(port);
    this.listener = bound;
    this.port = bound.getLocalPort();
  }

  int port() {
    return port;
  }

  /** Begins to answer. */
  synchronized void answer() {
    ServerSocket open = listener;
    if (open != null) {
      accepting = threads.submit(() -> accept(open));
    }
  }

  /**
   * Closes the port, with all connections, or opens it again.
   *
   * @throws UncheckedIOException when somebody else has taken the port meanwhile
   */
  synchronized void listen(boolean wanted) {
    if (wanted == (listener != null) || threads.isShutdown()) {
      return;
    }
    try {
      if (wanted) {
        listener = bind(port);
        answer();
      } else {
        shut();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port, e);
    }
  }

  @Override
  public synchronized void close() {
    threads.shutdownNow();
    try {
      shut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void shut() throws IOException {
    ServerSocket open = listener;
    listener = null;
    if (open != null) {
      open.close();
      awaitClosed();
    }
    for (Socket connection : connections) {
      connection.close();
    }
  }

  /** A port that a thread waits at takes connections until that thread has gone. */
  private void awaitClosed() throws IOException {
    try {
      accepting.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("port " + port + " does not close", e);
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    socket.bind(new InetSocketAddress(loopback, port), BACKLOG);
    return socket;
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket connection = listening.accept();
        if (connections.size() >= MOST_CONNECTIONS) {
          connection.close();
          continue;
        }
        connections.add(connection);
        if (listening.isClosed()) {
          connection.close(); // it came while all others were closed
        }
        threads.execute(() -> serve(connection));
      } catch (RejectedExecutionException e) {
        return; // the server is closed
      } catch (IOException e) {
        // Closed, which the loop sees, or a connection that was gone before it was taken.
      }
    }
  }

  /** Answers one request after the other until the client, or a fault, has had enough. */
  private void serve(Socket connection) {
    try (connection) {
      Wire wire = new Wire(connection);
      boolean again = true;
      while (again) {
        HttpRequest request = HttpRequest.read(wire.requests());
        if (request == null) {
          return;
        }
        Reply reply = site.apply(request);
        again = reply.delivery().send(reply, wire) && request.keepAlive();
        wire.flush();
      }
    } catch (IOException e) {
      // The client has gone, or says nothing that is a request: nobody is left to be told.
    } finally {
      connections.remove(connection);
    }
  }
}

package dev.rootwatch.testlog;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** One connection of a client: HTTP/1.1 as it goes over the wire. For one thread. */
final class Wire {
  /** For a body's length that is not told: it ends with the connection. */
  static final long UNTIL_CLOSED = -1;

  /** Between two looks at the log's clock. */
  private static final int MOMENT_MS = 10;

  /** Clients keep connections for about as long. */
  private static final int IDLE_MS = 75_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    // Small answers would wait for a delayed acknowledgement, 40 ms each.
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 4096);
    this.out = new BufferedOutputStream(socket.getOutputStream(), 8192);
  }

  /** Where requests come in; a read that waits too long fails. */
  InputStream requests() throws IOException {
    socket.setSoTimeout(IDLE_MS);
    return in;
  }

  /** Writes status line and header. */
  void head(Reply reply, long length) throws IOException {
    Answer answer = reply.answer();
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(answer.status()).append(" -\r\n");
    header(head, "Date", AnswerFaults.httpDate(reply.date()));
    header(head, "Content-Type", answer.contentType());
    answer.headers().forEach((name, value) -> header(head, name, value));
    if (length == UNTIL_CLOSED) {
      header(head, "Connection", "close");
    } else {
      header(head, "Content-Length", Long.toString(length));
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  void body(byte[] bytes, int from, int to) throws IOException {
    out.write(bytes, from, to - from);
  }

  /** Where the body goes. */
  OutputStream body() {
    return out;
  }

  void flush() throws IOException {
    out.flush();
  }

  /**
   * Waits until it is true, looking again and again.
   *
   * @throws IOException when the client hangs up, or the server is closed
   */
  void await(BooleanSupplier condition) throws IOException {
    out.flush();
    socket.setSoTimeout(MOMENT_MS);
    while (!condition.getAsBoolean()) {
      expectNothing();
    }
  }

  /** Lets a moment pass. Reading is how one notices that the other side has gone. */
  private void expectNothing() throws IOException {
    int next;
    try {
      next = in.read();
    } catch (SocketTimeoutException aMomentLater) {
      return;
    }
    throw new IOException(next < 0 ? "the client hung up" : "the client went on unanswered");
  }

  /** Ends the connection the hard way. */
  void reset() throws IOException {
    out.flush();
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void header(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
}

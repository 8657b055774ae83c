package dev.rootwatch.testlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection to a log without a library, to see how an answer travels. */
final class RawConnection implements AutoCloseable {
  /** How an answer ended, or that it did not. */
  enum Ending {
    CLOSED,
    RESET,
    NOTHING_MORE_COMES
  }

  private static final int PATIENCE_MS = 250;

  /** So often what is sure to come is waited for. */
  private static final int TRIES = 80;

  private final Socket socket;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  RawConnection(URI url) {
    try {
      socket = new Socket(url.getHost(), url.getPort());
      socket.setSoTimeout(PATIENCE_MS);
      String request = "GET " + url.getRawPath() + query(url) + " HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String query(URI url) {
    return url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
  }

  /** Reads what comes. */
  Ending read() {
    try {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        received.write(next);
      }
      return Ending.CLOSED;
    } catch (SocketTimeoutException e) {
      return Ending.NOTHING_MORE_COMES;
    } catch (IOException e) {
      return Ending.RESET;
    }
  }

  /** Reads to the end, which is sure to come. */
  Ending readToEnd() {
    Ending ending = read();
    for (int i = 0; i < TRIES && ending == Ending.NOTHING_MORE_COMES; i++) {
      ending = read();
    }
    return ending;
  }

  /** Reads until the body has so many bytes, which is sure to happen; how many came with them. */
  int readBody(int bytes) {
    for (int i = 0; i < TRIES && bodyLength() < bytes; i++) {
      read();
    }
    return bodyLength();
  }

  /** Bytes of the body so far; 0 as well while the header is not complete. */
  int bodyLength() {
    String all = received.toString(StandardCharsets.ISO_8859_1);
    int end = all.indexOf("\r\n\r\n");
    return end < 0 ? 0 : all.length() - end - 4;
  }

  /** What the header promises. */
  int contentLength() {
    String all = received.toString(StandardCharsets.ISO_8859_1);
    String after = all.substring(all.indexOf("Content-Length: ") + 16);
    return Integer.parseInt(after.substring(0, after.indexOf('\r')));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.rootwatch.daemon.web;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Where the web server listens.
 *
 * @param host name or address
 * @param port 0 for any free one
 */
public record ListenAddress(String host, int port) {

  /**
   * Listens there for a moment.
   *
   * @param setting where the address was given, for the mend
   * @throws IOException when that does not work; says why and what to do
   */
  public void check(String setting) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      // As the server does: connections that are closing do not occupy the port.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (UnknownHostException e) {
      throw new IOException(
          cannot()
              + "the name "
              + host
              + " is not known: set "
              + setting
              + " to an address of this machine",
          e);
    } catch (BindException e) {
      throw refused(e, setting);
    }
  }

  /** Why a server could not listen there, in words. */
  IOException refused(Exception cause, String setting) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains("Cannot assign")) {
      return new IOException(
          cannot() + "this machine has no such address: set " + setting + " to one it has", cause);
    }
    if (message.contains("Permission denied")) {
      return new IOException(
          cannot() + "this user may not use that port: set " + setting + " to one above 1023",
          cause);
    }
    return new IOException(
        cannot()
            + "is another rootwatch running? Stop it, or set "
            + setting
            + " to another port, or to port 0 for any free one",
        cause);
  }

  private String cannot() {
    return "cannot listen on " + this + ": ";
  }

  /** As in {@code server.listen}. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}

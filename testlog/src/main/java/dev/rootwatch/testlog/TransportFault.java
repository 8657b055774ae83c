package dev.rootwatch.testlog;

import dev.rootwatch.ct.LogProtocol;

/** What happens to the bytes of a true answer on their way. */
public sealed interface TransportFault extends Fault {

  /** The body dribbles, so many bytes per second. */
  record SlowBody(int bytesPerSecond) implements TransportFault {}

  /** The body dribbles evenly and has come after so many milliseconds. */
  record LateBody(int millis) implements TransportFault {}

  /** Half of the body comes and then nothing, until the client hangs up. */
  record StalledBody() implements TransportFault {}

  /** Half of what Content-Length promises comes, then the connection ends. */
  record TruncatedBody() implements TransportFault {}

  /**
   * The connection is reset.
   *
   * @param afterBytes of the body; 0 for before the answer begins
   */
  record ConnectionReset(int afterBytes) implements TransportFault {}

  /** A body of so many MiB whose length was not said. */
  record OversizedBody(int mebibytes) implements TransportFault {}

  /** A gzip body of some kilobytes a MiB, so many MiB when inflated. */
  record GzipBomb(int mebibytes) implements TransportFault {}

  /** Answers with entries wait until this rate allows them, one after the other. */
  record EntriesPerSecond(double entries) implements TransportFault {}

  /** Nobody listens on the port: for all logs of the server, and the files beside them. */
  record ConnectionRefused() implements TransportFault {}

  @Override
  default boolean appliesTo(LogProtocol protocol) {
    return true;
  }

  @Override
  default boolean lies() {
    return false;
  }

  @Override
  default int every() {
    return switch (this) {
      case EntriesPerSecond _, ConnectionRefused _ -> 1;
      case SlowBody _,
          LateBody _,
          StalledBody _,
          TruncatedBody _,
          ConnectionReset _,
          OversizedBody _,
          GzipBomb _ ->
          3;
    };
  }
}

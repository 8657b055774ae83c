package dev.rootwatch.testlog;

import java.io.IOException;

/** How an answer travels. */
@FunctionalInterface
interface Delivery {
  /** As it should. */
  Delivery WHOLE =
      (reply, wire) -> {
        byte[] body = reply.answer().body();
        wire.head(reply, body.length);
        wire.body(body, 0, body.length);
        return true;
      };

  /**
   * Sends it.
   *
   * @return whether the connection can be asked again
   * @throws IOException when the client has gone
   */
  boolean send(Reply reply, Wire wire) throws IOException;
}

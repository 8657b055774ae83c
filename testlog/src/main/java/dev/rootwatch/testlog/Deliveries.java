package dev.rootwatch.testlog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.zip.GZIPOutputStream;

/** The ways in which answers travel badly. What waits ends with the time of its fault. */
final class Deliveries {
  private static final int MEBIBYTE = 1 << 20;
  private static final int CHUNK = 1 << 14;

  /** Half of what was promised, then the end of the connection. */
  static final Delivery TRUNCATED =
      (reply, wire) -> {
        half(reply, wire);
        wire.flush();
        return false;
      };

  private Deliveries() {}

  /** Half of the body, and nothing more for as long as the fault lasts. */
  static Delivery stalling(Occasions occasions) {
    return (reply, wire) -> {
      half(reply, wire);
      wire.await(() -> !occasions.inTime());
      return false;
    };
  }

  /** So many bytes per second, the first at once. */
  static Delivery dribbling(int bytesPerSecond, InstantSource clock, Occasions occasions) {
    return (reply, wire) -> {
      dribble(reply, wire, clock, occasions, bytesPerSecond);
      return true;
    };
  }

  /** Evenly, until so many milliseconds have passed. */
  static Delivery lasting(int millis, InstantSource clock, Occasions occasions) {
    return (reply, wire) -> {
      dribble(reply, wire, clock, occasions, reply.answer().body().length * 1000.0 / millis);
      return true;
    };
  }

  /** As {@code then}, when it is time, or the fault is over. */
  static Delivery notBefore(Instant due, InstantSource clock, Occasions occasions, Delivery then) {
    return (reply, wire) -> {
      wire.await(() -> !clock.instant().isBefore(due) || !occasions.inTime());
      return then.send(reply, wire);
    };
  }

  /** A reset after so many bytes of the body, or before the answer. */
  static Delivery reset(int afterBytes) {
    return (reply, wire) -> {
      if (afterBytes > 0) {
        byte[] body = reply.answer().body();
        wire.head(reply, body.length);
        wire.body(body, 0, Math.min(afterBytes, body.length));
      }
      wire.reset();
      return false;
    };
  }

  /** So many mebibytes of spaces, their number untold. */
  static Delivery oversized(int mebibytes) {
    return (reply, wire) -> {
      wire.head(reply, Wire.UNTIL_CLOSED);
      spaces(wire.body(), mebibytes);
      return false;
    };
  }

  /** Spaces as well, but they are hardly seen on the wire. */
  static Delivery gzipBomb(int mebibytes) {
    return (reply, wire) -> {
      Answer answer = reply.answer();
      Answer bomb =
          new Answer(
              answer.status(),
              answer.contentType(),
              Map.of("Content-Encoding", "gzip"),
              answer.body(),
              0);
      wire.head(new Reply(bomb, reply.date(), reply.delivery()), Wire.UNTIL_CLOSED);
      GZIPOutputStream gzip = new FastGzip(wire.body());
      spaces(gzip, mebibytes);
      gzip.finish();
      return false;
    };
  }

  private static void half(Reply reply, Wire wire) throws IOException {
    byte[] body = reply.answer().body();
    // Something must be missing, even of an empty body.
    wire.head(reply, Math.max(1, body.length));
    wire.body(body, 0, body.length / 2);
  }

  private static void dribble(
      Reply reply, Wire wire, InstantSource clock, Occasions occasions, double bytesPerSecond)
      throws IOException {
    byte[] body = reply.answer().body();
    wire.head(reply, body.length);
    long begun = clock.millis();
    IntSupplier due =
        () -> {
          double seconds = (clock.millis() - begun) / 1000.0;
          return occasions.inTime()
              ? (int) Math.min(body.length, 1 + seconds * bytesPerSecond)
              : body.length;
        };
    int sent = 0;
    while (sent < body.length) {
      int before = sent;
      wire.await(() -> due.getAsInt() > before);
      sent = Math.max(before, due.getAsInt());
      wire.body(body, before, sent);
    }
  }

  private static void spaces(OutputStream out, int mebibytes) throws IOException {
    byte[] chunk = " ".repeat(CHUNK).getBytes(StandardCharsets.US_ASCII);
    for (long left = (long) mebibytes * MEBIBYTE; left > 0; left -= chunk.length) {
      out.write(chunk);
    }
  }
}

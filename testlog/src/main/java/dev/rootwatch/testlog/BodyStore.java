package dev.rootwatch.testlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers that never change, each made once: full data tiles, full windows of get-entries. They lie
 * in a temporary file that vanishes with the process, so that a log of hundreds of thousands of
 * entries does not fill the heap. When the file is full, further ones are made each time.
 * Thread-safe.
 */
final class BodyStore implements AutoCloseable {
  /** Bytes. */
  private static final long MOST = 1L << 30;

  private record Slot(long offset, int length) {}

  private final String name;
  private @Nullable FileChannel file;
  private final Map<Long, Slot> slots = new HashMap<>();
  private long end;

  BodyStore(String name) {
    this.name = name;
  }

  /** The body with this number, made now unless it was made before. */
  byte[] get(long number, Supplier<byte[]> maker) {
    Slot slot = slot(number);
    if (slot == null) {
      byte[] made = maker.get();
      put(number, made);
      return made;
    }
    byte[] body = new byte[slot.length()];
    read(file(), ByteBuffer.wrap(body), slot.offset());
    return body;
  }

  private synchronized FileChannel file() {
    FileChannel open = file;
    if (open == null) {
      try {
        open =
            FileChannel.open(
                Files.createTempFile("testlog-" + name + "-", ".answers"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
      } catch (IOException e) {
        throw new UncheckedIOException("no room for answers in the temporary folder", e);
      }
      file = open;
    }
    return open;
  }

  private synchronized @Nullable Slot slot(long number) {
    return slots.get(number);
  }

  private synchronized void put(long number, byte[] body) {
    if (slots.containsKey(number) || end + body.length > MOST) {
      return; // two asked at once and made the same bytes, or it is full
    }
    FileChannel channel = file();
    ByteBuffer buffer = ByteBuffer.wrap(body);
    long at = end;
    try {
      while (buffer.hasRemaining()) {
        at += channel.write(buffer, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep an answer", e);
    }
    slots.put(number, new Slot(end, body.length));
    end = at;
  }

  private static void read(FileChannel file, ByteBuffer buffer, long offset) {
    long at = offset;
    try {
      while (buffer.hasRemaining()) {
        int count = file.read(buffer, at);
        if (count < 0) {
          throw new IOException("the file of answers ends early");
        }
        at += count;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read an answer back", e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

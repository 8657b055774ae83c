package dev.rootwatch.daemon.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process to write to a store: a lock on a file beside the database, which the
 * operating system takes back when the process ends, however it ends. The file holds the process
 * id, for people; it is left in place, since deleting it would let two processes lock two files of
 * one name.
 */
final class WriterLock implements AutoCloseable {
  private final FileChannel channel;

  private WriterLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws StoreException when another process has it, naming the file and that process
   */
  static WriterLock of(Path database) {
    Path file = database.resolveSibling(database.getFileName() + ".lock");
    FileChannel channel = null;
    try {
      PrivateFile.create(file);
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
        channel.close();
        throw new StoreException(
            "the store %s is written by another rootwatch process%s, which holds %s: stop it, or set store.url to another file"
                .formatted(database, pid.isEmpty() ? "" : " (pid " + pid + ")", file));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
      return new WriterLock(channel);
    } catch (IOException e) {
      closeAfter(e, channel);
      throw new StoreException("cannot lock the store with " + file + ": " + e, e);
    }
  }

  /** Null when somebody else has it: another process, or this one a second time. */
  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException ourselves) {
      return null;
    }
  }

  private static void closeAfter(IOException failure, @Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException("cannot give back the lock of the store: " + e, e);
    }
  }
}

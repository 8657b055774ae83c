package dev.rootwatch.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rootwatch.ct.list.ListKey;
import dev.rootwatch.ct.list.LogList;
import dev.rootwatch.ct.list.LogListAnswer;
import dev.rootwatch.ct.list.LogListLoader;
import dev.rootwatch.daemon.store.PrivateFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last list that was accepted, on disk, as one zip file: the list, its signature, where it came
 * from and its entity tag. One file, so that these can never be of different days: whoever finds
 * the tag finds the very bytes that it stands for. A list that has a key is believed no more when
 * it is read back than when it came: its signature is checked again.
 */
final class KeptList {
  private static final Logger logger = LoggerFactory.getLogger(KeptList.class);

  private static final String LIST = "log_list.json";
  private static final String SIGNATURE = "log_list.sig";
  private static final String SOURCE = "source.txt";
  private static final String ETAG = "etag.txt";
  private static final int LARGEST_SMALL_PART = 16 * 1024;

  private final Path file;

  KeptList(Path file) {
    this.file = file;
  }

  /** What was kept; the tag is null where the server gave none. */
  record Kept(LogList list, @Nullable String etag) {}

  /**
   * What was kept of this source; empty when nothing was, or it cannot be believed.
   *
   * @param source address or file that the list is from; a list of another source says nothing
   * @param key null where the source is unsigned
   */
  Optional<Kept> read(String source, @Nullable ListKey key) {
    try {
      Map<String, byte[]> parts = parts();
      if (!source.equals(text(parts, SOURCE))) {
        return Optional.empty();
      }
      byte[] bytes = parts.getOrDefault(LIST, new byte[0]);
      if (key == null) {
        return Optional.of(new Kept(LogList.parse(bytes), text(parts, ETAG)));
      }
      byte[] signature = parts.getOrDefault(SIGNATURE, new byte[0]);
      return switch (LogListLoader.check(file.toString(), bytes, signature, key)) {
        case LogListAnswer.Loaded loaded -> Optional.of(new Kept(loaded.list(), text(parts, ETAG)));
        case LogListAnswer.Refused refused -> unusable(refused.message());
        case LogListAnswer.Unavailable _, LogListAnswer.NotModified _ -> Optional.empty();
      };
    } catch (NoSuchFileException notYet) {
      return Optional.empty();
    } catch (IOException | ParseException | IllegalArgumentException e) {
      return unusable(String.valueOf(e.getMessage()));
    }
  }

  private Optional<Kept> unusable(String why) {
    logger.warn("the log list kept in {} cannot be used: {}", file, why);
    return Optional.empty();
  }

  /** Keeps an accepted list in place of the one before; all of it or, after a crash, nothing. */
  void keep(String source, LogListAnswer.Loaded loaded) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      PrivateFile.create(fresh);
      try (FileChannel out =
          FileChannel.open(fresh, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = ByteBuffer.wrap(zip(source, loaded));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      logger.warn("the log list cannot be kept in {}: {}", file, e.toString());
    }
  }

  private static byte[] zip(String source, LogListAnswer.Loaded loaded) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, LIST, loaded.bytes());
      if (loaded.signature() != null) {
        put(zip, SIGNATURE, loaded.signature());
      }
      put(zip, SOURCE, source.getBytes(UTF_8));
      if (loaded.etag() != null) {
        put(zip, ETAG, loaded.etag().getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] part) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(part);
  }

  private Map<String, byte[]> parts() throws IOException {
    Map<String, byte[]> parts = new HashMap<>();
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
        int limit = part.getName().equals(LIST) ? LogList.MAX_BYTES : LARGEST_SMALL_PART;
        byte[] bytes = zip.readNBytes(limit + 1);
        if (bytes.length > limit || parts.size() > 8) {
          throw new IOException("it is larger than a log list");
        }
        parts.put(part.getName(), bytes);
      }
    }
    return parts;
  }

  private static @Nullable String text(Map<String, byte[]> parts, String name) {
    byte[] text = parts.get(name);
    return text == null ? null : new String(text, UTF_8);
  }
}

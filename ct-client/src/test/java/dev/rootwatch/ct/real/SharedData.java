package dev.rootwatch.ct.real;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Real data from logs and trust stores, kept beside the project because most of it may not be
 * copied into it: the directory {@code shared} next to the project's own.
 */
public final class SharedData {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path root;

  private SharedData(Path root) {
    this.root = root;
  }

  /** The data, when it is there. Where REQUIRE_SHARED=1 it has to be. */
  public static Optional<SharedData> find() {
    Path project = Path.of("").toAbsolutePath();
    while (project != null && !Files.exists(project.resolve("mvnw"))) {
      project = project.getParent();
    }
    Path shared = project == null ? Path.of("shared") : project.resolveSibling("shared");
    if (Files.isDirectory(shared.resolve("data"))) {
      return Optional.of(new SharedData(shared));
    }
    if ("1".equals(System.getenv("REQUIRE_SHARED"))) {
      throw new IllegalStateException("REQUIRE_SHARED=1, but there is no " + shared + "/data");
    }
    return Optional.empty();
  }

  /** The data; a test that calls this is skipped where it is absent. */
  public static SharedData orSkip() {
    Optional<SharedData> found = find();
    Assumptions.assumeTrue(found.isPresent(), "SKIPPED: no shared data beside the project");
    return found.orElseThrow();
  }

  public Path path(String relative) {
    return root.resolve(relative);
  }

  public byte[] read(String relative) {
    try {
      return Files.readAllBytes(path(relative));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every regular file below a directory, in order of its path. */
  public List<Path> files(String relative) {
    try (Stream<Path> files = Files.walk(path(relative))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The 4,156 CA certificates of the pool, in DER. */
  public List<byte[]> caPool() {
    List<byte[]> pool = new ArrayList<>();
    try (InputStream in =
        new BufferedInputStream(
            new ZstdInputStream(Files.newInputStream(path("data/roots/ca-pool.pem.zst"))))) {
      pem(new String(in.readAllBytes(), US_ASCII), pool::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pool;
  }

  /**
   * The robustness corpus: what linters and fuzzers keep, by the name of its file. A PEM file gives
   * its certificates, any other its bytes.
   */
  public void corpus(BiConsumer<String, byte[]> certificates) {
    try (InputStream tar =
        new BufferedInputStream(
            new ZstdInputStream(Files.newInputStream(path("data/x509-corpus.tar.zst"))))) {
      byte[] header = tar.readNBytes(512);
      while (header.length == 512 && header[0] != 0) {
        // POSIX ustar: name at 0, size in octal at 124, type at 156; contents padded to 512.
        String name = new String(header, 0, 100, US_ASCII).split("\0", 2)[0];
        int size = Integer.parseInt(new String(header, 124, 11, US_ASCII).strip(), 8);
        byte[] content = tar.readNBytes(size);
        tar.skipNBytes((512 - size % 512) % 512);
        if (header[156] == '0' || header[156] == 0) {
          String text = new String(content, ISO_8859_1).replace("\\n", "\n");
          if (text.contains("-----BEGIN CERTIFICATE-----")) {
            pem(text, der -> certificates.accept(name, der));
          } else {
            certificates.accept(name, content);
          }
        }
        header = tar.readNBytes(512);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands on every certificate of a PEM text. */
  public static void pem(String text, Consumer<byte[]> certificates) {
    String begin = "-----BEGIN CERTIFICATE-----";
    for (int at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at)) {
      int end = text.indexOf("-----END CERTIFICATE-----", at);
      certificates.accept(Base64.getMimeDecoder().decode(text.substring(at + begin.length(), end)));
      at = end;
    }
  }

  /** The data tiles of the test log Navigli 2025h2: path below {@code tile/data}. */
  public List<Path> dataTiles() {
    return files("data/ct/static/navigli2025h2/tile/data");
  }

  /** The hash tile that belongs to a data tile. */
  public byte[] hashTile(Path dataTile) {
    Path tiles = path("data/ct/static/navigli2025h2/tile");
    try {
      return Files.readAllBytes(
          tiles.resolve("0").resolve(tiles.resolve("data").relativize(dataTile).toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bodies of get-entries answers. */
  public List<Path> getEntriesBodies() {
    return files("data/ct/rfc6962").stream()
        .filter(path -> path.getFileName().toString().contains("entries"))
        .filter(path -> path.toString().endsWith(".json"))
        .toList();
  }

  /** leaf_input and extra_data of each entry in a get-entries body. */
  public static List<RawEntry> getEntries(Path body) {
    List<RawEntry> entries = new ArrayList<>();
    byte[] leafInput = new byte[0];
    byte[] extraData = new byte[0];
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), Files.readAllBytes(body))) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
          byte[] bytes = Base64.getDecoder().decode(json.getString());
          if ("leaf_input".equals(json.currentName())) {
            leafInput = bytes;
          } else if ("extra_data".equals(json.currentName())) {
            extraData = bytes;
          }
        } else if (json.currentToken() == JsonToken.END_OBJECT && leafInput.length > 0) {
          entries.add(new RawEntry(leafInput, extraData));
          leafInput = new byte[0];
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  /** One entry of a get-entries answer, base64 undone. */
  @SuppressWarnings("ArrayRecordComponent")
  public record RawEntry(byte[] leafInput, byte[] extraData) {}
}

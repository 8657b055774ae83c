package dev.rootwatch.ct.real;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.x509.CertificateScanner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Writes what the fuzz targets begin with, made of the data beside the project: a folder a target.
 * Nothing of it may be kept in the project, so {@code checks/fuzz} makes it anew each time.
 */
final class FuzzSeeds {
  /** Of thousands of CA certificates these many say all that the others say. */
  private static final int EVERY = 40;

  private final Path folder;
  private final int largest;
  private final int every;
  private int certificates;
  private final CertificateScanner scanner = new CertificateScanner();

  private FuzzSeeds(Path folder, int largest, int every) {
    this.folder = folder;
    this.largest = largest;
    this.every = every;
  }

  /**
   * Arguments: a folder, how many bytes a seed may have, and n to take every n-th certificate of
   * the corpus.
   */
  public static void main(String[] arguments) {
    Optional<SharedData> data = SharedData.find();
    if (data.isEmpty()) {
      System.err.println("fuzz: no shared data beside the project: only what tests keep are seeds");
      return;
    }
    new FuzzSeeds(
            Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]))
        .write(data.get());
  }

  private void write(SharedData data) {
    data.corpus((_, bytes) -> certificate(bytes));
    List<byte[]> pool = data.caPool();
    for (int i = 0; i < pool.size(); i += EVERY) {
      certificate(pool.get(i));
    }
    data.getEntriesBodies().forEach(this::getEntries);
    data.dataTiles().forEach(tile -> tile(data, tile));
    heads(data);
    data.files("data/loglists").stream()
        .filter(file -> file.toString().endsWith(".json"))
        .map(FuzzSeeds::bytes)
        .forEach(this::list);
    data.files("data/loglists").stream()
        .filter(file -> file.toString().endsWith(".pem"))
        .forEach(file -> seed("ListKey.read", bytes(file)));
  }

  private void certificate(byte[] der) {
    if (certificates++ % every != 0) {
      return;
    }
    seed("X509.scanner", der);
    seed("X509.scannerAndBouncyCastle", der);
    seed("Check.report", der);
    seed("CertificateCheck.check", der);
    boolean good = scanner.scanCertificate(der, 0, der.length);
    slice("X509.canonicalTbs", der, scanner.tbsOffset(), scanner.tbsLength());
    slice("X509.sctList", der, scanner.sctListOffset(), scanner.sctListLength());
    slice("X509.distinguishedName", der, scanner.subjectOffset(), scanner.subjectLength());
    slice("Names.distinguishedName", der, scanner.issuerOffset(), scanner.issuerLength());
    for (int i = 0; i < scanner.sanCount(); i++) {
      slice("Names.find", der, scanner.sanOffset(i), scanner.sanLength(i));
    }
    if (good) {
      String pem =
          "-----BEGIN CERTIFICATE-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
              + "\n-----END CERTIFICATE-----\n";
      seed("Pem.certificates", pem.getBytes(US_ASCII));
    }
  }

  private void getEntries(Path body) {
    byte[] json = bytes(body);
    seed("GetEntriesParser.parse", json);
    seed("LogAnswers.rfc6962", answer(0, json));
    seed("Check.report", json);
    seed("GzipInflater.inflate", gzip(json));
    for (SharedData.RawEntry entry : SharedData.getEntries(body)) {
      byte[] leaf = entry.leafInput();
      byte[] framed = framed(leaf, entry.extraData());
      seed("Window.getEntries", framed);
      seed("Alert.getEntries", framed);
      // One entry alone: small bodies are what fuzzing is quick with.
      byte[] small =
          ("{\"entries\":[{\"leaf_input\":\""
                  + Base64.getEncoder().encodeToString(leaf)
                  + "\",\"extra_data\":\""
                  + Base64.getEncoder().encodeToString(entry.extraData())
                  + "\"}]}")
              .getBytes(US_ASCII);
      seed("GetEntriesParser.parse", small);
      seed("LogAnswers.rfc6962", answer(0, small));
      seed("Check.report", small);
    }
  }

  /**
   * As {@code WindowFuzzTest} and those after it take an entry: where leaf_input ends, then both.
   */
  private static byte[] framed(byte[] leaf, byte[] extra) {
    byte[] framed = new byte[2 + leaf.length + extra.length];
    framed[0] = (byte) (leaf.length >> 8);
    framed[1] = (byte) leaf.length;
    System.arraycopy(leaf, 0, framed, 2, leaf.length);
    System.arraycopy(extra, 0, framed, 2 + leaf.length, extra.length);
    return framed;
  }

  /** The beginnings of a tile: its first entries, the last of them cut. */
  private void tile(SharedData data, Path tile) {
    byte[] bytes = bytes(tile);
    for (int size = 1500; size <= 12_000; size *= 2) {
      byte[] beginning = Arrays.copyOf(bytes, Math.min(size, bytes.length));
      seed("Window.tile", beginning);
      seed("Window.lostLeaves", beginning);
      seed("Alert.tile", beginning);
      seed("LogAnswers.staticTiles", answer(0, beginning));
      seed("GzipInflater.inflate", gzip(beginning));
    }
    seed("LogAnswers.staticTiles", answer(1, data.hashTile(tile)));
  }

  private void heads(SharedData data) {
    for (Path file : data.files("data/ct/static/checkpoints")) {
      seed("TreeHeads.checkpoint", bytes(file));
      seed("LogAnswers.staticTiles", answer(2, bytes(file)));
    }
    for (Path file : data.files("data/ct/rfc6962")) {
      String name = file.getFileName().toString();
      if (name.contains("sth")) {
        seed("TreeHeads.getSth", bytes(file));
        seed("LogAnswers.rfc6962", answer(1, bytes(file)));
      } else if (name.contains("consistency")) {
        seed("LogAnswers.rfc6962", answer(2, bytes(file)));
      }
    }
  }

  /** Whole lists are slow to fuzz: also the first operators of each. */
  private void list(byte[] list) {
    seed("LogList.parse", list);
    String text = new String(list, ISO_8859_1);
    List<Integer> operators = new ArrayList<>();
    for (int at = text.indexOf("\"logs\""); at >= 0; at = text.indexOf("\"logs\"", at + 1)) {
      operators.add(at);
    }
    for (int count : new int[] {1, 3}) {
      if (operators.size() > count) {
        int cut = text.lastIndexOf('{', text.lastIndexOf("\"name\"", operators.get(count)));
        int comma = text.lastIndexOf(',', cut);
        if (comma > 0) {
          byte[] some = (text.substring(0, comma) + "]}").getBytes(ISO_8859_1);
          seed("LogList.parse", some);
        }
      }
    }
  }

  /** As {@code LogAnswersFuzzTest} takes an answer: what was asked, no headers, the body. */
  private static byte[] answer(int asked, byte[] body) {
    byte[] answer = new byte[2 + body.length];
    answer[0] = (byte) asked;
    System.arraycopy(body, 0, answer, 2, body.length);
    return answer;
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void slice(String target, byte[] bytes, int offset, int length) {
    if (offset >= 0 && length > 0) {
      seed(target, Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }

  private void seed(String target, byte[] content) {
    if (content.length > largest) {
      return;
    }
    try {
      Path place = Files.createDirectories(folder.resolve(target));
      Files.write(place.resolve(Hash.sha256(content).toString().substring(0, 16)), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

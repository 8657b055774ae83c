package dev.rootwatch.testlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files as entries, whatever is in them, as if somebody had submitted each with add-chain (RFC 6962
 * section 4.1) to a log that looks at nothing. The first block of a PEM file is the certificate,
 * the others are its chain; of what is not base64 in a block the bytes are taken as they stand. A
 * file without such a block is the certificate byte for byte, an empty file an empty one.
 */
final class SubmittedFiles {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private SubmittedFiles() {}

  /**
   * One entry for each file.
   *
   * @param paths files, and folders whose files are taken in order of their paths
   * @throws UncheckedIOException when one cannot be read
   */
  static List<Submission> read(List<Path> paths) {
    List<Submission> submissions = new ArrayList<>();
    for (Path path : paths) {
      try (Stream<Path> walk = Files.walk(path)) {
        List<Path> files =
            walk.filter(Files::isRegularFile).sorted(Comparator.comparing(Path::toString)).toList();
        for (Path file : files) {
          submissions.add(submission(Files.readAllBytes(file)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + path, e);
      }
    }
    return submissions;
  }

  private static Submission submission(byte[] file) {
    List<byte[]> blocks = blocks(new String(file, StandardCharsets.ISO_8859_1));
    if (blocks.isEmpty()) {
      return Submission.certificate(file, IssuerChain.of(List.of()));
    }
    return Submission.certificate(
        blocks.getFirst(), IssuerChain.of(blocks.subList(1, blocks.size())));
  }

  private static List<byte[]> blocks(String text) {
    List<byte[]> blocks = new ArrayList<>();
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int from = begin + BEGIN.length();
      int next = text.indexOf(BEGIN, from);
      int end = text.indexOf(END, from);
      int to = end >= 0 && (next < 0 || end < next) ? end : next >= 0 ? next : text.length();
      blocks.add(decoded(text.substring(from, to)));
      begin = next;
    }
    return blocks;
  }

  private static byte[] decoded(String body) {
    try {
      return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
    } catch (IllegalArgumentException notBase64) {
      return body.getBytes(StandardCharsets.ISO_8859_1);
    }
  }
}

package dev.rootwatch.daemon.web;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where a running daemon listens, and the token that its writing endpoints ask for. It stands in a
 * file beside the store that only the store's owner can read: whoever may write the store may ask
 * its daemon to.
 *
 * @param base such as {@code http://127.0.0.1:9464/}
 * @param token hex
 */
public record ApiAccess(URI base, String token) {
  private static final int TOKEN_BYTES = 32;

  /** The most that such a file can hold. */
  private static final int MOST_BYTES = 4096;

  /** The file that belongs to a store. */
  public static Path fileOf(Path store) {
    return store.resolveSibling(store.getFileName() + ".api");
  }

  /**
   * Reads the file.
   *
   * @return empty when there is none, or it is not of our making: then no daemon can be asked
   */
  public static Optional<ApiAccess> read(Path file) throws IOException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(file);
      return lines.size() == 2
          ? Optional.of(new ApiAccess(new URI(lines.get(0)), lines.get(1)))
          : Optional.empty();
    } catch (NoSuchFileException | URISyntaxException none) {
      return Optional.empty();
    }
  }

  static String newToken() {
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    return HexFormat.of().formatHex(token);
  }

  /** Writes the file as a whole, readable by its owner alone. */
  void write(Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, base + "\n" + token + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Compares in constant time. */
  boolean permits(String presented) {
    return MessageDigest.isEqual(
        presented.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "ApiAccess[" + base + "]";
  }
}

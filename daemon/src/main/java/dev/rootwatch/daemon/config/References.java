package dev.rootwatch.daemon.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${env:NAME}} and {@code ${file:PATH}} in a text. What they stand for is taken for
 * a secret by everybody who comes later.
 */
final class References {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");
  private static final long LARGEST_FILE = 64 * 1024;

  private final Path folder;
  private final UnaryOperator<@Nullable String> environment;

  /**
   * @param folder relative paths start here: the configuration's folder
   * @param environment value of a variable, null when it is not set
   */
  References(Path folder, UnaryOperator<@Nullable String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  static boolean in(String text) {
    return REFERENCE.matcher(text).find();
  }

  /**
   * @throws IllegalArgumentException when a reference leads nowhere; the message says which and how
   *     to mend it, and holds no value
   */
  String resolve(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(value(matcher.group(1))));
    }
    return matcher.appendTail(resolved).toString();
  }

  private String value(String reference) {
    if (reference.startsWith("env:")) {
      String name = reference.substring("env:".length());
      String value = environment.apply(name);
      if (value == null) {
        throw new IllegalArgumentException(
            "refers to the environment variable " + name + ", which is not set: set it");
      }
      return value;
    }
    if (reference.startsWith("file:")) {
      return content(folder.resolve(reference.substring("file:".length())));
    }
    throw new IllegalArgumentException(
        "has the reference ${" + reference + "}; only ${env:NAME} and ${file:PATH} are known");
  }

  private static String content(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new IllegalArgumentException(
            "refers to " + file + ", which is larger than " + LARGEST_FILE + " bytes");
      }
      String text = Files.readString(file);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1).stripTrailing() : text;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "refers to the file " + file + ", which cannot be read: create it or mend the path", e);
    }
  }
}

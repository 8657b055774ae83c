package dev.rootwatch.watch.distrust;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A root program: who decides which roots a family of clients trusts. */
public enum Program {
  /** Firefox and NSS. */
  MOZILLA,
  /** The Chrome Root Store. */
  CHROME,
  APPLE,
  MICROSOFT,
  /** The certificates shipped with Android. */
  ANDROID,
  /** OpenJDK's cacerts. */
  JDK;

  /** The word in JSON and in catalogs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Program> ofWord(String word) {
    return Arrays.stream(values()).filter(program -> program.word().equals(word)).findFirst();
  }

  /**
   * Whether the program decides about this purpose at all. Chrome and the JDK judge TLS servers
   * only (catalog research, section 3); Android's list does not separate purposes and is used for
   * TLS.
   */
  public boolean judges(Purpose purpose) {
    return switch (this) {
      case MOZILLA, APPLE, MICROSOFT -> true;
      case CHROME, ANDROID, JDK -> purpose == Purpose.TLS;
    };
  }
}

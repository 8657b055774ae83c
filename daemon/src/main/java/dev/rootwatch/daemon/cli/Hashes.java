package dev.rootwatch.daemon.cli;

import dev.rootwatch.ct.Hash;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** SHA-256 hashes on the command line: 64 hexadecimal digits, colons allowed. */
final class Hashes implements ITypeConverter<Hash> {
  @Override
  public Hash convert(String text) {
    String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
    if (!digits.matches("[0-9a-f]{64}")) {
      throw new TypeConversionException(
          "'" + text + "' is not a SHA-256: it needs 64 hexadecimal digits");
    }
    return Hash.ofHex(digits);
  }
}

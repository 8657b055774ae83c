package dev.rootwatch.daemon.cli;

import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.watch.distrust.Purpose;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one word of a few, as they stand in our output. */
abstract class Words<T> implements ITypeConverter<T> {
  private final T[] values;
  private final Function<T, String> word;

  private Words(T[] values, Function<T, String> word) {
    this.values = values;
    this.word = word;
  }

  @Override
  public T convert(String text) {
    return Arrays.stream(values)
        .filter(value -> word.apply(value).equals(text))
        .findFirst()
        .orElseThrow(() ->
            new TypeConversionException(
                "'"
                    + text
                    + "' is none of "
                    + Arrays.stream(values).map(word).collect(Collectors.joining(", "))));
  }

  static final class Severities extends Words<Severity> {
    Severities() {
      super(Severity.values(), Severity::word);
    }
  }

  static final class Types extends Words<AlertType> {
    Types() {
      super(AlertType.values(), AlertType::word);
    }
  }

  static final class Purposes extends Words<Purpose> {
    Purposes() {
      super(Purpose.values(), Purpose::word);
    }
  }
}

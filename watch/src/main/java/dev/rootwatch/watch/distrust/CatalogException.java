package dev.rootwatch.watch.distrust;

/** A catalog that cannot be used: says file, line and field, what is wrong and how to mend it. */
public final class CatalogException extends Exception {
  private final String file;
  private final int line;
  private final String field;

  CatalogException(String file, int line, String field, String message) {
    super(file + ":" + line + (field.isEmpty() ? "" : ": " + field) + ": " + message);
    this.file = file;
    this.line = line;
    this.field = field;
  }

  public String file() {
    return file;
  }

  /** Counted from 1. */
  public int line() {
    return line;
  }

  /** Path of the field, for example {@code families[0].events[2].kind}; empty for the file. */
  public String field() {
    return field;
  }
}
